/**
 * Names of cards: SQL and TypeScript give one normal form and the same models, over the catalogue and over
 * what sellers write.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelsNamed, type Spelling } from '../../contracts/gpu-names.ts';
import { gpuSpelling } from '../../contracts/gpu-spelling.ts';
import { buildFeatures } from '../../testing/tables.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { loadReference } from './reference.ts';

let warehouse: Warehouse;
let printed: string[];
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await loadReference(warehouse);
  await createRawViews(warehouse, 0);
  await buildFeatures(warehouse, ['features.gpu_class']);
  const names = await warehouse.rows<{ name: string }>(
    `SELECT gpu_model AS name FROM features.gpu_kind UNION SELECT profile FROM reference.slices
     UNION SELECT name FROM reference.pci_names UNION SELECT name FROM reference.vgpu_subsystems ORDER BY 1`,
  );
  printed = names.map(({ name }) => name);
});
afterAll(() => warehouse.close());

const catalogue = new URL('../../fixtures/catalog/gpu_spellings.csv', import.meta.url);
const rows: Record<keyof Spelling, string>[] = parse(readFileSync(catalogue, 'utf8'), { columns: true });
const spellings: Spelling[] = rows.map((row) => ({ ...row, catalogued: row.catalogued === 'true' }));

/** What the class of each name says, undefined where no model goes by it. */
async function classes(names: readonly string[]): Promise<(string[] | undefined)[]> {
  const rows = await warehouse.rows<{ i: number; members: string[] }>(
    `SELECT n.i, c.members FROM (SELECT unnest(x) AS name, generate_subscripts(x, 1) AS i FROM (SELECT string_split($all, chr(10)) AS x)) n
     JOIN features.gpu_class c ON c.spelled = gpu_spelling(n.name)`,
    { all: names.join('\n') },
  );
  const found = new Map(rows.map(({ i, members }) => [Number(i), members]));
  return names.map((_, i) => found.get(i + 1));
}

async function inSql(names: readonly string[]): Promise<string[]> {
  const rows = await warehouse.rows<{ spelled: string }>(
    `SELECT gpu_spelling(name) AS spelled FROM (SELECT unnest(x) AS name, generate_subscripts(x, 1) AS i FROM (SELECT string_split($all, chr(31)) AS x)) ORDER BY i`,
    { all: names.join('\u001f') },
  );
  return rows.map(({ spelled }) => spelled);
}

