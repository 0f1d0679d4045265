-- What the footers of a Parquet file say about each column, where they say it for every row group: how many NULLs,
-- whether text can be empty, and the bounds of whole numbers and times (as epoch milliseconds). Bounds of floating
-- point are not used: writers leave NaN out of them.
SELECT
  path_in_schema AS name,
  CASE WHEN bool_and(stats_null_count IS NOT NULL) THEN CAST(sum(stats_null_count) AS BIGINT) END AS nulls,
  coalesce(bool_and(stats_null_count = num_values OR stats_min_value <> ''), FALSE) AS nonempty,
  CASE WHEN bool_and(stats_null_count = num_values OR bounds.low IS NOT NULL) THEN CAST(min(bounds.low) AS DOUBLE) END AS low,
  CASE WHEN bool_and(stats_null_count = num_values OR bounds.high IS NOT NULL) THEN CAST(max(bounds.high) AS DOUBLE) END AS high
FROM (
  SELECT *, {
    low: coalesce(TRY_CAST(stats_min_value AS BIGINT), epoch_ms(TRY_CAST(stats_min_value AS TIMESTAMP))),
    high: coalesce(TRY_CAST(stats_max_value AS BIGINT), epoch_ms(TRY_CAST(stats_max_value AS TIMESTAMP)))
  } AS bounds
  FROM parquet_metadata($path)
)
GROUP BY path_in_schema
ORDER BY path_in_schema
