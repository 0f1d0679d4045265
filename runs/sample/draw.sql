-- The first `drawn` of each cell in its random order; printed in another one, which tells nothing of the
-- cell.
WITH cell AS (
  SELECT unnest(from_json($cells,
        '[{"stratum":"VARCHAR","verdict":"VARCHAR","band":"BIGINT","family":"VARCHAR","drawn":"BIGINT"}]'),
      recursive := true)
),
ranked AS (
  SELECT c.stratum, s.id, s.draw, c.drawn,
    row_number() OVER (PARTITION BY c.stratum ORDER BY s.draw, s.id) AS place
  FROM sample_subject s
  JOIN cell c
    ON c.verdict = s.verdict AND c.band = CASE WHEN $depth >= 2 THEN s.band ELSE 0 END
      AND c.family = CASE WHEN $depth >= 3 THEN s.family ELSE '' END
)
SELECT stratum, id FROM ranked WHERE place <= drawn ORDER BY sha256(concat(draw, chr(10), id)), id
