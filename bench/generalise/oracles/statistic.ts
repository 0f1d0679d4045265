/**
 * The three ways in which sharing shows once it is known who may share: the same things, the same moments,
 * the same movement. A fourth needs no fellows: a figure of one subject alone.
 */

/**
 * One statistic of subjects against their fellows. `sql` is a query over the tables of the contract;
 * `subject` is an account, or for traits of cards a device.
 */
export type Statistic = {
  /** In a few words. */
  name: string;
  sql: string;
} & (
  | {
      /** Rows `subject, key`, with `weight` or without: what a subject has that fellows may have. */
      by: 'things';
    }
  | {
      /** Rows `subject, moment`: moments in milliseconds. */
      by: 'moments';
    }
  | {
      /**
       * Rows `subject, item, slot, value`: series of the subject's machines, with what all share taken out.
       */
      by: 'movement';
    }
  | {
      /** Rows `subject, score`. */
      by: 'figure';
    }
);

/**
 * Chernoff's bound in nats on so many of the fellows having a thing by chance (Chernoff 1952), by the share
 * of everybody outside who has it, one added on each side; summed over the things of a subject.
 */
const THINGS = `
  WITH thing AS (
    SELECT subject, key, sum(weight) AS weight FROM given WHERE key IS NOT NULL GROUP BY ALL
  ), outside AS (
    SELECT key, count(*) AS n FROM thing GROUP BY key
  ), inside AS (
    SELECT set_id, key, count(*) AS n FROM thing JOIN member USING (subject) GROUP BY ALL
  ), everybody AS (
    SELECT count(DISTINCT subject) AS n FROM member
  ), share AS (
    SELECT m.set_id, m.subject, t.weight, m.fellows, (i.n - 1) / m.fellows AS seen,
           (o.n - i.n + 1) / (e.n - m.fellows + 1) AS usual
    FROM member m JOIN thing t USING (subject)
    JOIN inside i ON i.set_id = m.set_id AND i.key = t.key
    JOIN outside o ON o.key = t.key, everybody e
    WHERE i.n > 1
  )
  SELECT set_id, subject,
         sum(CASE WHEN seen <= usual THEN 0
                  WHEN seen >= 1 THEN -weight * fellows * ln(usual)
                  ELSE weight * fellows * (seen * ln(seen / usual) + (1 - seen) * ln((1 - seen) / (1 - usual)))
             END) AS score
  FROM share GROUP BY ALL`;

const HOUR = 3_600_000;

/**
 * Mean over a subject's moments of −ln P(a fellow's moment lies so near by chance), with the fellows' moments
 * spread over the hours as everybody else's are (Poisson). Hours with nobody count as half a moment.
 */
const MOMENTS = `
  WITH event AS (
    SELECT set_id, subject, moment, floor(moment / ${HOUR}) AS hour FROM given JOIN member USING (subject)
  ), everybody AS (
    SELECT floor(moment / ${HOUR}) AS hour, count(*) AS n FROM given GROUP BY ALL
  ), own AS (
    SELECT set_id, hour, count(*) AS n FROM event GROUP BY ALL
  ), total AS (
    SELECT sum(n) AS n, count(*) AS hours FROM everybody
  ), per_set AS (
    SELECT set_id, count(*) AS n FROM event GROUP BY set_id
  ), per_subject AS (
    SELECT set_id, subject, count(*) AS n FROM event GROUP BY ALL
  ), run AS (
    SELECT *, sum(changed) OVER (PARTITION BY set_id ORDER BY moment, subject) AS run FROM (
      SELECT *, (subject IS DISTINCT FROM lag(subject) OVER (PARTITION BY set_id ORDER BY moment, subject))::INT
                AS changed FROM event)
  ), edge AS (
    SELECT set_id, run, min(moment) AS first_at, max(moment) AS last_at FROM run GROUP BY ALL
  ), near AS (
    SELECT r.set_id, r.subject, r.hour,
           least(coalesce(r.moment - before.last_at, 1e15), coalesce(after.first_at - r.moment, 1e15)) AS distance
    FROM run r
    LEFT JOIN edge before ON before.set_id = r.set_id AND before.run = r.run - 1
    LEFT JOIN edge after ON after.set_id = r.set_id AND after.run = r.run + 1
  )
  SELECT n.set_id, n.subject, avg(-ln(greatest(1e-12, 1 - exp(
           -2.0 * (n.distance + 1) / ${HOUR} * (p.n - s.n)
           * (e.n - o.n + 0.5) / (t.n - p.n + 0.5 * t.hours))))) AS score
  FROM near n JOIN everybody e USING (hour) JOIN own o ON o.set_id = n.set_id AND o.hour = n.hour
  JOIN per_set p ON p.set_id = n.set_id
  JOIN per_subject s ON s.set_id = n.set_id AND s.subject = n.subject, total t
  WHERE n.distance < 1e15
  GROUP BY n.set_id, n.subject`;

/** Slots that two series must share. */
const SLOTS = 16;

/**
 * The highest correlation of a subject's series with one of a fellow's, in standard errors (Fisher 1915).
 */
const MOVEMENT = `
  WITH series AS (
    SELECT set_id, subject, item, slot, value FROM given JOIN member USING (subject) WHERE value IS NOT NULL
  ), pair AS (
    SELECT a.set_id, a.subject, a.item, b.item AS other, corr(a.value, b.value) AS r, count(*) AS n
    FROM series a JOIN series b ON a.set_id = b.set_id AND a.slot = b.slot AND a.subject <> b.subject
    GROUP BY ALL HAVING count(*) >= ${SLOTS}
  )
  SELECT set_id, subject, max(atanh(greatest(-0.999999, least(0.999999, r))) * sqrt(n - 3)) AS score
  FROM pair WHERE isfinite(r) GROUP BY ALL`;

const FIGURE = 'SELECT set_id, subject, score FROM given JOIN member USING (subject)';

const SCORES = { things: THINGS, moments: MOMENTS, movement: MOVEMENT, figure: FIGURE } as const;

/**
 * A query for `set_id, subject, score` of every subject with a score, over the table `member` (`set_id,
 * subject, fellows`). Whoever is missing showed nothing.
 */
export function scoreSql({ by, sql }: Statistic): string {
  const weighted = by === 'things' && !/\bweight\b/.test(sql);
  const given = weighted ? `SELECT *, 1 AS weight FROM (${sql})` : sql;
  return `WITH given AS MATERIALIZED (${given}) SELECT * FROM (${SCORES[by]})`;
}
