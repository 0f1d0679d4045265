-- Models whose published figures make a series on days that heartbeats cover.
SELECT DISTINCT metric AS subject_id FROM own.figure
