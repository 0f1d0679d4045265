-- One day of telemetry of an ordinary fleet: every device sends a message each two minutes, mostly idle, busy
-- for a few hours a day, restarting now and then, with a clock of its own and readings quantised as
-- nvidia-smi prints them.
-- Made from range and hash alone, so that any scale comes from SQL; in order of arrival, as a log is written.
-- Binds $devices and $day (days since 1970).
WITH device AS (
  SELECT d.i, md5(concat('device', d.i)) AS digest, hash(d.i, 'phase') % 120000 AS phase_ms,
    CAST(hash(d.i, 'clock') % 4001 AS BIGINT) - 2000 AS offset_ms, 15 + hash(d.i, 'watts') % 40 AS idle_w,
    150 + hash(d.i, 'load') % 250 AS busy_w, 28 + hash(d.i, 'degrees') % 15 AS idle_c,
    200 + hash(d.i, 'memory') % 500 AS idle_mib,
    -- A fifth restarts daily, the rest after a run of weeks.
    CASE WHEN hash(d.i, 'daily') % 5 = 0 THEN 86400000
      ELSE 86400000 * CAST(20 + hash(d.i, 'run') % 60 AS BIGINT) END AS run_ms,
    CAST(hash(d.i, 'boot') % 86400000 AS BIGINT) AS boot_ms,
    CAST(hash(d.i, $day, 'busy from') % 96 AS BIGINT) AS busy_from,
    CAST(hash(d.i, $day, 'busy for') % 24 AS BIGINT) AS busy_for,
    -- A tenth has an address of the day, the others one for good.
    hash(d.i, 'net', CASE WHEN hash(d.i, 'dhcp') % 10 = 0 THEN CAST($day AS BIGINT) ELSE 0 END) AS address
  FROM range(CAST($devices AS BIGINT)) AS d (i)
),
message AS (
  SELECT device.*,
    CAST($day AS BIGINT) * 86400000 + m.j * 120000 + CAST(phase_ms AS BIGINT) * 119 // 120
      + CAST(hash(device.i, $day, m.j) % 1000 AS BIGINT) AS at_ms,
    hash(device.i, $day, m.j, 'noise') AS noise,
    CAST(m.j * 120000 // 900000 BETWEEN busy_from AND busy_from + busy_for AS BOOLEAN) AS busy
  FROM device, range(720) AS m (j)
)
SELECT concat_ws('-', substr(digest, 1, 8), substr(digest, 9, 4), substr(digest, 13, 4),
    substr(digest, 17, 4), substr(digest, 21, 12)) AS device_id,
  CAST(0 AS INTEGER) AS gpu_index,
  make_timestamptz((at_ms - 30 - CAST(noise % 90 AS BIGINT) + offset_ms) * 1000) AS sent_at,
  make_timestamptz(at_ms * 1000) AS received_at,
  concat_ws('.', 11 + address % 160, (address >> 8) % 256, (address >> 16) % 256,
    1 + (address >> 24) % 254) AS ip,
  CASE WHEN busy THEN 'busy' ELSE 'idle' END AS status,
  CAST(CASE WHEN busy THEN idle_c + 25 + noise % 7
    ELSE idle_c + noise % 3 END AS DOUBLE) AS temperature_gpu_c,
  CAST(CASE WHEN busy THEN busy_w * 100 + noise % 4000 ELSE idle_w * 100 + noise % 300 END AS DOUBLE)
    / 100 AS power_draw_w,
  CAST(CASE WHEN busy THEN 80 + noise % 21
    ELSE CASE WHEN noise % 50 = 0 THEN noise % 5 ELSE 0 END END AS DOUBLE) AS utilization_gpu_pct,
  CAST(CASE WHEN busy THEN 6000 + noise % 4000 ELSE idle_mib END AS INTEGER) AS memory_used_mib,
  CAST((at_ms - boot_ms) % run_ms // 1000 AS INTEGER) AS uptime_s
FROM message ORDER BY received_at, device_id