/** What sellers write, and all that it may mean. */
const WRITTEN = `
rtx4090; RTX_4090; RTX 4090; RTX-4090; 4090; GeForce RTX 4090; NVIDIA(R) GeForce(R) RTX(TM) 4090 = NVIDIA GeForce RTX 4090
NVIDIA Corporation GeForce RTX 4090; rtx4090 24GB; RTX 4090 24 GB; RTX 4090 PCIe; geforce_rtx_4090_24g = NVIDIA GeForce RTX 4090
RTX 4090D; 4090 D = NVIDIA GeForce RTX 4090 D
RTX 3060 Mobile; rtx3060-laptop; RTX 3060 Notebook GPU = NVIDIA GeForce RTX 3060 Laptop GPU
GTX_1660_S; GTX 1660 S; gtx1660super; 1660S = NVIDIA GeForce GTX 1660 SUPER
RTX 4070S Ti; RTX_4070_Ti_S; 4070 Ti SUPER = NVIDIA GeForce RTX 4070 Ti SUPER
3080Ti; RTX 3080 Ti; nvidiageforcertx3080ti = NVIDIA GeForce RTX 3080 Ti
GTX 1060; gtx1060 = NVIDIA GeForce GTX 1060 3GB | NVIDIA GeForce GTX 1060 6GB
GTX 1060 6GB; GTX1060-6G = NVIDIA GeForce GTX 1060 6GB
A100 = NVIDIA A100 80GB PCIe | NVIDIA A100-PCIE-40GB | NVIDIA A100-SXM4-40GB | NVIDIA A100-SXM4-80GB
A100 SXM4; A100_SXM; a100-sxm4 = NVIDIA A100-SXM4-40GB | NVIDIA A100-SXM4-80GB
A100 40GB; A100-40G = NVIDIA A100-PCIE-40GB | NVIDIA A100-SXM4-40GB
A100 SXM4 80GB; NVIDIA A100-SXM4-80GB; A100 80GB SXM4; A100_SXM_80GB; a100-80gb-sxm4 = NVIDIA A100-SXM4-80GB
A100 PCIe 80GB; A100 80GB PCI-E; A100-PCIE-80GB = NVIDIA A100 80GB PCIe
H100 = NVIDIA H100 80GB HBM3 | NVIDIA H100 NVL | NVIDIA H100 PCIe
H100 80GB; h100-80g = NVIDIA H100 80GB HBM3 | NVIDIA H100 PCIe
H100_SXM; H100 SXM; H100 SXM5; H100 SXM5 80GB; H100 80GB HBM3; H100 80GB SXM5 HBM3 = NVIDIA H100 80GB HBM3
H100 NVL 94GB; h100nvl = NVIDIA H100 NVL
H200 = NVIDIA H200 | NVIDIA H200 NVL
H200 SXM; H200 SXM5 141GB = NVIDIA H200
B200 192GB; B200 180GB; b200 = NVIDIA B200
V100 SXM2 = Tesla V100-SXM2-16GB | Tesla V100-SXM2-32GB
Q_RTX_8000; Q RTX 8000; RTX 8000; Quadro RTX 8000 = Quadro RTX 8000
RTX 6000 = NVIDIA RTX 6000 Ada Generation | Quadro RTX 6000
RTX6000Ada; RTX 6000 Ada; 6000 Ada; RTX_6000_ADA_48GB = NVIDIA RTX 6000 Ada Generation
RTX A6000; A6000; Quadro RTX A6000; rtxa6000 = NVIDIA RTX A6000
RTX PRO 5000 = NVIDIA RTX PRO 5000 Blackwell
RTX PRO 6000 WS; RTX PRO 6000 Workstation Edition = NVIDIA RTX PRO 6000 Blackwell Workstation Edition
RTX PRO 6000 S; RTX PRO 6000 Server = NVIDIA RTX PRO 6000 Blackwell Server Edition
RTX PRO 6000 Max-Q; RTX PRO 6000 MaxQ 96GB = NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition
Tesla T4; T4; NVIDIA T4; t4-16gb = Tesla T4
l40s; L40S 48GB; L40S PCIe = NVIDIA L40S
A10G; A10 G = NVIDIA A10G
A10; A10 24G = NVIDIA A10
m2 max; Apple M2 Max; M2Max; apple_m2_max = Apple M2 Max
MI300X; AMD Instinct MI300X; AMD Instinct MI300X OAM; mi300x 192GB = AMD Instinct MI300X
RX 7900 XTX; AMD Radeon RX 7900 XTX; Radeon(TM) RX7900XTX; RX 7900 XTX 24GB = AMD Radeon RX 7900 XTX
AMD Instinct MI250X; mi250x = AMD Instinct MI250X`
  .trim()
  .split('\n')
  .map((line) => line.split(' = ') as [string, string])
  .map(([written, members]) => [written.split('; '), members.split(' | ')] as const);

/** Names that no row of the catalogue goes by, however near one stands. */
const UNKNOWN = [
  ...['', ' ', 'NVIDIA', 'GPU', 'NVIDIA Tomorrow 9', 'RTX', '6000', '100', 'GTX 3090', 'RTX 1080', 'RX 4090'],
  ...[
    'Radeon 4090',
    'RTX 4090 48GB',
    'RTX 3060M',
    'RTX 4090 Ti',
    'Tesla M4',
    'Tesla V100-SXM3-32GB',
    'A100 SXM5',
  ],
  ...[
    'A100 60GB',
    'TITAN X',
    'A100 MIG',
    'A100 MIG 9g.99gb',
    'RTX 4090 x8',
    '8x RTX 4090',
    'rtx 4090, rtx 3060',
  ],
];

