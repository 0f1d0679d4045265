-- What the cluster stage leaves behind: links between accounts, the clusters they form, and the values kept
-- out.
CREATE OR REPLACE TABLE operator.worth (detector VARCHAR, level VARCHAR, lifted BOOLEAN, nats DOUBLE);
CREATE OR REPLACE TABLE operator.link (a VARCHAR, b VARCHAR, weight DOUBLE, items VARCHAR);
CREATE OR REPLACE TABLE operator.member (
  account_id VARCHAR, cluster_id VARCHAR, stability DOUBLE, density DOUBLE, bridge BOOLEAN
);
CREATE OR REPLACE TABLE operator.group_stability (cluster_id VARCHAR, stability DOUBLE);
CREATE OR REPLACE TABLE operator.hub (detector VARCHAR, value VARCHAR, accounts BIGINT, related_share DOUBLE);
-- Clusters as published: groups by evidence, or what an analyst joined of them (`joined`). `stability` is the
-- cluster's.
CREATE OR REPLACE TABLE operator.published_member (
  account_id VARCHAR, cluster_id VARCHAR, density DOUBLE, joined BOOLEAN, stability DOUBLE
);
-- Analysts' decisions about operators as this run met them, and every account that they name.
CREATE OR REPLACE TABLE operator.decision (
  kind VARCHAR, cluster_id VARCHAR, accounts VARCHAR[], "from" VARCHAR[], "by" VARCHAR, "at" BIGINT,
  "until" BIGINT, why VARCHAR, state VARCHAR, set_aside VARCHAR[], missing VARCHAR[]
);
CREATE OR REPLACE TABLE operator.named (account_id VARCHAR);
