import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, DAY, device, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

type Outcome = 'held' | 'hot' | 'short' | 'slow' | 'cut' | 'late' | 'very-late' | 'absent' | 'off';

interface Round {
  /** 0, 1, 2, … in order of time. */
  no: number;
  together: boolean;
  at: number;
}

/** How a machine answers in a round. */
type Answer = (round: Round) => Outcome;

const ROUNDS: readonly Round[] = Array.from({ length: 36 }, (_, no) => ({
  no,
  // Every third round is alone, at a place in the three that chance seems to choose.
  together: no % 3 !== Math.floor(3 * noise(Math.floor(no / 3) + 5)),
  at: START + no * 2 * HOUR,
}));
const SNAPSHOT = START + 4 * DAY;
const HOLD_S = 60;
const ASKED_MIB = 22_000;

const held: Answer = () => 'held';
const together = (failed: Outcome, when: (no: number) => boolean = () => true): Answer => {
  return (round) => (round.together && when(round.no) ? failed : 'held');
};
/** Fails in about this share of all rounds, whatever their kind. */
const sometimes = (failed: Outcome, share: number, salt: number): Answer => {
  return ({ no }) => (noise(1000 * salt + no) < share ? failed : 'held');
};

function result(id: string, name: string, asked: number, outcome: Outcome): Row<'benchmarks'> {
  const started = asked + (outcome === 'late' ? 62_000 : outcome === 'very-late' ? 130_000 : 800);
  const speed = outcome === 'slow' ? 0.5 : 1;
  return benchmark(id, name, started, {
    requested_at: asked,
    finished_at: started + (outcome === 'cut' ? 20_000 : HOLD_S * 1000 + 500),
    nonce: `nonce-${id}`,
    memory_total_mib: outcome === 'short' ? 9_000 : ASKED_MIB,
    fp32_tflops: 76 * (outcome === 'hot' ? 0.6 : speed) * (1 + 0.01 * noise(asked % 100_003)),
    memory_bandwidth_gb_s: 940 * speed,
  });
}

interface Plan {
  rounds?: readonly Round[];
  controls?: Answer;
  tables?: CaseTables;
}

/** A plan with four controls, and how each machine answered it. */
function campaign(machines: Record<string, Answer>, { rounds = ROUNDS, controls = held, tables }: Plan = {}) {
  const names = ['c1', 'c2', 'c3', 'c4'];
  const answers: Record<string, Answer> = {
    ...Object.fromEntries(names.map((name) => [name, controls])),
    ...machines,
  };
  const challenges: Row<'challenges'>[] = [];
  const benchmarks: Row<'benchmarks'>[] = [];
  const heartbeats: Row<'heartbeats'>[] = [];
  for (const [order, [name, answer]] of Object.entries(answers).entries()) {
    for (const round of rounds) {
      const id = `${round.no}-${order}`;
      const at = round.together ? round.at : round.at + order * 3 * MINUTE;
      challenges.push({
        challenge_id: id,
        plan_id: 'p',
        cohort: 'k1',
        round: round.no,
        mode: round.together ? 'together' : 'alone',
        role: names.includes(name) ? 'control' : 'suspect',
        starts_at: at,
        device_id: name,
        gpu_index: 0,
        gpu_model: 'NVIDIA GeForce RTX 4090',
        memory_mib: ASKED_MIB,
        hold_s: HOLD_S,
        nonce: `nonce-${id}`,
      });
      const outcome = answer(round);
      if (outcome !== 'absent' && outcome !== 'off') benchmarks.push(result(id, name, at, outcome));
      if (outcome !== 'off')
        heartbeats.push({ device_id: name, gpu_index: 0, sent_at: at, received_at: at, ip: '192.0.2.1' });
    }
  }
  return {
    snapshot: SNAPSHOT,
    tables: {
      accounts: Object.keys(answers).map((name) => account(`owner-${name}`)),
      devices: Object.keys(answers).map((name) => device(name, `owner-${name}`)),
      benchmarks,
      heartbeats,
      challenges,
      ...tables,
    },
  };
}

/** Machines of one card: in each round together one of them holds. */
function sharded(names: readonly string[], failed: Outcome): Record<string, Answer> {
  return Object.fromEntries(
    names.map((name, i) => [name, together(failed, (no) => Math.floor(names.length * noise(77 + no)) !== i)]),
  );
}

const hire = (at: number, began = at - 30 * MINUTE): Row<'rentals'> => ({
  rental_id: `hire-${at}`,
  device_id: 'a',
  renter_id: 'customer',
  started_at: began,
  ended_at: at + 30 * MINUTE,
});

const CROWD = ['a', 'b', 'd', 'e', 'f', 'g'];

/** Puts the owners of these machines into one country. */
function abroad(one: ReturnType<typeof campaign>, names: readonly string[]) {
  const owners = new Set(names.map((name) => `owner-${name}`));
  const accounts = one.tables.accounts.map((row) =>
    owners.has(row.account_id) ? { ...row, country: 'BR' } : row,
  );
  return { ...one, tables: { ...one.tables, accounts } };
}

/** Eight machines and the controls of a country whose dispatcher drowns whenever all are asked at once. */
function region() {
  const drowned = (salt: number) => together('short', (no) => noise(1000 * salt + no) < 0.25);
  const names = ['c1', 'c2', 'c3', 'c4', ...Array.from({ length: 8 }, (_, i) => `r${i}`)];
  const one = campaign(Object.fromEntries(names.map((name, i) => [name, drowned(20 + i)])));
  return abroad(one, names);
}

