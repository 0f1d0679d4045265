/** The data sheets of the models that a world claims. */
import { claimedModel } from '../../fixtures/worlds/models.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';

/**
 * Makes the table `sheet` of every claimed model: speeds, memory, SMs and the power limit of the whole card.
 */
export async function makeSheet(world: Warehouse): Promise<void> {
  const claims = await world.rows<{ gpu_model: string }>(
    'SELECT DISTINCT gpu_model FROM devices ORDER BY ALL',
  );
  await world.run(
    `CREATE OR REPLACE TABLE sheet (gpu_model VARCHAR, fp32 DOUBLE, bandwidth DOUBLE, memory_mib DOUBLE, sms DOUBLE,
                                    power_w DOUBLE)`,
  );
  const appender = await world.connection.createAppender('sheet');
  for (const { gpu_model } of claims) {
    const { fp32, bandwidth, memoryMib, sms, powerW } = claimedModel(gpu_model);
    appender.appendVarchar(gpu_model);
    for (const value of [fp32, bandwidth, memoryMib, sms, powerW]) appender.appendDouble(value);
    appender.endRow();
  }
  appender.closeSync();
}
