-- What detectors write: findings about accounts and devices, findings about the network, and what each could
-- see.
CREATE OR REPLACE TABLE evidence.finding (
  subject_type VARCHAR, subject_id VARCHAR, detector VARCHAR, family VARCHAR, level VARCHAR, reason VARCHAR,
  forgeable_by VARCHAR, links BOOLEAN, value VARCHAR, related VARCHAR[], tested BIGINT, facts VARCHAR,
  first_at BIGINT, last_at BIGINT, gpu_index BIGINT, facet VARCHAR, surprise DOUBLE
);
CREATE OR REPLACE TABLE evidence.network (
  detector VARCHAR, level VARCHAR, reason VARCHAR, metric VARCHAR, valid_from BIGINT, valid_to BIGINT,
  observed DOUBLE, expected DOUBLE
);
-- Levels that say that the device and those related to it are one card.
CREATE OR REPLACE TABLE evidence.same_card (detector VARCHAR, level VARCHAR);
CREATE OR REPLACE TABLE evidence.coverage (
  detector VARCHAR, outcome VARCHAR, observing BOOLEAN, why VARCHAR, seen BIGINT, subjects BIGINT,
  findings BIGINT
);
-- By which families of evidence each subject was looked at: a detector that counts ran and could judge it.
CREATE OR REPLACE TABLE evidence.seen (subject_type VARCHAR, subject_id VARCHAR, family VARCHAR);
