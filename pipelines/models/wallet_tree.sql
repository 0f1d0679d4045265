-- Wallets that live on money from one root: stars, chains and trees of first money, through wallets of
-- strangers as well, however deep. One row per wallet that hangs on another. Wallets that fill each other in
-- a circle, where times are absent, have the least of them for a root.
SELECT s.wallet, h.root, h.depth, s.source, s.first_at, s.first_amount, s.place, s.everybody, s.elsewhere
FROM features.wallet_hung h JOIN features.wallet_source s ON s.wallet = h.member
