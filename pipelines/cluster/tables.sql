-- What the cluster stage leaves behind: links between accounts, the clusters they form, and the values kept out.
CREATE OR REPLACE TABLE operator.worth (detector VARCHAR, level VARCHAR, lifted BOOLEAN, nats DOUBLE);
CREATE OR REPLACE TABLE operator.link (a VARCHAR, b VARCHAR, weight DOUBLE, items VARCHAR);
CREATE OR REPLACE TABLE operator.member (
  account_id VARCHAR, cluster_id VARCHAR, stability DOUBLE, density DOUBLE, bridge BOOLEAN
);
CREATE OR REPLACE TABLE operator.group_stability (cluster_id VARCHAR, stability DOUBLE);
CREATE OR REPLACE TABLE operator.hub (detector VARCHAR, value VARCHAR, accounts BIGINT, related_share DOUBLE);
