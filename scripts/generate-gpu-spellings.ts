/**
 * fixtures/catalog/gpu_spellings.csv: every name that a model of the catalogue goes by, derived from its
 * printed name and facts.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type NamedModel, type Spelling, spellingsOf } from '../contracts/gpu-names.ts';

const COLUMNS = ['spelled', 'gpu_model', 'memory_gb', 'catalogued'] as const;

type Row = Readonly<Record<string, string>>;
const NOTHING_MORE = { form_factor: '', memory_gb: '', memory_type: '', catalogued: true };

function rows(file: string): Row[] {
  return parse(readFileSync(new URL(`../fixtures/catalog/${file}`, import.meta.url), 'utf8'), {
    columns: true,
  });
}

/** Models with figures, and those that the catalogue knows by name alone. */
function catalogued(): NamedModel[] {
  const forms = new Map(rows('board_forms.csv').map((row) => [row.gpu_model, row]));
  const sold = rows('gpu_models.csv').map((row) => ({
    ...NOTHING_MORE,
    ...forms.get(row.gpu_model),
    ...row,
  }));
  const named = rows('named_models.csv').map((row) => ({ ...NOTHING_MORE, memory_total_mib: '', ...row }));
  return [...sold, ...named] as NamedModel[];
}

/**
 * Names that drivers print for boards without a row in the catalogue: they matter where a catalogued model
 * goes by one too.
 */
function printedOnly(models: readonly NamedModel[]): NamedModel[] {
  const known = new Set(models.map(({ gpu_model }) => gpu_model));
  const printed = rows('pci_names.csv')
    .filter((row) => row.is_vgpu_type === 'false')
    .map((row) => row.name ?? '');
  return [...new Set(printed)]
    .filter((name) => !known.has(name))
    .map((gpu_model) => ({
      ...NOTHING_MORE,
      gpu_model,
      vendor: 'nvidia',
      memory_total_mib: '',
      catalogued: false,
    }));
}

function spellings(): Spelling[] {
  const models = catalogued();
  const ours = models.flatMap(spellingsOf);
  const taken = new Set(ours.map(({ spelled }) => spelled));
  const theirs = printedOnly(models)
    .flatMap(spellingsOf)
    .filter(({ spelled }) => taken.has(spelled));
  const line = ({ spelled, gpu_model }: Spelling) => `${spelled},${gpu_model}`;
  const all = new Map([...ours, ...theirs].map((one) => [line(one), one]));
  return [...all.keys()].sort().map((key) => all.get(key)!);
}

/** The generated file by its path, for `npm run generate`. */
export function gpuSpellingFiles(): Map<string, string> {
  const lines = spellings().map((one) => COLUMNS.map((column) => String(one[column])).join(','));
  return new Map([['fixtures/catalog/gpu_spellings.csv', `${[COLUMNS.join(','), ...lines].join('\n')}\n`]]);
}
