-- Findings about the network's own figures. Severity is how far the observed figure is from the expected one:
-- serious from a factor of two, warning from a tenth, notice below that or where no ratio exists.
SELECT detector, reason, iso_time(valid_from) AS valid_from, iso_time(valid_to) AS valid_to, metric, observed,
  expected,
  CASE WHEN observed IS NULL OR expected IS NULL OR observed = expected THEN 'notice'
    WHEN least(observed, expected) <= 0 THEN 'serious'
    WHEN greatest(observed, expected) >= 2 * least(observed, expected) THEN 'serious'
    WHEN greatest(observed, expected) >= 1.1 * least(observed, expected) THEN 'warning'
    ELSE 'notice' END AS severity
FROM evidence.network
ORDER BY detector, metric, evidence.network.valid_from, evidence.network.valid_to, reason, observed, expected
