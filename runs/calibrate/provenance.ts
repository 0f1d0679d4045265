/** How a fitted policy came about, in words that stand in the policy itself. Pure. */
import type { CalibratedRun, Calibration } from '../../contracts/calibration.ts';
import type { Policy } from '../../contracts/policy.ts';

function runText({ name, manifest, labels, snapshot, accounts, devices }: CalibratedRun): string {
  const counts = ({ bad, good }: { bad: number; good: number }, what: string) =>
    bad + good === 0 ? [] : [`${bad} bad and ${good} good ${what}`];
  const who = [...counts(accounts, 'accounts'), ...counts(devices, 'devices')].join(', ');
  return `${name} (as of ${snapshot}, manifest ${manifest.slice(0, 16)}, labels ${labels.slice(0, 16)}: ${who})`;
}

/** Dated by the newest snapshot, since the clock is no input. */
export function provenance(
  { runs, levels, trust, bootstrap }: Pick<Calibration, 'runs' | 'levels' | 'trust' | 'bootstrap'>,
  before: Pick<Policy, 'name'>,
  { command, note }: { command: string; note: string },
): string {
  const newest = runs
    .map(({ snapshot }) => snapshot)
    .sort()
    .at(-1)!;
  const moved = levels.filter(({ present, fitted }) => present !== fitted);
  const fitted = (subject: string) => levels.filter((level) => level.subject === subject).length;
  const sentences = [
    `Fitted by ghostcard calibrate on ${runs.length} labelled ${runs.length === 1 ? 'run' : 'runs'}, the newest as of ${newest}: ${runs.map(runText).join('; ')}.`,
    `Log likelihood ratios of ${fitted('account')} levels about accounts and ${fitted('device')} about devices, drawn towards the policy "${before.name}" (its standard deviation taken as ${trust} nat), each the least of what is left when every attack family and every honest cohort is held out in turn; ${moved.length} levels moved. Bootstrap seed ${bootstrap.seed}, ${bootstrap.resamples} resamples.`,
    'Caps, thresholds, hosting families and brakes are decisions and were not fitted.',
    `Command: ${command}.`,
    note,
  ];
  return sentences.filter((text) => text !== '').join(' ');
}
