-- Devices with a card of four undisturbed network-measured runs or more. In networks where silicon does not
-- show, none is found among them.
SELECT DISTINCT device_id AS subject_id FROM own.silicon_card
