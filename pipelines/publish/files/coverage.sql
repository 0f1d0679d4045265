-- What each detector could see at all, and whether it counted, only observed, did not run or failed.
SELECT detector, outcome, observing, why, seen, subjects, findings FROM evidence.coverage ORDER BY detector
