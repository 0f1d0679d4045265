-- Devices that claim a whole card of a model with MIG profiles.
SELECT DISTINCT device_id AS subject_id
FROM own.whole_card b
JOIN features.gpu_kind p ON list_contains(b.members, p.gpu_model) AND p.slice_kind = 'mig'
