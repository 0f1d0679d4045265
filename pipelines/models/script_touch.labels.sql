-- Groups of accounts that click through missions with the same order and the same pauses, and the windows
-- that say so.
--
-- A window is three consecutive missions and the two pauses between them, each pause in bins of one
-- natural-log unit (two phases, so that no edge hides a match). Null: people who take the same three missions
-- in a row (a guide makes that common) pause like everybody: the expected number of a window is the number of
-- accounts with those three missions times the share of that pair of pauses among all windows. A window is
-- used when Chernoff's bound of its Poisson tail is below 1 % after Bonferroni.
WITH trio AS (
  -- Pauses under one second are one second: the clock's grain.
  SELECT account_id, z, a, b, phase,
    CAST(floor(ln(greatest(before, second_ms())) + phase / 2.0) AS BIGINT) AS bin0,
    CAST(floor(ln(greatest(pause, second_ms())) + phase / 2.0) AS BIGINT) AS bin1
  FROM features.mission_step, (VALUES (0), (1)) p(phase) WHERE z IS NOT NULL
),
counted AS (
  SELECT phase, z, a, b, bin0, bin1, count(*) AS n, count(*) OVER () AS tests,
    sum(count(*)) OVER (PARTITION BY phase, z, a, b) * sum(count(*)) OVER (PARTITION BY phase, bin0, bin1)
      / sum(count(*)) OVER (PARTITION BY phase) AS expected
  FROM trio GROUP BY phase, z, a, b, bin0, bin1
)
SELECT t.account_id AS member, concat_ws('>', z, a, b, phase, bin0, bin1) AS token,
  poisson_strength(n, expected) AS strength
FROM counted JOIN trio t USING (phase, z, a, b, bin0, bin1)
WHERE n >= 4 AND poisson_nats(n, expected) > ln(tests) + ln(100)
