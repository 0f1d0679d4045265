/** What inventories show: fields missing, shared, or of another card than the claimed one. */
import type { Statistic } from './statistic.ts';

const GPUS = `SELECT g.device_id AS subject, g.*, d.gpu_model, s.memory_mib
              FROM gpus g JOIN devices d USING (device_id) JOIN sheet s USING (gpu_model)`;

const figure = (name: string, score: string): Statistic => ({
  name,
  by: 'figure',
  sql: `SELECT subject, avg(${score})::DOUBLE AS score FROM (${GPUS}) GROUP BY subject`,
});
const things = (name: string, key: string): Statistic => ({
  name,
  by: 'things',
  sql: `SELECT DISTINCT subject, ${key} AS key FROM (${GPUS}) WHERE ${key} IS NOT NULL`,
});

const bare = figure(
  'fields that are missing',
  '(vbios_version IS NULL)::INT + (pci_subsystem_id IS NULL)::INT + (virtualization_mode IS NULL)::INT',
);
const otherMemory = figure('memory other than the data sheet’s', 'abs(memory_total_mib / memory_mib - 1)');
const otherName = figure('a name other than the claimed one', '(name IS DISTINCT FROM gpu_model)::INT');
const minted = figure('a uuid of version 4', "regexp_matches(gpu_uuid, '^GPU-.{8}-.{4}-4.{3}-[89ab]')::INT");
const guest = figure('a uuid of version 1', "regexp_matches(gpu_uuid, '^GPU-.{8}-.{4}-1.{3}-[89ab]')::INT");
const sameUuid = things('a uuid in common', 'gpu_uuid');
const sameSerial = things('a serial number in common', 'serial');
const template = things(
  'firmware and board in common',
  "vbios_version || ' ' || pci_subsystem_id || ' ' || coalesce(pci_bus_id, '')",
);

/** What the benchmark finds beside what the inventory says. */
const contradiction: Statistic = {
  name: 'speed short of what the inventory names',
  by: 'figure',
  sql: `SELECT b.device_id AS subject, -median(b.fp32_tflops / s.fp32) AS score
        FROM benchmarks b JOIN devices d USING (device_id) JOIN sheet s USING (gpu_model) GROUP BY b.device_id`,
};

export const INVENTORY_ORACLES = {
  'card.reports.kit': [bare, minted, otherMemory],
  'card.reports.dressed': [template, contradiction, otherMemory],
  'card.reports.memory': [otherMemory, contradiction],
  'card.reports.uuid-copied': [sameUuid],
  'card.reports.uuid-minted': [minted],
  'card.reports.uuid-guest': [guest],
  'card.reports.serial': [sameSerial],
  'card.reports.name': [otherName],
} as const;
