/**
 * One normal form for every way in which a card's name is written. The macro `gpu_spelling` is its twin in
 * SQL.
 */

/** Beyond this many characters a text is no name of a card. */
const LONGEST = 200;

/**
 * Tried in this order, each everywhere in the text. A blank stands between tokens; letters and digits part.
 */
const STEPS: ReadonlyArray<readonly [pattern: RegExp, by: string]> = [
  [/\((?:r|tm)\)/g, ' '],
  [/(^|[^a-z0-9.])([0-9]+)(?: ?gi?b|g)([^a-z0-9.]|$)/g, '$1$2gb$3'],
  [/[^a-z0-9]+/g, ' '],
  [/([a-z])([0-9])/g, '$1 $2'],
  [/([0-9])([a-z])/g, '$1 $2'],
  [/(nvidia|geforce|quadro|tesla|radeon|instinct|rtx|gtx)/g, ' $1 '],
  [/ +/g, ' '],
  [/\bpci (?:e|express)\b/g, 'pcie'],
  [/\b(?:mobile|notebook)\b/g, 'laptop'],
  [/\bmaxq\b/g, 'max q'],
  // Apple's chips go by their letter alone; a Tesla M4 is another thing, so this comes before makers are
  // dropped.
  [/^ ?m ([1-9])( pro| max| ultra)?( [0-9]+ gb)? ?$/g, 'apple m $1$2$3'],
  [/\b(?:nvidia|corporation|geforce|gpu|graphics)\b/g, ' '],
  [/\b(?:generation|gen|lovelace|edition|founders|gddr(?: [0-9])?(?: x)?)\b/g, ' '],
  [/ +/g, ' '],
  // GeForce numbers of four digits are nobody else's, so a bare one is a GeForce.
  [/^ ?((?:10|16)[5-8]0)\b/g, 'gtx $1'],
  [/^ ?((?:20|30|40|50)[5-9]0)\b/g, 'rtx $1'],
  [/\b(?:amd|ati|radeon|instinct|oam)\b/g, ' '],
  [/\btesla ([^m])/g, '$1'],
  [/ +/g, ' '],
  [/^ ?q (rtx|p|gv)\b/g, 'quadro $1'],
  [/^ ?(?:quadro )?(?:rtx )?a ([0-9]{4})\b/g, 'a $1'],
  [/^ ?([0-9]{4} (?:sff )?ada)\b/g, 'rtx $1'],
  [/\b((?:rtx|gtx) [0-9]{4}(?: ti)?) s\b/g, '$1 super'],
  [/\b([0-9]{4}) super ti\b/g, '$1 ti super'],
  [/\b(pro [0-9]{4}(?: blackwell)?) w[sk]\b/g, '$1 workstation'],
  [/\b(pro [0-9]{4}(?: blackwell)?) s\b/g, '$1 server'],
  // What boards of one name differ by stands in one order: form, kind of memory, size.
  [/\b(hbm [23](?: e)?) ((?:pcie|nvl|sxm [2-6]|sxm))\b/g, '$2 $1'],
  [/\b([0-9]+ gb)((?: (?:pcie|nvl|sxm [2-6]|sxm|hbm [23] e|hbm [23]))+)\b/g, '$2 $1'],
  [/ +/g, ' '],
  [/^ | $/g, ''],
];

/**
 * The name of a card as names are compared: `RTX_4090`, `rtx4090`, `NVIDIA GeForce RTX 4090` and `4090` are
 * all `rtx 4090`. Case, separators, makers and words that tell no two cards apart are gone. Text that names
 * nothing becomes ''.
 */
export function gpuSpelling(name: string): string {
  let text = name
    .replace(/[^ -~]+/g, ' ')
    .slice(0, LONGEST)
    .toLowerCase();
  for (const [pattern, by] of STEPS) text = text.replace(pattern, by);
  return text;
}
