-- Wallets joined by sums that were passed on, in a circle or in a line.
SELECT wallet AS a, up AS b FROM own.wallet_relay
