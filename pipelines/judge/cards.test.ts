import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/evidence.ts';
import type { GpuRow } from '../../contracts/verdict.ts';
import { finding, judgeScene, policyWith, type Scene } from '../../testing/scene.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const policy = policyWith({ speed: { strong: 7 }, sensor: { strong: 7 }, uuid: { strong: 6 } });

const about = (card: number | null, detector: string, family: Finding['family']) =>
  finding('box', detector, { subject_type: 'device', family, gpu_index: card });
/** Two families against one card. */
const fake = (card: number | null) => [about(card, 'speed', 'benchmark'), about(card, 'sensor', 'telemetry')];

let opened: Warehouse | undefined;
afterEach(() => opened?.close());

/** A machine of so many listed cards, each of `measured` benchmarked thrice by the network. */
async function judged(findings: readonly Finding[], cards: number, measured: readonly number[] = []) {
  const scene: Scene = {
    accounts: [{ id: 'owner', points: 90 }],
    devices: [
      {
        id: 'box',
        account: 'owner',
        cards,
        runs: measured.flatMap((card) => [card, card, card]),
      },
    ],
    findings,
  };
  const { warehouse, devices, accounts } = await judgeScene(scene, policy);
  opened = warehouse;
  const gpus = await warehouse.rows<GpuRow>('SELECT * FROM verdict.gpu ORDER BY gpu_index');
  return {
    device: devices.get('box')!,
    points: accounts.get('owner')!.points_after,
    gpus: gpus.map(({ gpu_index, verdict }) => `${gpu_index}:${verdict}`),
    warehouse,
  };
}

describe('a machine of several cards', () => {
  it('loses the share of its fake card and keeps the rest, held', async () => {
    const { device, points, gpus } = await judged(fake(1), 3, [0, 1, 2]);
    expect(device).toMatchObject({ verdict: 'review', held_by: 'some-cards' });
    expect(gpus).toEqual(['0:clear', '1:void', '2:clear']);
    expect(points).toBe('60.000000');
  });

  it('is void when every measured card is', async () => {
    const { device, points, gpus } = await judged([...fake(0), ...fake(1)], 2, [0, 1]);
    expect(device.verdict).toBe('void');
    expect(gpus).toEqual(['0:void', '1:void']);
    expect(points).toBe('0.000000');
  });

  it('is void with its only measured card: cards that nobody measured free nothing', async () => {
    expect((await judged(fake(0), 8, [0])).device.verdict).toBe('void');
  });

  it('is one card where one is listed, whatever indices its own word makes up', async () => {
    expect((await judged(fake(0), 1, [0, 1, 2])).device.verdict).toBe('void');
    const split = [about(0, 'speed', 'benchmark'), about(1, 'sensor', 'telemetry')];
    expect((await judged(split, 1, [0])).device.verdict).toBe('void');
  });

  it('loses one card, not eight, for one of which nothing was measured', async () => {
    const { device, points } = await judged(fake(3), 8);
    expect(device).toMatchObject({ verdict: 'review', held_by: 'some-cards' });
    expect(Number(points)).toBeGreaterThan(0);
  });

  it('is not summed over its cards: half of the evidence on each of two convicts none', async () => {
    const split = [about(0, 'speed', 'benchmark'), about(1, 'sensor', 'telemetry')];
    const { device, gpus, warehouse } = await judged(split, 2, [0, 1]);
    expect(device.verdict).toBe('review');
    expect(gpus).toEqual(['0:review', '1:review']);
    expect(
      await warehouse.rows('SELECT detector, weight, why_not FROM verdict.term ORDER BY detector'),
    ).toEqual([
      { detector: 'sensor', weight: 0, why_not: 'other-card' },
      { detector: 'speed', weight: 7, why_not: null },
    ]);
  });

  it('is void for what is said of the whole machine, with all its cards', async () => {
    const { device, gpus } = await judged(fake(null), 2, [0, 1]);
    expect(device.verdict).toBe('void');
    expect(gpus).toEqual(['0:void', '1:void']);
  });

  it('evidence on the machine adds to that on a card', async () => {
    const { gpus } = await judged(
      [about(null, 'uuid', 'identity'), about(0, 'speed', 'benchmark')],
      2,
      [0, 1],
    );
    expect(gpus).toEqual(['0:void', '1:review']);
  });
});