describe('normal form', () => {
  it('is the same in SQL and TypeScript for what the driver and sellers print', async () => {
    const names = [...printed, ...UNKNOWN, ...WRITTEN.flatMap(([written]) => written)];
    expect(await inSql(names)).toEqual(names.map(gpuSpelling));
  });

  it('is the same for any text', async () => {
    const words =
      'nvidia GeForce RTX Q quadro tesla A M 4 4090 1660 ti S super ada sff 80 GB gib G SXM PCI E nvl hbm 3 e pro 6000 ' +
      'blackwell ws gddr 6 x (r) MIG 1g.10gb amd radeon';
    const word = fc.constantFrom(...words.split(' '));
    const gap = fc.constantFrom('', ' ', '  ', '-', '_', '.', ',', '\t', '™', '\u0130', '\u212a', '\u00a0');
    const made = fc.array(fc.tuple(word, gap), { maxLength: 9 }).map((parts) => parts.flat().join(''));
    const any = fc.string({ unit: 'grapheme', maxLength: 230 }).filter((text) => !text.includes('\u001f'));
    const texts = fc.sample(fc.oneof({ weight: 4, arbitrary: made }, any), { seed: 7, numRuns: 4000 });
    expect(await inSql(texts)).toEqual(texts.map(gpuSpelling));
  });

  it('is its own normal form, for every name of the table', () => {
    expect(spellings.map(({ spelled }) => gpuSpelling(spelled))).toEqual(
      spellings.map(({ spelled }) => spelled),
    );
  });
});

describe('models of a name', () => {
  it('are those that sellers mean', async () => {
    for (const [written, members] of WRITTEN) {
      expect(await classes(written), written.join()).toEqual(written.map(() => members));
      for (const name of written) expect(modelsNamed(name, spellings), name).toEqual(members);
    }
  });

  it('are none where the catalogue has none', async () => {
    expect(await classes(UNKNOWN)).toEqual(UNKNOWN.map(() => undefined));
    const whole = UNKNOWN.filter((name) => !name.includes('MIG'));
    expect(whole.flatMap((name) => modelsNamed(name, spellings))).toEqual([]);
  });

  it('include the model itself, by the name that the driver prints and in any case and separators', async () => {
    const models = await warehouse.rows<{ name: string }>(
      'SELECT gpu_model AS name FROM features.gpu_kind WHERE slice_kind IS NULL ORDER BY 1',
    );
    expect(models).toHaveLength(181);
    for (const change of [
      (name: string) => name,
      (name: string) => name.toUpperCase().replaceAll(/[ -]/g, '_'),
      (name: string) => name.toLowerCase().replaceAll(/(?<=[a-z])[ -](?=[0-9])/g, ''),
      (name: string) => name.replace(/^NVIDIA (GeForce )?|^Tesla |^AMD (Radeon |Instinct )?/, ''),
    ]) {
      const written = models.map(({ name }) => change(name));
      for (const [i, members] of (await classes(written)).entries()) {
        expect(members, written[i]).toContain(models[i]!.name);
        expect(modelsNamed(written[i]!, spellings), written[i]).toEqual(members);
      }
    }
  });

  it('are the boards of a slice, by its full name and by short ones', async () => {
    const slices = await warehouse.rows<{ board: string; profile: string; kind: string }>(
      'SELECT parent_model AS board, profile, kind FROM reference.slices ORDER BY ALL',
    );
    const written = slices.map(({ board, profile, kind }) =>
      kind === 'mig' ? `${board} MIG ${profile}` : profile,
    );
    for (const [i, members] of (await classes(written)).entries()) {
      // Four vGPU types are named like cards; their name means the card.
      if (/GeForce (GTX|RTX) [0-9]+$/.test(written[i]!)) continue;
      expect(members, written[i]).toContain(slices[i]!.board);
    }
    expect(await classes(['a100_mig_3g.40gb', 'H100 SXM MIG 1g.10gb'])).toEqual([
      ['NVIDIA A100 80GB PCIe', 'NVIDIA A100-SXM4-80GB'],
      ['NVIDIA H100 80GB HBM3'],
    ]);
  });

  it('take no whole board for a slice and no slice for a whole board', async () => {
    const rows = await warehouse.rows<{ name: string }>(
      `SELECT DISTINCT n.name FROM reference.pci_names n JOIN features.gpu_class c ON c.spelled = gpu_spelling(n.name)
       WHERE n.is_vgpu_type <> (c.slice_kind IS NOT NULL) ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'NVIDIA GeForce GTX 1060',
      'NVIDIA GeForce RTX 2080',
      'NVIDIA GeForce RTX 3050',
      'NVIDIA GeForce RTX 3060',
    ]);
  });
});
