-- What the run decided, in one row. Points of an account that is not excluded and lost some lost them by void
-- devices.
SELECT count(*) FILTER (verdict = 'exclude') AS exclude, count(*) FILTER (verdict = 'review') AS review,
  count(*) FILTER (verdict = 'clear') AS clear,
  (SELECT count(*) FROM verdict.device WHERE verdict = 'void') AS void,
  (SELECT count(*) FROM verdict.device WHERE verdict = 'review') AS device_review,
  (SELECT count(*) FROM verdict.device WHERE verdict = 'clear') AS device_clear,
  (SELECT count(*) FROM verdict.device WHERE verified = 'unverified') AS unverified,
  (SELECT count(*) FROM verdict.cluster) AS clusters, (SELECT count(*) FROM verdict.term) AS findings,
  CAST(coalesce(sum(CAST(1 - risk AS DECIMAL(18, 6))) FILTER (verdict = 'exclude'),
    0) AS DOUBLE) AS expected_wrongful,
  plain(coalesce(sum(points_before), 0)) AS before,
  plain(coalesce(sum(points_before) FILTER (verdict = 'exclude'), 0)) AS excluded,
  plain(coalesce(sum(points_before - points_after) FILTER (verdict <> 'exclude'), 0)) AS voided,
  plain(coalesce(sum(points_after) FILTER (verdict = 'review'), 0)) AS held,
  plain(coalesce(sum(points_after) FILTER (verdict = 'clear'), 0)) AS payable
FROM verdict.account
