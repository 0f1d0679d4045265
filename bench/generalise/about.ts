/** Where and on which grammar a figure was made. */
import { cpus, totalmem } from 'node:os';
import { readDigests } from '../../fixtures/worlds/grammar/digests.ts';

export interface Place {
  /** Version of the grammar's bytes, by its ledger. */
  grammar: number;
  machine: { cpu: string; cores: number; memoryGib: number; node: string };
}

export function placeNow(): Place {
  return {
    grammar: readDigests().at(-1)?.version ?? 0,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGib: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
  };
}
