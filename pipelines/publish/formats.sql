-- How values are printed in text files: UTC times with milliseconds, decimals without exponent or trailing zeros.
CREATE OR REPLACE TEMP MACRO iso_time(ms) AS strftime(make_timestamp(CAST(ms * 1000 AS BIGINT)), '%Y-%m-%dT%H:%M:%S.%gZ');
CREATE OR REPLACE TEMP MACRO plain(amount) AS rtrim(rtrim(CAST(CAST(amount AS DECIMAL(38, 6)) AS VARCHAR), '0'), '.');
