-- Rows per UTC day of a time column by the footers alone: one line per row group, with both days that its
-- bounds name. The caller uses it only where every row group lies within one day and holds no NULL.
SELECT low // 86400000 AS first_day, high // 86400000 AS last_day, high AS newest, rows, nulls
FROM (
  SELECT coalesce(TRY_CAST(stats_min_value AS BIGINT),
      epoch_ms(TRY_CAST(stats_min_value AS TIMESTAMP))) AS low,
    coalesce(TRY_CAST(stats_max_value AS BIGINT), epoch_ms(TRY_CAST(stats_max_value AS TIMESTAMP))) AS high,
    row_group_num_rows AS rows, stats_null_count AS nulls
  FROM parquet_metadata($path) WHERE path_in_schema = $column
)
