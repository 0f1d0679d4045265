-- The group of accounts with one mission script in which an account has most windows (features.script_touch).
SELECT account_id, max(struct_pack(n := windows, l := script)).l AS script FROM features.script_touch GROUP BY account_id
