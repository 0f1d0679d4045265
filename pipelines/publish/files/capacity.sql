-- At least so many cards, 95 %: what rounds of challenges prove for the whole network and each of its parts
-- that was asked.
SELECT scope, id, gpu_model, claimed, asked, rounds, held_at_once, cards_low, cards_low_any_model
FROM verdict.capacity ORDER BY scope, id, gpu_model
