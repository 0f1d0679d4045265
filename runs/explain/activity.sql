-- The days of one device, or of all devices of one account, summed over their cards.
WITH own AS (
  SELECT device_id
  FROM device_facts WHERE ($kind = 'device' AND device_id = $id) OR ($kind = 'account' AND account_id = $id)
),
daily AS (
  SELECT device_id, day, sum(messages) AS messages, max(bins) AS bins, coalesce(max(pings), 0) AS pings,
    coalesce(max(answered), 0) AS answered
  FROM series JOIN own USING (device_id) GROUP BY device_id, day
)
SELECT day, CAST(sum(messages) AS BIGINT) AS messages, CAST(sum(bins) AS BIGINT) AS online_bins,
  CAST(sum(pings) AS BIGINT) AS pings, CAST(sum(answered) AS BIGINT) AS answered
FROM daily GROUP BY day ORDER BY day
