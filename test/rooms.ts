/** Who may import whom. The whole table; the test beside it holds every file to it. */

export interface Room {
  /** Path prefix. The longest that fits a file is its room. */
  room: string;
  /** Prefixes of ours that it may import, beside its own. */
  ours: readonly string[];
  /** Packages from npm, by name. */
  packages: readonly string[];
  /** Modules of Node.js, without `node:`. */
  node: readonly string[];
}

const FILES = ['crypto', 'fs', 'fs/promises', 'path', 'stream', 'stream/promises', 'url'];
const WAREHOUSE = ['contracts/', 'pipelines/warehouse/'];
const COUNTING = [...WAREHOUSE, 'statistics/'];
/** Plain stages read their own SQL files and may digest text; nothing else of the disk. */
const OWN_FILES = ['crypto', 'fs', 'url'];

export const ROOMS: readonly Room[] = [
  // TensorFlow.js as a type alone: what a learner is handed.
  { room: 'contracts/', ours: [], packages: ['zod', '@tensorflow/tfjs-core'], node: [] },

  // Textbook functions: numbers in, numbers out.
  { room: 'statistics/', ours: [], packages: [], node: [] },
  // TensorFlow.js as a type alone: the network is handed it.
  { room: 'statistics/dense-net.ts', ours: ['statistics/'], packages: ['@tensorflow/tfjs-core'], node: [] },

  // The path of the data.
  { room: 'pipelines/warehouse/', ours: ['contracts/'], packages: ['@duckdb/node-api'], node: FILES },
  {
    room: 'pipelines/ingest/',
    ours: COUNTING,
    packages: ['csv-parse', 'yaml', 'zod'],
    node: [...FILES, 'buffer', 'events', 'zlib'],
  },
  { room: 'pipelines/rollup/', ours: WAREHOUSE, packages: [], node: OWN_FILES },
  {
    room: 'pipelines/models/',
    ours: COUNTING,
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-cpu'],
    node: OWN_FILES,
  },
  {
    room: 'pipelines/detect/',
    ours: [...WAREHOUSE, 'pipelines/models/'],
    packages: [],
    node: OWN_FILES,
  },
  { room: 'pipelines/cluster/', ours: COUNTING, packages: ['networkanalysis-ts'], node: OWN_FILES },
  { room: 'pipelines/judge/', ours: COUNTING, packages: ['zod'], node: OWN_FILES },
  { room: 'pipelines/publish/', ours: [...WAREHOUSE, 'reports/'], packages: [], node: FILES },
  {
    room: 'runs/evaluate/',
    ours: COUNTING,
    packages: ['csv-parse'],
    node: [...FILES, 'readline', 'zlib'],
  },
  // Reads finished runs and their truth; sums with the judge's own pure rules under other weights.
  {
    room: 'runs/calibrate/',
    ours: [
      ...COUNTING,
      'runs/evaluate/',
      'pipelines/judge/',
      'pipelines/publish/read-run.ts',
      'pipelines/detect/registry.ts',
    ],
    packages: [],
    node: OWN_FILES.concat('path'),
  },
  // Reads finished runs; asks the judge's own pure rules what would change a verdict.
  {
    room: 'runs/explain/',
    ours: [...WAREHOUSE, 'pipelines/judge/', 'pipelines/publish/read-run.ts', 'reports/svg/picture.ts'],
    packages: ['csv-parse'],
    node: ['fs', 'path', 'url'],
  },
  // Reads nvidia-smi outputs; runs the path of the data as far as the detectors, in memory.
  {
    room: 'inventory/',
    ours: [
      ...WAREHOUSE,
      'pipelines/derive.ts',
      'pipelines/detect/',
      'pipelines/ingest/load-rows.ts',
      'pipelines/models/',
    ],
    packages: ['saxes'],
    node: ['crypto', 'fs', 'path'],
  },
  // Plans of challenges, read back and certified.
  {
    room: 'pipelines/challenge/',
    ours: [...WAREHOUSE, 'reports/csv/'],
    packages: ['csv-parse'],
    node: ['crypto', 'fs', 'path', 'url'],
  },
  // Plans challenges from a finished run.
  {
    room: 'runs/challenge/',
    ours: [...WAREHOUSE, 'pipelines/publish/read-run.ts', 'pipelines/challenge/', 'statistics/'],
    packages: [],
    node: ['crypto', 'fs', 'path'],
  },
  // Appends to the decisions file; asks a finished run and the rules of cluster and judge what a line would
  // do.
  {
    room: 'runs/decide/',
    ours: [
      ...WAREHOUSE,
      'pipelines/cluster/decisions.ts',
      'pipelines/judge/decisions-file.ts',
      'pipelines/publish/read-run.ts',
    ],
    packages: [],
    node: ['fs', 'path'],
  },
  // Draws from a finished run what a team should label.
  {
    room: 'runs/sample/',
    ours: [...WAREHOUSE, 'pipelines/publish/read-run.ts'],
    packages: [],
    node: ['crypto', 'fs'],
  },
  // Looks at the first rows of a folder; drafts a mapping and asks which detectors it lets run.
  {
    room: 'pipelines/init/',
    ours: [
      ...WAREHOUSE,
      'pipelines/detect/',
      'pipelines/ingest/discover.ts',
      'pipelines/ingest/file-form.ts',
      'pipelines/ingest/mapping.ts',
      'pipelines/ingest/sql-text.ts',
    ],
    packages: ['csv-parse'],
    node: ['fs', 'path', 'url', 'zlib'],
  },
  // Ingest and nothing behind it: what arrives, and what it lets be looked at.
  {
    room: 'pipelines/check/',
    ours: [
      ...WAREHOUSE,
      'pipelines/detect/',
      'pipelines/ingest/ingest.ts',
      'pipelines/ingest/report.ts',
      'pipelines/judge/input-loss.ts',
      'pipelines/judge/policy.ts',
    ],
    packages: [],
    node: ['fs'],
  },
  // The order of the stages, and the process around it.
  {
    room: 'pipelines/',
    ours: ['contracts/', 'pipelines/'],
    packages: [],
    node: ['child_process', 'crypto', 'fs', 'path', 'url'],
  },

  // Units: a claim each, and nothing but the shared words.
  { room: 'detectors/', ours: ['contracts/', 'statistics/'], packages: ['@tensorflow/tfjs-core'], node: [] },

  // How one network's public export is recognised and mapped: words, no code.
  { room: 'presets/', ours: ['contracts/'], packages: [], node: [] },

  // Value in, text out. The one file read is the style sheet beside the page.
  { room: 'reports/', ours: ['contracts/'], packages: ['cli-table3'], node: ['crypto', 'fs', 'util'] },

  // Worlds fill DuckDB's column vectors directly: tens of millions of rows.
  { room: 'fixtures/', ours: COUNTING, packages: ['@duckdb/node-api', 'csv-parse'], node: FILES },

  {
    room: 'apps/cli/',
    ours: ['contracts/', 'pipelines/', 'runs/', 'inventory/', 'reports/', 'fixtures/worlds/'],
    packages: ['@commander-js/extra-typings', 'ora'],
    node: ['fs', 'os', 'path', 'util', 'zlib'],
  },
];

/** Production files that load code by a computed path, and why there is no other way. */
export const COMPUTED_IMPORTS: Readonly<Record<string, string>> = {
  'pipelines/detect/registry.ts': 'the folders of detectors/ are the registry',
  'pipelines/models/run.ts': 'every <table>.learn.ts beside it is a model',
  'pipelines/init/registry.ts': 'the folders of presets/ are the registry',
};

/** What only tests and benches use: no file of the program imports it, and it keeps no room's rules. */
export const TEST_SUPPORT: readonly string[] = ['testing/'];

/** Rooms whose result must not depend on the clock, on chance or on the machine's language. */
export const DETERMINISTIC: readonly string[] = [
  'contracts/',
  'detectors/',
  'fixtures/',
  'inventory/',
  'pipelines/',
  'presets/',
  'reports/',
  'runs/',
  'statistics/',
];

/** Files that time the stages for run.log.json, the one output that may differ between equal runs. */
export const MAY_READ_CLOCK: readonly string[] = ['pipelines/run-facts.ts'];

/** Names under which anything can be put, and so nothing found. */
export const VAGUE_NAMES: readonly string[] = ['common', 'helper', 'helpers', 'misc', 'util', 'utils'];
