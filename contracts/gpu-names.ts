/**
 * Which models a name may mean. Sellers leave out what tells two boards apart (`A100` for four of them), so
 * each model goes by its full name and by every shorter one; a name that several models go by is the group of
 * all of them.
 */
import { gpuSpelling } from './gpu-spelling.ts';

/** What the catalogue says of a model that its name does not: empty where it says nothing. */
export interface NamedModel {
  gpu_model: string;
  /**
   * Whether the catalogue has a row for it; of the others drivers print the name, and nothing more is known.
   */
  catalogued: boolean;
  vendor: string;
  /** Sizes in MiB that the driver prints, joined by `|`. */
  memory_total_mib: string;
  /**
   * `SXM5`, `PCIe`, `NVL` or `none`; empty means PCIe, as for every board of NVIDIA that is sold in one form.
   */
  form_factor: string;
  /** Sizes in GB under which it is sold, joined by `|`, beside the driver's. */
  memory_gb: string;
  memory_type: string;
}

export interface Spelling {
  /** As `gpuSpelling` gives it. */
  spelled: string;
  gpu_model: string;
  /** The size in GB that the name states; '' where it states none. */
  memory_gb: string;
  catalogued: boolean;
}

const FORM = /\b(?:pcie|nvl|sxm [2-6]|sxm)\b/;
const MEMORY = /\bhbm [23](?: e)?\b/;
const SIZE = /\b([0-9]+) gb\b/;
/** Words that sellers leave out although other models differ by them. */
const LEFT_OUT = [
  /^quadro /,
  / ada$/,
  / sff(?= |$)/,
  / blackwell(?= |$)/,
  / (?:max q )?(?:workstation|server)$/,
];

const unique = (texts: readonly string[]) => [...new Set(texts)];
const squeeze = (text: string) => text.replace(/ +/g, ' ').trim();
const list = (joined: string) => (joined === '' ? [] : joined.split('|'));

/** The name with every choice of those words left out, the full one first. */
function cores(core: string): string[] {
  const shorter = LEFT_OUT.reduce<string[]>(
    (texts, word) => texts.concat(texts.map((text) => text.replace(word, ''))),
    [core, core.replace(/ (?:workstation|server)$/, '')],
  );
  return unique(shorter);
}

/**
 * `24564|23028` is 24 GB: sizes of which nine tenths are not passed by a larger one, since ECC and reserves
 * take less.
 */
function soldSizes(mib: string): string[] {
  const sizes = list(mib).map(Number);
  const whole = sizes.filter((size) => !sizes.some((other) => other > size && size > 0.9 * other));
  return whole.map((size) => String(Math.round(size / 1024)));
}

/** The form in every way in which it is stated: `sxm 5` also as `sxm`, or not at all. */
function forms(model: NamedModel, full: string): string[] {
  const usual = model.vendor === 'nvidia' && !full.includes('laptop') ? 'pcie' : '';
  const stated = FORM.exec(full)?.[0] ?? gpuSpelling(model.form_factor || usual);
  return stated === '' || stated === 'none' ? [''] : unique(['', stated, stated.replace(/ [2-6]$/, '')]);
}

/** Every spelling that a model goes by, in the order of the normal form: core, form, kind of memory, size. */
export function spellingsOf(model: NamedModel): Spelling[] {
  const full = gpuSpelling(model.gpu_model);
  const core = squeeze(full.replace(FORM, '').replace(MEMORY, '').replace(SIZE, ''));
  const kind = MEMORY.exec(full)?.[0] ?? gpuSpelling(model.memory_type);
  const named = SIZE.exec(full)?.[1] ?? '';
  const sizes = unique(['', named, ...list(model.memory_gb), ...soldSizes(model.memory_total_mib)]);
  return cores(core).flatMap((short) =>
    forms(model, full).flatMap((form) =>
      unique(['', kind]).flatMap((memory) =>
        sizes.map((size) => ({
          spelled: squeeze([short, form, memory, size && `${size} gb`].join(' ')),
          gpu_model: model.gpu_model,
          memory_gb: size,
          catalogued: model.catalogued,
        })),
      ),
    ),
  );
}

/**
 * All models of the catalogue that a name may mean, by code units; none where no model goes by it. The name
 * of a MIG slice, `<board> MIG <profile>`, gives its boards.
 */
export function modelsNamed(name: string, spellings: readonly Spelling[]): string[] {
  const [board] = gpuSpelling(name).split(' mig ');
  const named = spellings.filter(({ spelled, catalogued }) => catalogued && spelled === board);
  return unique(named.map(({ gpu_model }) => gpu_model)).sort();
}
