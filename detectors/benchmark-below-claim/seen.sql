-- Devices with a card of a model with known figures and enough network-measured runs of it.
SELECT DISTINCT device_id AS subject_id FROM own.measured_card WHERE runs >= $least_runs
