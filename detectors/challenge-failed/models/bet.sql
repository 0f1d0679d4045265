-- Two accounts of the same rounds: every failure, and only what the network measured.
SELECT kind, a.*, starts_at % day_ms() // ($day_part_hours * hour_ms()) AS day_part
FROM own.asked a CROSS JOIN (VALUES ('any'), ('measured')) k(kind) WHERE kind = 'any' OR outcome <> 'absent'
