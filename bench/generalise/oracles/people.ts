/** What people show who share an occasion, a source of mailboxes, a code, a list of missions or a worker. */
import type { Statistic } from './statistic.ts';

export const occasion: Statistic[] = [
  {
    name: 'registrations near each other',
    by: 'moments',
    sql: 'SELECT account_id AS subject, created_at AS moment FROM accounts WHERE created_at IS NOT NULL',
  },
];

/** The local part and the domain; digits in the local part are all alike. */
const BOX = `SELECT account_id AS subject, split_part(email, '@', 1) AS box, split_part(email, '@', 2) AS domain
             FROM accounts WHERE email IS NOT NULL`;

export const mail: Statistic[] = [
  {
    name: 'shape and domain of the mailbox',
    by: 'things',
    sql: `SELECT subject,
                 domain || ' ' || regexp_replace(regexp_replace(box, '[0-9]', '9', 'g'), '[a-z]+', 'a', 'g')
          AS key FROM (${BOX})`,
  },
  {
    name: 'length and domain of the mailbox',
    by: 'things',
    sql: `SELECT subject, domain || ' ' || length(box) AS key FROM (${BOX})`,
  },
  {
    name: 'words of the mailbox',
    by: 'things',
    sql: `SELECT DISTINCT subject, unnest(regexp_extract_all(box, '[a-z]{3,}')) AS key FROM (${BOX})`,
  },
];

export const referrer: Statistic[] = [
  {
    name: 'a referrer among the members, or one in common',
    by: 'things',
    sql: `SELECT account_id AS subject, referrer_id AS key FROM accounts WHERE referrer_id IS NOT NULL
          UNION ALL SELECT account_id, account_id FROM accounts`,
  },
];

const MISSIONS = `SELECT account_id AS subject, kind, occurred_at,
                         lag(kind) OVER whose AS before, occurred_at - lag(occurred_at) OVER whose AS wait
                  FROM engagement WHERE kind NOT LIKE 'daily%'
                  WINDOW whose AS (PARTITION BY account_id ORDER BY occurred_at)`;

export const guide: Statistic[] = [
  {
    name: 'missions that follow each other',
    by: 'things',
    sql: `SELECT DISTINCT subject, before || ' ' || kind AS key FROM (${MISSIONS}) WHERE before IS NOT NULL`,
  },
  {
    name: 'pace from mission to mission',
    by: 'things',
    sql: `SELECT DISTINCT subject, before || ' ' || kind || ' ' || round(2 * ln(wait + 1)) AS key
          FROM (${MISSIONS}) WHERE before IS NOT NULL`,
  },
  {
    name: 'the list as a whole',
    by: 'things',
    sql: `SELECT subject, string_agg(kind, ' ' ORDER BY occurred_at) AS key FROM (${MISSIONS}) GROUP BY subject`,
  },
  {
    name: 'which missions',
    by: 'things',
    sql: `SELECT subject, string_agg(kind, ' ' ORDER BY kind) AS key FROM (${MISSIONS}) GROUP BY subject`,
  },
];

/** Visits: daily actions with nothing from the same account in the ten minutes before. */
const VISITS = `
  SELECT account_id AS subject, occurred_at AS moment FROM engagement WHERE kind LIKE 'daily%'
  QUALIFY occurred_at - coalesce(lag(occurred_at) OVER (PARTITION BY account_id ORDER BY occurred_at), 0) > 600000`;

export const worker: Statistic[] = [
  { name: 'visits near each other', by: 'moments', sql: `SELECT subject, moment FROM (${VISITS})` },
  {
    name: 'days on which they come',
    by: 'things',
    sql: `SELECT subject, array_to_string(list_sort(list(DISTINCT floor(moment / 86400000)::INT)), ' ') AS key
          FROM (${VISITS}) GROUP BY subject`,
  },
];
