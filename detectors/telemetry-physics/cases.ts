import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, MINUTE, noise, START } from '../../testing/detectors/rows.ts';
import { trusted } from '../../testing/detectors/trusted.ts';

interface Card {
  /** Watts at rest and under full load, °C per watt. */
  idleW: number;
  fullW: number;
  heat: number;
}

interface Suspect extends Partial<Card> {
  more?: Partial<Row<'devices'>>;
  sensors?: boolean;
}

/**
 * A card as sold: 450 W, a tenth of it at rest, about 40 °C above its room at the limit. No two are quite
 * alike.
 */
const typical = (k: number): Card => ({
  idleW: 28 + 12 * noise(3 * k + 1),
  fullW: 425 + 40 * noise(3 * k + 2),
  heat: 0.08 + 0.02 * noise(3 * k + 3),
});

function telemetry(device_id: string, card: Card, seed: number, sensors = true) {
  return beats({
    device_id,
    ip: '198.51.100.7',
    to: START + 2 * DAY,
    every: 20 * MINUTE,
    row: (i) => {
      const load = noise(7919 * seed + i) < 0.35 ? 0.7 + 0.3 * noise(seed + 13 * i) : 0;
      const power = card.idleW + (card.fullW - card.idleW) * load;
      return {
        power_draw_w: sensors ? Math.round(100 * power) / 100 : null,
        utilization_gpu_pct: sensors ? Math.round(100 * load) : null,
        temperature_gpu_c: sensors ? Math.round(26 + card.heat * power) : null,
      };
    },
  });
}

/**
 * Trusted machines, each of its own owner: benchmarked by the network, hired by people who hire from many.
 */
function network(suspect: Suspect, machines = 48): CaseTables {
  const ids = Array.from({ length: machines }, (_, k) => `good-${String(k).padStart(2, '0')}`);
  const card = { ...typical(900), ...suspect };
  const fleetRows = trusted(ids, 4);
  return {
    ...fleetRows,
    accounts: [account('owner-suspect'), ...fleetRows.accounts],
    devices: [device('suspect', 'owner-suspect', suspect.more), ...fleetRows.devices],
    heartbeats: [
      ...telemetry('suspect', card, 900, suspect.sensors),
      ...ids.flatMap((id, k) => telemetry(id, typical(k), k)),
    ],
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a 70 W card that calls itself a 450 W card',
      tables: network({ idleW: 10, fullW: 69, heat: 0.55 }),
      expect: ['suspect:other-card', 'suspect:smaller-card'],
    },
    {
      name: 'much power at rest, and a cooler that nothing warms',
      tables: network({ idleW: 150, heat: 0.03 }),
      expect: ['suspect:other-card'],
    },
  ],
  honest: [
    { name: 'power-capped', tables: network({ fullW: 270 }) },
    { name: 'clogged-cooler', tables: network({ heat: 0.16 }) },
    { name: 'water-cooling', tables: network({ heat: 0.04 }) },
    { name: 'absent-sensors', tables: network({ sensors: false }) },
    {
      name: 'declared-slice',
      tables: network({ idleW: 10, fullW: 69, more: { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' } }),
    },
  ],
  silent: [
    {
      name: 'a dozen trusted machines',
      tables: network({ idleW: 10, fullW: 69, heat: 0.55 }, 12),
    },
    {
      name: 'absurd readings',
      tables: {
        accounts: [account('a')],
        devices: [device('x', 'a')],
        heartbeats: beats({
          device_id: 'x',
          ip: '203.0.113.9',
          to: START + 2 * DAY,
          row: (i) => ({
            power_draw_w: i % 2 ? -1e9 : 1e300,
          }),
        }),
      },
    },
  ],
};
