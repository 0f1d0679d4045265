-- Each member of a group that repeats an action together, judged alone. A day's moment is the median of the
-- members' times; it counts when three members and a third of those who acted that day were within twenty
-- minutes of it.
--
-- Log-likelihood ratio over the days on which the account acted: within twenty minutes with probability 0.8
-- for a member; for a stranger with the larger of two shares: of all others who acted that day, and of the
-- account's own other days at that time of day (rule of succession). So whoever checks in after breakfast
-- meets others who do, and gains nothing by it. `ahead` counts the days on which the account, of those
-- present, was alone the earliest: it may have been followed.
WITH act AS (
  SELECT g.cadence, a.account_id, a.kind, a.day, a.done_at,
    CAST(quantile_cont(a.done_at, 0.5) OVER moment AS BIGINT) AS middle, count(*) OVER moment AS acting
  FROM features.action_cadence g
  JOIN features.repeated_action a ON a.account_id = g.account_id AND a.kind = split_part(g.cadence, ' ', 1)
  WINDOW moment AS (PARTITION BY g.cadence, a.kind, a.day)
),
present AS (SELECT *, abs(done_at - middle) <= 20 * minute_ms() AS hit FROM act),
beat AS (
  SELECT cadence, kind, day, middle, acting, count(*) FILTER (WHERE hit) AS hits
  FROM present GROUP BY ALL HAVING hits >= 3 AND hits * 3 >= acting
),
crowd AS (
  SELECT b.cadence, b.day,
    (count(*) FILTER (WHERE abs(a.done_at - b.middle) <= 20 * minute_ms()) - b.hits + 1.0)
      / (count(*) - b.acting + 2.0) AS share
  FROM beat b JOIN features.repeated_action a ON a.kind = b.kind AND a.day = b.day
  GROUP BY b.cadence, b.day, b.hits, b.acting
),
own AS (
  -- Other days on which the account acted at this time of day, twenty minutes to either side, round the
  -- clock.
  SELECT p.cadence, p.account_id, p.day,
    (count(o.day) FILTER (WHERE least(abs(o.done_at - p.middle) % day_ms(),
          day_ms() - abs(o.done_at - p.middle) % day_ms())
          <= 20 * minute_ms())
      + 1.0)
      / (count(o.day) + 2.0) AS share
  FROM present p
  JOIN features.repeated_action o ON o.account_id = p.account_id AND o.kind = p.kind AND o.day <> p.day
  GROUP BY ALL
),
placed AS (
  SELECT p.*, least(greatest(c.share, o.share), 0.8) AS q,
    came_alone_first(p.done_at, p.hit, (p.cadence, p.day)) AS ahead
  FROM present p JOIN crowd c USING (cadence, day) JOIN own o USING (cadence, account_id, day)
)
SELECT cadence, account_id, count(*) AS days, count(*) FILTER (WHERE hit) AS kept,
  count(*) FILTER (WHERE ahead) AS ahead, min(done_at) AS first_at, max(done_at) AS last_at,
  fsum(CASE WHEN hit THEN ln(0.8 / q) ELSE ln(0.2 / (1 - q)) END) AS llr,
  (SELECT count(DISTINCT account_id) FROM features.repeated_action) AS everybody
FROM placed GROUP BY cadence, account_id
