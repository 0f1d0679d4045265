/** Known exports, by the fields that their records have. */
import type { ExportKind, Preset } from '../../contracts/preset.ts';
import { elementsAt, fieldOf } from './fields.ts';
import { globOf } from './glob.ts';
import type { Sample } from './sample.ts';

export interface Recognised {
  preset: Preset & { id: string };
  kind: ExportKind;
  /** Where the records lie. */
  at: string;
  /** Path or glob of the files. */
  file: string;
  sample: Sample;
}

/** The kind whose fields are all there; of several, the one that asks for the most. */
function kindOf(sample: Sample, presets: readonly (Preset & { id: string })[]) {
  const fitting = presets.flatMap((preset) =>
    preset.kinds.flatMap((kind) =>
      kind.at
        .filter((at) => {
          const elements = elementsAt(sample.records, at);
          const has = (field: string) => elements.some((element) => fieldOf(element, field) !== undefined);
          return kind.has.every(has);
        })
        .map((at) => ({ preset, kind, at })),
    ),
  );
  return fitting.sort((a, b) => b.kind.has.length - a.kind.has.length)[0];
}

/** Samples that are of a known kind, those of one kind together, and the other samples. */
export function recognise(
  samples: readonly Sample[],
  presets: readonly (Preset & { id: string })[],
  all: readonly string[],
): { recognised: Recognised[]; others: Sample[]; left: { file: string; why: string }[] } {
  const groups = new Map<string, Omit<Recognised, 'file'>>();
  const alone: Omit<Recognised, 'file'>[] = [];
  const others: Sample[] = [];
  for (const sample of samples) {
    const found = kindOf(sample, presets);
    if (!found) {
      others.push(sample);
      continue;
    }
    const key = JSON.stringify([found.preset.id, found.kind.name, found.at, sample.form, sample.delimiter]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ...found, sample });
    else if (globOf([...group.sample.files, ...sample.files].sort(), all))
      group.sample = joined(group.sample, sample);
    else alone.push({ ...found, sample });
  }
  const order = (one: Omit<Recognised, 'file'>) =>
    presets.indexOf(one.preset) * 100 + one.preset.kinds.indexOf(one.kind);
  const placed = [...groups.values(), ...alone]
    .sort((a, b) => order(a) - order(b))
    .map((group) => ({ group, file: globOf(group.sample.files, all) }));
  return {
    recognised: placed.flatMap(({ group, file }) => (file === undefined ? [] : [{ ...group, file }])),
    others,
    left: placed
      .filter(({ file }) => file === undefined)
      .flatMap(({ group }) => group.sample.files)
      .map((file) => ({
        file,
        why: 'no single pattern names the files of its sort; put them into one folder',
      })),
  };
}

function joined(one: Sample, other: Sample): Sample {
  return {
    ...one,
    files: [...one.files, ...other.files].sort(),
    records: [...one.records, ...other.records],
    savedAt: Math.max(one.savedAt, other.savedAt),
  };
}
