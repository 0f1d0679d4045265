-- One row per distinct stem of five letters and more: does a person's name stand there? `nats`: log
-- likelihood of the letters under names of many locales (reference.name_trigrams: each letter after the two
-- before it) against letters drawn evenly. `letters`: walk (most of it runs along the keyboard), random
-- (drawn evenly explains it far better: under -1.5 nats a letter, which letters drawn evenly reach in nine of
-- ten stems of eight), odd (drawn evenly explains it better: initials, handles, made-up syllables), name.
WITH stem AS (
  SELECT DISTINCT stem FROM own.mail_shape WHERE length(stem) BETWEEN $shortest_stem AND $longest_stem
),
letter AS (SELECT stem, substr('^^' || stem, unnest(range(1, length(stem) + 1)), 3) AS trigram FROM stem),
scored AS (
  SELECT l.stem, CAST(sum($even_centinats - t.centinats) AS BIGINT) AS centinats,
    CAST(sum(t.walk) AS BIGINT) AS walked
  FROM letter l JOIN reference.name_trigrams t ON t.trigram = l.trigram GROUP BY l.stem
)
SELECT stem, CAST(centinats AS DOUBLE) / $centinats AS nats,
  CASE WHEN walked >= $walk_share * (length(stem) - 2) THEN 'walk'
    WHEN centinats < -$random_centinats * length(stem) THEN 'random'
    WHEN centinats < 0 THEN 'odd'
    ELSE 'name' END AS letters
FROM scored
