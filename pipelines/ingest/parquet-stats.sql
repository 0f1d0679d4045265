-- What the footers of a Parquet file say about each column, where they say it for every row group: how many
-- NULLs, whether text can be empty, its bounds, and the bounds of numbers and times (as epoch milliseconds).
SELECT path_in_schema AS name,
  CASE WHEN bool_and(stats_null_count IS NOT NULL) THEN CAST(sum(stats_null_count) AS BIGINT) END AS nulls,
  coalesce(bool_and(stats_null_count = num_values OR stats_min_value <> ''), FALSE) AS nonempty,
  coalesce(bool_and(stats_null_count = num_values), FALSE) AS hollow,
  CASE WHEN bool_and(stats_null_count = num_values OR stats_min_value IS NOT NULL)
      THEN min(stats_min_value) END AS least,
  CASE WHEN bool_and(stats_null_count = num_values OR stats_max_value IS NOT NULL)
      THEN max(stats_max_value) END AS greatest,
  CASE WHEN bool_and(stats_null_count = num_values OR bounds.low IS NOT NULL) THEN min(bounds.low) END AS low,
  CASE WHEN bool_and(stats_null_count = num_values OR bounds.high IS NOT NULL)
      THEN max(bounds.high) END AS high
FROM (
  SELECT *,
    {low: coalesce(TRY_CAST(stats_min_value AS DOUBLE), epoch_ms(TRY_CAST(stats_min_value AS TIMESTAMP))),
      high: coalesce(TRY_CAST(stats_max_value AS DOUBLE),
        epoch_ms(TRY_CAST(stats_max_value AS TIMESTAMP)))} AS bounds
  FROM parquet_metadata($path)
)
GROUP BY path_in_schema ORDER BY path_in_schema
