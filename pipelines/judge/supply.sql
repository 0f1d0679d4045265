-- The supply ladder per claimed model, in cards: claimed by registration, heard in heartbeats, answering the
-- network's probes, benchmarked by the network, void by verdict; and what the estimate of real cards is made
-- of. A machine counts with at most 1,000 cards, whatever it claims. Only machines that were heard can be
-- real, where the network records heartbeats.
CREATE OR REPLACE TEMP TABLE supply_device AS
SELECT d.device_id, d.gpu_model, least(greatest(coalesce(d.gpu_count, 1), 1), 1000)::BIGINT AS cards,
  v.verdict, v.verified, d.device_id IN (SELECT device_id FROM rollup.device_day) AS beats,
  d.device_id IN (SELECT device_id FROM rollup.ping_day WHERE answered > 0) AS answers,
  -- A person's word that the device is clear outweighs the evidence: only the prior is left.
  CASE WHEN v.verdict <> 'clear' OR v.held_by <> 'decision' THEN v.risk END AS risk
FROM raw.devices d JOIN verdict.device v USING (device_id);

CREATE OR REPLACE TEMP TABLE supply_model AS
SELECT gpu_model, sum(cards)::BIGINT AS claimed,
  coalesce(sum(cards) FILTER (beats), 0)::BIGINT AS heartbeating,
  coalesce(sum(cards) FILTER (answers), 0)::BIGINT AS answering,
  coalesce(sum(cards) FILTER (verified = 'network'), 0)::BIGINT AS benchmarked,
  coalesce(sum(cards) FILTER (verdict = 'void'), 0)::BIGINT AS void
FROM supply_device GROUP BY gpu_model;

-- Cards whose existence is a matter of chance: equal machines together.
CREATE OR REPLACE TEMP TABLE supply_part AS
SELECT gpu_model, cards, risk, count(*) AS devices
FROM supply_device
WHERE verdict <> 'void' AND verified = 'network' AND (beats OR NOT EXISTS (SELECT 1 FROM rollup.device_day))
GROUP BY gpu_model, cards, risk;

-- Cards that only the upper bound may count: never measured. And the cards behind sets of void machines,
-- counted once.
CREATE OR REPLACE TEMP TABLE supply_rest AS
WITH unmeasured AS (
  SELECT gpu_model, sum(cards) AS cards
  FROM supply_device
  WHERE verdict <> 'void' AND verified <> 'network'
    AND (beats OR NOT EXISTS (SELECT 1 FROM rollup.device_day))
  GROUP BY gpu_model
),
shared AS (
  SELECT gpu_model, sum(cards_at_least) AS at_least, sum(cards_at_most) AS at_most
  FROM verdict.card_set GROUP BY gpu_model
)
SELECT m.gpu_model, coalesce(u.cards, 0)::BIGINT AS unmeasured, coalesce(s.at_least, 0)::BIGINT AS at_least,
  coalesce(s.at_most, 0)::BIGINT AS at_most
FROM supply_model m LEFT JOIN unmeasured u USING (gpu_model) LEFT JOIN shared s USING (gpu_model);
