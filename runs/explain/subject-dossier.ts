/** The dossier of an account or a device. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubjectDossier } from '../../contracts/dossier.ts';
import type { Policy } from '../../contracts/policy.ts';
import { HELD_BY, type HeldBy, type Term } from '../../contracts/verdict.ts';
import type { Machine } from '../../pipelines/judge/cards.ts';
import { logit } from '../../pipelines/judge/fusion.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';
import { type About, flipOf } from './flip.ts';
import { linksOf } from './links.ts';
import { merchantsOf } from './merchants.ts';
import { explainSql } from './sql.ts';
import { unseenBy } from './unseen.ts';
import { sentenceOf, waterfallOf } from './waterfall.ts';

interface SubjectRow {
  verdict: string;
  risk: number;
  reasons: string;
  held_by: string;
}

interface AccountFacts extends SubjectRow {
  cluster_id: string | null;
  devices: number;
  devices_void: number;
  points_before: string;
  points_after: string;
  created_at: number;
  country: string | null;
  wallet: string | null;
  referrer_id: string | null;
  house: boolean;
  stability: number | null;
  density: number | null;
  bridge: boolean | null;
  cluster_accounts: number | null;
  cluster_stable: boolean | null;
  cluster_density: number | null;
}

interface DeviceFacts extends SubjectRow {
  account_id: string;
  owner_verdict: string | null;
  verified: string;
  registered_at: number;
  gpu_model: string;
  gpu_count: number;
  /** As in `verdict.machine`; NULL where no finding names a card. */
  places: number[] | null;
  judgeable: number[] | null;
}

const time = (ms: number) => new Date(ms).toISOString();
const codes = (text: string) => (text === '' ? [] : text.split('|'));

async function dossierOf(
  run: Run,
  judged: About,
  id: string,
  row: SubjectRow,
  about: SubjectDossier['about'],
): Promise<SubjectDossier> {
  const policy = run.manifest.policy.content as unknown as Policy;
  const { kind } = judged;
  const { detectors } = run;
  const terms = await run.rows<Term>(explainSql('terms'), { kind, id });
  const goal = kind === 'account' ? 'exclude' : 'void';
  const flip =
    row.verdict === 'clear' ? null : flipOf({ about: judged, verdict: row.verdict, terms, policy });
  const counted = new Set(terms.filter((term) => term.counted).map((term) => term.detector));
  const activity = await run.rows<Omit<SubjectDossier['activity'][number], 'day'> & { day: number }>(
    explainSql('activity'),
    { kind, id },
  );
  const decisions = await run.rows<{
    verdict: string;
    by: string;
    at: number;
    until: number | null;
    why: string;
    state: string;
  }>(explainSql('decisions'), { kind, id });
  return {
    kind,
    id,
    snapshot: run.manifest.snapshot,
    verdict: row.verdict,
    risk: row.risk,
    reasons: codes(row.reasons),
    held_by: codes(row.held_by).map((code) => HELD_BY[code as HeldBy] ?? code),
    about,
    prior: { log_odds: logit(policy.prior[kind]), probability: policy.prior[kind] },
    threshold: {
      verdict: goal,
      log_odds: logit(policy.thresholds[goal]),
      probability: policy.thresholds[goal],
    },
    terms: waterfallOf(terms, logit(policy.prior[kind]), detectors),
    ...(kind === 'account' ? await linksOf(run, id) : { links: [], link_count: 0 }),
    flip: flip && {
      smallest: flip.smallest,
      removed: flip.removed.map((term) => ({
        fact: term.fact,
        reason: term.reason,
        says: sentenceOf(term, detectors),
        weight: term.weight,
      })),
    },
    certificates: kind === 'account' ? await run.rows(explainSql('certificates'), { id }) : [],
    decisions: decisions.map((line) => ({
      ...line,
      at: time(line.at),
      until: line.until === null ? null : time(line.until),
    })),
    devices: [],
    merchants: await merchantsOf(run, kind, id),
    appeal: [...counted].flatMap((detector) => {
      const meta = detectors[detector];
      return meta ? [{ title: meta.title, shows: meta.appeal }] : [];
    }),
    unseen: unseenBy(readFileSync(join(run.folder, 'coverage.csv'), 'utf8'), kind, detectors),
    activity: activity.map(({ day, ...rest }) => ({ day: time(day * 86_400_000).slice(0, 10), ...rest })),
  };
}

/** Null when the run has no account of this id. */
export async function explainAccount(run: Run, id: string): Promise<SubjectDossier | null> {
  const [row] = await run.rows<AccountFacts>(explainSql('account'), { id });
  if (!row) return null;
  const cluster =
    row.cluster_accounts === null
      ? null
      : {
          accounts: row.cluster_accounts,
          stable: row.cluster_stable ?? false,
          density: row.cluster_density ?? 0,
          bridge: row.bridge ?? false,
        };
  const dossier = await dossierOf(run, { kind: 'account', context: { house: row.house, cluster } }, id, row, {
    created: time(row.created_at),
    country: row.country,
    wallet: row.wallet,
    'referred by': row.referrer_id,
    'declared house or partner': row.house,
    cluster: row.cluster_id,
    'cluster stability': row.stability,
    'cluster density': row.density,
    devices: row.devices,
    'devices void': row.devices_void,
    'points before': row.points_before,
    'points after': row.points_after,
  });
  const devices = await run.rows<{ device_id: string; verdict: string; risk: number; reasons: string }>(
    explainSql('flagged-devices'),
    { id },
  );
  dossier.devices = devices.map((device) => ({ ...device, reasons: codes(device.reasons) }));
  return dossier;
}

/** Null when the run has no device of this id. */
export async function explainDevice(run: Run, id: string): Promise<SubjectDossier | null> {
  const [row] = await run.rows<DeviceFacts>(explainSql('device'), { id });
  if (!row) return null;
  const { places, judgeable, gpu_count } = row;
  const machine: Machine = { places: places ?? [], judgeable: judgeable ?? [], listed: gpu_count };
  return dossierOf(run, { kind: 'device', machine }, id, row, {
    registered: time(row.registered_at),
    'claimed model': row.gpu_model,
    'claimed cards': row.gpu_count,
    owner: row.account_id,
    "owner's verdict": row.owner_verdict,
    'measured by the network': row.verified === 'network',
  });
}
