import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { EXIT, GhostcardError } from '../../../contracts/errors.ts';
import type { Inventory } from '../../../contracts/inventory.ts';
import { inventory } from '../../../inventory/inventory.ts';
import {
  cardsText,
  checkText,
  csvText,
  notesText,
  refusedText,
} from '../../../reports/terminal/inventory.ts';
import { screen } from '../terminal.ts';
import { parseTime } from './audit.ts';

function write(path: string, text: string): void {
  try {
    writeFileSync(resolve(path), text);
  } catch (error) {
    throw new GhostcardError(
      'E_OUT',
      {
        subject: path,
        expected: 'a file that can be written',
        got: error instanceof Error ? error.message : String(error),
        todo: 'Name another file.',
      },
      { cause: error },
    );
  }
}

/**
 * Standard output is for people, for a program, or is the table itself; then what was left out goes beside
 * it.
 */
function print(
  result: Inventory,
  { check, json, out }: { check: boolean; json: boolean; out?: string },
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  const forPeople = check || process.stdout.isTTY === true || out !== undefined;
  if (result.devices.length > 0) {
    process.stdout.write(
      check ? checkText(result, screen()) : forPeople ? cardsText(result, screen()) : csvText(result),
    );
  }
  (forPeople ? process.stdout : process.stderr).write(notesText(result));
  process.stderr.write(refusedText(result));
}

export function inventoryCommand() {
  return new Command('inventory')
    .description(
      'Turns outputs of nvidia-smi (-q -x, --query-gpu, -L) and rocm-smi (--json) into the gpus table, and says what they contradict.',
    )
    .argument('<FILE...>', 'outputs, one machine a file; those that cannot be read are listed at the end')
    .option('--out <file>', 'the gpus table as CSV (default: standard output, where that is no terminal)')
    .option('--device-id <id>', 'key of the rows of one file (default: its name without extension)')
    .option('--fields <list>', 'columns of a CSV without header, as they were given to --query-gpu')
    .option('--seen-at <time>', 'when the network received it, RFC 3339 (default: left empty)', parseTime)
    .option('--check', 'what the files contradict, with the figures', false)
    .option('--json', 'cards, claims, contradictions and what was left out as JSON on standard output', false)
    .action(async (files, { out, deviceId, fields, seenAt, check, json }) => {
      const result = await inventory({
        files,
        device_id: deviceId,
        fields,
        seen_at: seenAt,
        captures: process.env.GHOSTCARD_CAPTURES,
      });
      // A table without a row would only take the place of one that has some.
      if (out !== undefined && result.devices.length > 0) write(out, csvText(result));
      print(result, { check, json, ...(out === undefined ? {} : { out }) });
      if (result.refused.length > 0) process.exitCode = EXIT.input;
    });
}
