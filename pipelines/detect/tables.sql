-- What detectors write: findings about accounts and devices, findings about the network, and what each could see.
CREATE OR REPLACE TABLE evidence.finding (
  subject_type VARCHAR, subject_id VARCHAR, detector VARCHAR, family VARCHAR, level VARCHAR, reason VARCHAR,
  forgeable_by VARCHAR, links BOOLEAN, value VARCHAR, related VARCHAR[], tested BIGINT, facts VARCHAR,
  first_at BIGINT, last_at BIGINT
);
CREATE OR REPLACE TABLE evidence.network (
  detector VARCHAR, level VARCHAR, reason VARCHAR, metric VARCHAR, valid_from BIGINT, valid_to BIGINT,
  observed DOUBLE, expected DOUBLE
);
CREATE OR REPLACE TABLE evidence.coverage (
  detector VARCHAR, outcome VARCHAR, observing BOOLEAN, why VARCHAR, seen BIGINT, subjects BIGINT, findings BIGINT
);
