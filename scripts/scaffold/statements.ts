/** detector.sql and seen.sql of a new unit. Both run; the first finds nothing until its FALSE goes. */
import { type Kind, subjectOf } from './kind.ts';

const DEVICE = `-- Say here, in one or two sentences, the claim.
SELECT device_id AS subject_id, 'plain' AS level, (SELECT count(*) FROM raw.devices) AS tested,
  CAST(json_object('cards', gpu_count) AS VARCHAR) AS facts
FROM raw.devices WHERE gpu_count > $most_cards AND FALSE
`;

const LEARNED = `-- Say here, in one or two sentences, the claim.
SELECT s.device_id AS subject_id, 'plain' AS level, (SELECT count(*) FROM own.machine_score) AS tested,
  CAST(json_object('score', s.score) AS VARCHAR) AS facts
FROM own.machine_score s WHERE s.score > 1 AND FALSE
`;

const address = (value: string) => `-- Say here, in one or two sentences, the claim.
WITH address AS (
  SELECT signup_ip, count(*) AS accounts${value === '' ? '' : ', some_of(account_id) AS ids'}
  FROM raw.accounts GROUP BY signup_ip
)
SELECT a.account_id AS subject_id, 'plain' AS level,
  ${value}(SELECT count(*) FROM raw.accounts) AS tested,
  CAST(json_object('accounts', g.accounts) AS VARCHAR) AS facts
FROM raw.accounts a JOIN address g ON g.signup_ip = a.signup_ip
WHERE g.accounts >= $least_accounts AND FALSE
`;

export function statement(kind: Kind): string {
  if (kind === 'learned') return LEARNED;
  if (kind === 'device') return DEVICE;
  return address(
    kind === 'linking' ? 'a.signup_ip AS value, others(g.ids, a.account_id) AS related,\n  ' : '',
  );
}

export function seen(kind: Kind): string {
  const about = '-- Say here whom the detector could judge at all.\n';
  if (kind === 'learned') return `${about}SELECT device_id AS subject_id FROM own.machine_score\n`;
  return subjectOf(kind) === 'device'
    ? `${about}SELECT device_id AS subject_id FROM raw.devices WHERE gpu_count IS NOT NULL\n`
    : `${about}SELECT account_id AS subject_id FROM raw.accounts WHERE signup_ip IS NOT NULL\n`;
}
