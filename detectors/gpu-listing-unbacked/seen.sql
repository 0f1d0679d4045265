-- Devices that reported an inventory.
SELECT DISTINCT device_id AS subject_id FROM features.shown_card
