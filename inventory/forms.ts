/**
 * Outputs that people hand over and that hold no inventory, or too little of one: each by its name, with what
 * to run.
 */
import type { GhostcardError } from '../contracts/errors.ts';
import { refuse } from './refusal.ts';

const RUN_XML = 'On that machine run nvidia-smi -q -x > FILE and hand over FILE.';
export const RUN_ROCM =
  'On that machine run rocm-smi --showproductname --showid --showuniqueid --showserial --showbus --showvbios ' +
  '--showmeminfo vram --showdriverversion --json > FILE and hand over FILE.';
const RESTART =
  'nvidia-smi sees the card and cannot reach it: restart the machine, then take the inventory again.';

interface Form {
  /** What the file is. */
  is: string;
  shows: RegExp;
  todo: string;
}

/** The first that fits names the file. */
const FORMS: readonly Form[] = [
  { is: 'the text of nvidia-smi -q', shows: /^=+ ?NVSMI LOG ?=+/m, todo: RUN_XML },
  { is: 'the table that nvidia-smi shows to people', shows: /^[ \t]*\|[ \t]*NVIDIA-SMI\s/m, todo: RUN_XML },
  { is: 'the table that nvidia-smi dmon or pmon shows', shows: /^#[ \t]*(gpu|Idx)\s/m, todo: RUN_XML },
  { is: 'the text of rocm-smi', shows: /ROCm System Management Interface|ROCm SMI Log/, todo: RUN_ROCM },
  { is: 'a table of rocm-smi --csv', shows: /^device,.*(card|gpu|unique id|temperature)/im, todo: RUN_ROCM },
  {
    is: 'an output of amd-smi',
    shows: /^\|[ \t]*AMD-SMI\s|^GPU: \d+\s*$|"(bdf|gpu_data|asic)"\s*:/im,
    todo: RUN_ROCM,
  },
  {
    is: 'the message that a card does not answer',
    shows: /unable to determine the device handle/i,
    todo: RESTART,
  },
  {
    is: 'the message that there is no card',
    shows: /no devices were found/i,
    todo: 'Check that the card is in its slot and that its driver is installed, then take the inventory again.',
  },
  {
    is: 'the message that nvidia-smi failed',
    shows: /NVIDIA-SMI has failed|failed to initialize NVML|couldn.t communicate with the NVIDIA driver/i,
    todo: 'Install or load the driver of the card, then take the inventory again.',
  },
  {
    is: 'the message that the tool is not installed',
    shows: /(nvidia|rocm)-smi.*(not found|not recognized|no such file)/i,
    todo: 'Install the driver of the card, then take the inventory again.',
  },
];

/** Every form shows itself in its first lines. */
const HEAD_CHARS = 16_384;

/** A refusal that names the form; undefined for text that shows none of them. */
export function namedRefusal(file: string, whole: string): GhostcardError | undefined {
  const text = whole.slice(0, HEAD_CHARS);
  const form = FORMS.find(({ shows }) => shows.test(text));
  if (!form) return undefined;
  const at = form.shows.exec(text)!.index;
  const line = text.slice(0, at).split('\n').length;
  return refuse(file, line, 'an inventory of cards', form.is, form.todo);
}
