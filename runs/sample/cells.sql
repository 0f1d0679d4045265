-- Size and mean risk of each cell, at the depth of stratification that the sample can afford: 3 verdict, band
-- and family; 2 verdict and band; 1 verdict.
SELECT verdict, CASE WHEN $depth >= 2 THEN band ELSE 0 END AS band,
  CASE WHEN $depth >= 3 THEN family ELSE '' END AS family, count(*) AS size, fsum(risk) AS expected
FROM sample_subject GROUP BY ALL ORDER BY 1, 2, 3
