-- Files that look like a table of the dataset and were not read.
SELECT file, looks_like, why FROM loaded.unread ORDER BY file, looks_like, why
