import { writeFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { Command, Option } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { dossierJson } from '../../../reports/json/dossier.ts';
import { clusterSvg } from '../../../reports/svg/cluster-svg.ts';
import { dossierText, type Paint } from '../../../reports/terminal/dossier.ts';
import { DOSSIER_KINDS, drawCluster, explain } from '../../../runs/explain/explain.ts';
import { print, widthOf } from '../terminal.ts';

const plain: Paint = (_, text) => text;
const coloured: Paint = (style, text) => styleText(style, text);

/** Colours only on a terminal, and never against the reader's wish (https://no-color.org). */
function paintFor(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  return stream.isTTY === true && !environment.NO_COLOR ? coloured : plain;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    const got = (cause as Error).message;
    const todo = 'Name another file with --svg.';
    throw new GhostcardError(
      'E_DISK',
      { subject: path, expected: 'the picture to be written', got, todo },
      { cause },
    );
  }
}

export function explainCommand() {
  return new Command('explain')
    .description(
      'Explains a verdict: every term of the sum, the numbers behind it, and what would change it.',
    )
    .argument('<RUN>', 'run directory of a finished audit')
    .argument('<ID>', 'id of an account, a device or a flagged cluster')
    .addOption(
      new Option('--as <kind>', 'which one, where an id names several subjects').choices(DOSSIER_KINDS),
    )
    .option('--svg <file>', 'draw the cluster, or the cluster of the account, into this file')
    .option('--json', 'the dossier as JSON', false)
    .action(async (run, id, options) => {
      const dossier = await explain(run, id, options.as);
      if (options.svg !== undefined) write(options.svg, clusterSvg(await drawCluster(run, dossier)));
      const paint = paintFor(process.stdout, process.env);
      if (options.json) process.stdout.write(dossierJson(dossier));
      else print(dossierText(dossier, paint, widthOf(process.stdout)));
    });
}
