/**
 * Machines that a case takes for trusted: each of its own owner, benchmarked by the network, hired by people
 * who hire from many.
 */
import type { CaseTables } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, MINUTE, START } from './rows.ts';

/** Healthy RTX 4090s with these ids, hired by `renters` customers; the heartbeats are the case's own. */
export function trusted(
  ids: readonly string[],
  renters: number,
): Required<Pick<CaseTables, 'accounts' | 'devices' | 'rentals' | 'benchmarks'>> {
  return {
    accounts: ids.map((id) => account(`owner-${id}`)),
    devices: ids.map((id) => device(id, `owner-${id}`)),
    rentals: ids.map((device_id, k) => ({
      rental_id: `r${k}`,
      device_id,
      renter_id: `customer-${k % renters}`,
      started_at: START + k * MINUTE,
      ended_at: START + 2 * HOUR,
    })),
    benchmarks: ids.flatMap((id) =>
      [0, 1, 2].map((run) =>
        benchmark(`${id}-${run}`, id, START + run * 9 * HOUR, {
          memory_total_mib: 24_564,
          sm_count: 128,
          sm_clock_mhz: 2_520,
          fp32_tflops: 82,
          fp16_tflops: 165,
          memory_bandwidth_gb_s: 1_000,
        }),
      ),
    ),
  };
}
