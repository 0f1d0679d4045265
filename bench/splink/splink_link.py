"""Links accounts with Splink 5: Fellegi and Sunter's model, trained by expectation maximisation, in DuckDB.

    python splink_link.py ACCOUNTS.parquet PAIRS.parquet THREADS MEMORY

Writes every blocked pair with a match weight (bits) of at least 0, and prints the seconds of each step as JSON.
It sees no labels. Values that more than CROWD accounts share block nothing: pairs grow with the square of a block.
"""

import json
import sys
import time

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

CROWD = 100

# The contract's columns, and what a user of Splink would derive from them: blocks of addresses, masks and stems of names.
PREPARE = """
CREATE TABLE account AS
WITH plain AS (
  SELECT
    account_id, country, referrer_id, wallet, user_agent, created_at,
    signup_ip AS ip,
    CASE
      WHEN contains(signup_ip, ':') THEN array_to_string(string_split(signup_ip, ':')[1:3], ':')
      ELSE array_to_string(string_split(signup_ip, '.')[1:3], '.')
    END AS block,
    lower(email) AS email,
    regexp_replace(regexp_replace(lower(email), '[a-z]+', 'a', 'g'), '[0-9]', '9', 'g') AS mask,
    regexp_replace(split_part(lower(email), '@', 1), '[^a-z]', '', 'g') AS stem,
    epoch_ms(created_at) // 600000 AS slot
  FROM read_parquet($accounts)
)
SELECT
  *,
  CASE WHEN count(*) OVER (PARTITION BY ip) <= $crowd THEN ip END AS ip_key,
  CASE WHEN count(*) OVER (PARTITION BY block) <= $crowd THEN block END AS block_key,
  CASE WHEN count(*) OVER (PARTITION BY wallet) <= $crowd THEN wallet END AS wallet_key,
  CASE WHEN count(*) OVER (PARTITION BY stem) <= $crowd THEN stem END AS stem_key,
  CASE WHEN count(*) OVER (PARTITION BY referrer_id) <= $crowd THEN referrer_id END AS referrer_key,
  CASE WHEN count(*) OVER (PARTITION BY user_agent, slot) <= $crowd THEN slot END AS agent_slot,
  CASE WHEN count(*) OVER (PARTITION BY mask, slot) <= $crowd THEN slot END AS mask_slot
FROM plain
"""


def within(minutes: float, label: str):
    """Registered at most so many minutes apart."""
    apart = "abs(epoch_ms(created_at_l) - epoch_ms(created_at_r))"
    return cll.CustomLevel(f"{apart} <= {round(minutes * 60000)}", label_for_charts=label)


def address():
    """The same address, its block, or neither; rare addresses weigh more."""
    return cl.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            cll.Or(cll.NullLevel("ip"), cll.NullLevel("block")),
            cll.ExactMatchLevel("ip", term_frequency_adjustments=True),
            cll.ExactMatchLevel("block", term_frequency_adjustments=True),
            cll.ElseLevel(),
        ],
    )


def registered():
    """How far apart two accounts registered."""
    return cl.CustomComparison(
        output_column_name="registered",
        comparison_levels=[
            cll.NullLevel("created_at"),
            within(1, "a minute"),
            within(15, "a quarter of an hour"),
            within(120, "two hours"),
            within(1440, "a day"),
            cll.ElseLevel(),
        ],
    )


def exact(column: str):
    """Equal or not; rare values weigh more."""
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def main() -> None:
    accounts, pairs, threads, memory = sys.argv[1:5]
    seconds: dict[str, float] = {}
    last = time.perf_counter()

    def step(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[name] = now - last
        last = now

    connection = duckdb.connect(config={"threads": int(threads), "memory_limit": memory})
    connection.execute(PREPARE, {"accounts": accounts, "crowd": CROWD})
    step("prepare")
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="account_id",
        comparisons=[
            cl.EmailComparison("email"),
            exact("mask"),
            address(),
            exact("wallet"),
            exact("user_agent"),
            exact("referrer_id"),
            exact("country"),
            registered(),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("ip_key"),
            block_on("block_key"),
            block_on("wallet_key"),
            block_on("referrer_key"),
            block_on("stem_key"),
            block_on("user_agent", "agent_slot"),
            block_on("mask", "mask_slot"),
        ],
        retain_matching_columns=False,
    )
    database = DuckDBAPI(connection)
    linker = Linker(database.register("account"), settings)
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("wallet_key")], recall=0.2)
    train.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    # Each training block leaves out what it blocks on, so two of them estimate every comparison.
    for rule in (block_on("ip_key"), block_on("user_agent", "agent_slot"), block_on("wallet_key")):
        train.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    step("train")
    found = linker.inference.predict(threshold_match_weight=0)
    connection.execute(
        f"COPY (SELECT account_id_l AS a, account_id_r AS b, match_weight AS weight FROM {found.physical_name})"
        " TO $pairs (FORMAT parquet)",
        {"pairs": pairs},
    )
    step("predict")
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
