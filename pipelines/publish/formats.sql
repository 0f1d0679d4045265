-- How values are printed in text files: UTC times with milliseconds, decimals without exponent or trailing
-- zeros.
-- Beside each verdict stand what keeps it from exclusion, who decided it, and the families of evidence that
-- could have spoken.
CREATE OR REPLACE TEMP MACRO iso_time(ms) AS
  strftime(make_timestamp(CAST(ms * 1000 AS BIGINT)), '%Y-%m-%dT%H:%M:%S.%gZ');
CREATE OR REPLACE TEMP MACRO plain(amount) AS
  rtrim(rtrim(CAST(CAST(amount AS DECIMAL(38, 6)) AS VARCHAR), '0'), '.');
CREATE OR REPLACE TEMP MACRO kept_by(verdict, held_by) AS
  CASE WHEN verdict = 'clear' AND contains(held_by, 'one-cause') THEN 'one-cause'
    WHEN verdict <> 'review' THEN ''
    WHEN held_by = '' THEN 'below-threshold'
    ELSE held_by END;
CREATE OR REPLACE TEMP VIEW decided AS
SELECT subject_type, subject_id, "by" FROM verdict.decision WHERE state = 'in-force';
CREATE OR REPLACE TEMP VIEW looked AS
SELECT subject_type, subject_id, string_agg(family, '|' ORDER BY family) AS families, count(*) AS n
FROM evidence.seen GROUP BY subject_type, subject_id;
