-- What each card showed together and alone, and by how many standard errors it fails more together (`more`),
-- where it fails clearly more and passed alone.
WITH count AS (
  SELECT cohort, device_id, gpu_index, unit, count(*) FILTER (together) AS asked,
    sum(failed) FILTER (together) AS failed, count(*) FILTER (NOT together) AS asked_alone,
    coalesce(sum(failed) FILTER (NOT together), 0) AS failed_alone,
    count(*) FILTER (together AND outcome IN ('short', 'slow', 'cut')) AS less,
    count(*) FILTER (together AND outcome = 'late') AS late, bool_and(outcome = 'absent') AS never_answered,
    max(excused) AS excused, max(country) AS country, min(starts_at) AS first_at, max(starts_at) AS last_at
  FROM own.asked WHERE NOT control GROUP BY cohort, device_id, gpu_index, unit
)
SELECT *, asked + asked_alone AS n, failed + failed_alone AS k,
  CASE WHEN asked_alone - failed_alone >= $least_rounds AND failed >= $least_rounds
      AND failed * (asked_alone + 1) >= $least_ratio * (failed_alone + 0.5) * asked
      THEN (1.0 * failed / asked - 1.0 * failed_alone / asked_alone)
        / sqrt((k + 0.5) * (n - k + 0.5) / (n + 1) ** 2 * (1.0 / asked + 1.0 / asked_alone)) END AS more
FROM count
