import { describe, expect, it } from 'vitest';
import { EVENTS, LIES } from '../../fixtures/worlds/grammar/lies/catalogue.ts';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { NAMED_BY } from './lie-reasons.ts';
import { lieFigures } from './lies-named.ts';

const MODEL = 'gpus_online:NVIDIA A10';
const line = { reason: 'fleet-injected-in-a-line', metric: MODEL, from: 20, to: 40 };

describe('the lies of the network', () => {
  it('are named by a reason of theirs, about their figure, at their time', () => {
    const told = [{ lie: 'injected-model', metric: MODEL, from: 10, to: 30 }];
    const named = (finding: typeof line) => lieFigures([{ told, findings: [finding] }]);
    expect(named(line)).toEqual({
      lies: [{ lie: 'injected-model', told: 1, named: 1 }],
      events: [],
      findings: 1,
      unfounded: 0,
    });
    for (const other of [{ metric: 'gpus_online:Tesla T4' }, { reason: 'undisclosed-house' }, { from: 30 }])
      expect(named({ ...line, ...other })).toMatchObject({ lies: [{ named: 0 }], unfounded: 1 });
  });

  it('that add machines may be named about any model', () => {
    const told = [{ lie: 'counted-silent', metric: 'gpus_online', from: 0, to: 50 }];
    const findings = [{ ...line, reason: 'supply-claimed-not-heard', metric: 'not-heard:NVIDIA A10' }];
    expect(lieFigures([{ told, findings }]).lies).toEqual([{ lie: 'counted-silent', told: 1, named: 1 }]);
  });

  it('leave to an honest event the findings that none of them accounts for', () => {
    const event = { lie: 'honest-big-holder', metric: 'gpus_online', from: 0, to: 50 };
    const lie = { lie: 'injected-model', metric: MODEL, from: 10, to: 30 };
    const worlds = [
      { told: [event, lie], findings: [line] },
      { told: [event], findings: [line] },
      { told: [event], findings: [] },
    ];
    expect(lieFigures(worlds)).toEqual({
      lies: [{ lie: 'injected-model', told: 1, named: 1 }],
      events: [{ event: 'honest-big-holder', befell: 3, mistaken: 1 }],
      findings: 2,
      unfounded: 1,
    });
  });

  it('all stand in the table, with reasons that detectors of the network give', async () => {
    expect(Object.keys(NAMED_BY).sort()).toEqual(Object.keys(LIES).sort());
    expect(Object.keys(EVENTS).every((event) => event.startsWith('honest-'))).toBe(true);
    const given = new Set(
      (await loadDetectors()).flatMap(({ meta }) =>
        meta.subject === 'network' ? Object.values(meta.levels).map(({ reason }) => reason) : [],
      ),
    );
    for (const reason of Object.values(NAMED_BY).flatMap(({ reasons }) => reasons))
      expect(given).toContain(reason);
  });
});
