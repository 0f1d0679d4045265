-- What the judge leaves behind; shapes and units in contracts/verdict.ts.
CREATE OR REPLACE TABLE verdict.term (
  subject_type VARCHAR, subject_id VARCHAR, detector VARCHAR, family VARCHAR, level VARCHAR, reason VARCHAR,
  forgeable_by VARCHAR, value VARCHAR, fact VARCHAR, weight_raw DOUBLE, weight DOUBLE, counted BOOLEAN,
  why_not VARCHAR, sharers BIGINT, sharers_in_cluster BIGINT, related VARCHAR[], facts VARCHAR,
  first_at BIGINT, last_at BIGINT, links BOOLEAN, hub BOOLEAN, card BIGINT, facet VARCHAR
);
CREATE OR REPLACE TABLE verdict.machine (
  device_id VARCHAR, places BIGINT[], judgeable BIGINT[], listed BIGINT
);
CREATE OR REPLACE TABLE verdict.certificate (
  account_id VARCHAR, test VARCHAR, terms_removed BIGINT, log_odds DOUBLE, margin DOUBLE
);
CREATE OR REPLACE TABLE verdict.brake (
  name VARCHAR, segment VARCHAR, observed DOUBLE, allowed DOUBLE, total DOUBLE, overridden_why VARCHAR
);
CREATE OR REPLACE TABLE verdict.decision (
  subject_type VARCHAR, subject_id VARCHAR, verdict VARCHAR, "by" VARCHAR, "at" BIGINT, "until" BIGINT,
  why VARCHAR, state VARCHAR, new_facts VARCHAR[]
);
CREATE OR REPLACE TABLE verdict.supply (
  gpu_model VARCHAR, claimed BIGINT, heartbeating BIGINT, answering BIGINT, benchmarked BIGINT, void BIGINT,
  real_low BIGINT, real_estimate DOUBLE, real_high BIGINT
);
CREATE OR REPLACE TABLE verdict.judged_device (
  device_id VARCHAR, verdict VARCHAR, risk DOUBLE, reasons VARCHAR, held_by VARCHAR
);
CREATE OR REPLACE TABLE verdict.judged_gpu (
  device_id VARCHAR, gpu_index BIGINT, verdict VARCHAR, risk DOUBLE, reasons VARCHAR
);
CREATE OR REPLACE TABLE verdict.judged_account (
  account_id VARCHAR, verdict VARCHAR, risk DOUBLE, reasons VARCHAR, held_by VARCHAR
);
CREATE OR REPLACE TABLE verdict.judged_cluster (cluster_id VARCHAR, risk DOUBLE, reasons VARCHAR);
CREATE OR REPLACE TABLE verdict.kept_points (account_id VARCHAR, points VARCHAR);
CREATE OR REPLACE TABLE verdict.loss (
  account_id VARCHAR, owner_type VARCHAR, id VARCHAR, table_name VARCHAR, column_name VARCHAR, "rows" BIGINT
);
CREATE OR REPLACE TABLE verdict.input_loss (owners BIGINT, hit BIGINT);
