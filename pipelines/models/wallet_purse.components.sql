-- Wallets that first money joins.
SELECT wallet AS a, source AS b FROM features.wallet_hung