const all = (names: readonly string[], levels: readonly string[]): string[] =>
  names.flatMap((name) => levels.map((level) => `${name}:${level}`));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one card behind two machines, short of memory',
      ...campaign(sharded(['a', 'b'], 'short')),
      expect: all(['a', 'b'], ['likely', 'short']),
    },
    {
      name: 'one card behind four machines, which queue',
      ...campaign(sharded(['a', 'b', 'c', 'd'], 'late')),
      expect: all(['a', 'b', 'c', 'd'], ['late', 'likely']),
    },
    {
      name: 'one card behind three machines, which halve the speed',
      ...campaign(sharded(['a', 'b', 'c'], 'slow')),
      expect: all(['a', 'b', 'c'], ['likely', 'short']),
    },
    {
      name: 'two machines that take turns at filling, in few rounds',
      ...campaign(sharded(['a', 'b'], 'cut'), { rounds: ROUNDS.slice(0, 20) }),
      expect: all(['a', 'b'], ['likely', 'short']),
    },
    {
      name: 'one card behind six machines, in a country without controls',
      ...abroad(campaign(sharded(CROWD, 'cut')), CROWD),
      expect: CROWD.map((name) => `${name}:likely`),
    },
    {
      name: 'one card behind three machines, the others keep silent',
      ...campaign(sharded(['a', 'b', 'c'], 'absent')),
      expect: ['a:silent-together', 'b:silent-together', 'c:silent-together'],
    },
    {
      name: 'heartbeats and never an answer',
      ...campaign({ a: () => 'absent' }),
      expect: ['a:absent'],
    },
  ],
  honest: [
    {
      name: 'busy-owner',
      ...campaign({
        a: sometimes('short', 0.4, 1),
        b: sometimes('short', 0.2, 2),
        d: sometimes('slow', 0.5, 3),
      }),
    },
    { name: 'power-capped', ...campaign({ a: together('hot'), b: together('hot') }) },
    {
      name: 'switched-off',
      ...campaign({
        a: ({ no }) => (no > 11 && no < 27 ? 'absent' : 'held'),
        b: ({ no }) => (no < 20 ? 'absent' : 'held'),
      }),
    },
    {
      name: 'evening-owner',
      ...campaign({
        a: ({ no }) => (no % 12 >= 9 ? 'short' : 'held'),
        b: ({ no }) => (no % 12 < 9 ? 'absent' : 'held'),
        d: ({ no }) => (no % 12 < 5 ? 'short' : 'held'),
      }),
    },
    // In this case and the next two `d` answers as it should.
    { name: 'slow-link', ...campaign({ a: () => 'late', b: () => 'very-late', d: held }) },
    {
      name: 'on-hire',
      ...campaign(
        { a: together('short'), d: held },
        { tables: { rentals: ROUNDS.filter((round) => round.together).map(({ at }) => hire(at)) } },
      ),
    },
    {
      // Others hire it five seconds into each round together and load its card.
      name: 'hired-during-the-hold',
      ...campaign(
        { a: together('short'), d: held },
        {
          tables: { rentals: ROUNDS.filter((round) => round.together).map(({ at }) => hire(at, at + 5000)) },
        },
      ),
    },
    { name: 'region-under-load', ...region() },
    {
      name: 'network-outage',
      ...campaign(
        { a: together('late', (no) => no < 12), b: together('late', (no) => no < 12) },
        { controls: together('late', (no) => no < 12) },
      ),
    },
    {
      name: 'two-machines-of-one-person',
      ...campaign({
        a: sometimes('short', 0.5, 4),
        b: (round) => (sometimes('short', 0.5, 4)(round) === 'held' ? 'short' : 'held'),
      }),
    },
    { name: 'neighbour-of-a-fake', ...campaign({ a: held, b: held, x: () => 'off', y: () => 'short' }) },
  ],
  silent: [
    { name: 'two failures', ...campaign({ a: together('short', (no) => no < 4) }) },
    {
      name: 'no controls',
      ...(() => {
        const one = campaign(sharded(['a', 'b'], 'short'));
        const challenges = one.tables.challenges.map(
          (row): Row<'challenges'> => ({ ...row, role: 'suspect' }),
        );
        return { ...one, tables: { ...one.tables, challenges } };
      })(),
    },
    {
      name: 'measured by the machine itself',
      ...(() => {
        const one = campaign(sharded(['a', 'b'], 'short'));
        const benchmarks = one.tables.benchmarks.map((row) => ({ ...row, measured_by: 'machine' }));
        return { ...one, tables: { ...one.tables, benchmarks } };
      })(),
    },
    {
      name: 'absurd memory',
      ...(() => {
        const one = campaign(sharded(['a', 'b'], 'short'));
        const benchmarks = one.tables.benchmarks.map((row) =>
          row.memory_total_mib === ASKED_MIB ? row : { ...row, memory_total_mib: 17_592_186_044_134 },
        );
        return { ...one, tables: { ...one.tables, benchmarks } };
      })(),
    },
    {
      name: 'asked off the plan by the network itself',
      ...(() => {
        const one = campaign(sharded(['a', 'b'], 'late'));
        const benchmarks = one.tables.benchmarks.map((row) => ({
          ...row,
          requested_at: row.started_at - 500,
        }));
        return { ...one, tables: { ...one.tables, benchmarks } };
      })(),
    },
    { name: 'no results yet', ...campaign({ a: () => 'absent' }), snapshot: START + HOUR },
  ],
};
