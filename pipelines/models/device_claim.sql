-- What each device claims to be, resolved against the catalogue: one row per device. `gpu_model` is NULL
-- when the catalogue does not know the name; then nothing can be said about the hardware. A name of several
-- models is their group.
WITH spelling AS (
  SELECT gpu_model AS claim, gpu_spelling(gpu_model) AS spelled FROM raw.devices GROUP BY gpu_model
)
SELECT d.device_id, d.account_id, d.registered_at, d.gpu_model AS claim, d.driver_version, d.gpu_count,
  -- A claim that speaks of a slice is a declared slice, whether the catalogue knows it or not.
  c.slice_profile IS NOT NULL
    OR regexp_matches(lower(d.gpu_model), '\bmig\b|vgpu|^grid | [0-9]g\.[0-9]+gb')
    OR regexp_matches(s.spelled, '\bmig\b|^grid ') AS declared_slice,
  c.* EXCLUDE (spelled)
FROM raw.devices d
LEFT JOIN spelling s ON s.claim = d.gpu_model
LEFT JOIN features.gpu_class c USING (spelled)
