import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { ClusterPicture, PictureFact } from '../../contracts/dossier.ts';
import { markup } from '../html/html.ts';
import { clusterFigure, clusterSvg } from './cluster-svg.ts';
import { layout } from './layout.ts';
import { drawnNodes, letterOf, NODES, pictureOf, type SharedFact } from './picture.ts';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const ids = (n: number) => range(n).map((i) => `u${i}`);

function factOf(accounts: string[], more: Partial<SharedFact> = {}): SharedFact {
  return {
    detector: 'wallet-shared',
    value: 'w',
    accounts,
    weight: 5,
    family: 'money',
    forgeable_by: 'operator',
    all_facts: 1,
    ...more,
  };
}

function pictureWith(n: number, facts: SharedFact[], about?: string): ClusterPicture {
  const members = ids(n).map((account_id, i) => ({
    account_id,
    verdict: i % 3 === 0 ? 'review' : 'exclude',
  }));
  return pictureOf({ id: 'c-0123456789ab', about }, members, facts, (detector) => `Title of ${detector}`);
}

/** Elements and texts of an XML document; throws where it is not well formed. */
function parsed(xml: string): { names: string[]; text: string } {
  const names: string[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('text', (part) => {
    text += part;
  });
  parser.write(xml).close();
  return { names, text };
}

describe('the picture of a cluster', () => {
  it('has a disc per account, a mark and a row per fact, and says so in words', () => {
    const picture = pictureWith(5, [
      factOf(ids(5)),
      factOf(ids(3), { detector: 'mail-pattern', forgeable_by: 'anyone' }),
    ]);
    const { names, text } = parsed(clusterSvg(picture));
    expect(names.filter((name) => name === 'circle')).toHaveLength(5 + 3);
    expect(names.filter((name) => name === 'line')).toHaveLength(5 + 3);
    expect(names.filter((name) => name === 'polygon')).toHaveLength(2 + 2 + 2);
    expect(text).toContain('5 accounts, numbered by registration: 3 excluded, 2 held for review, 0 clear.');
    expect(text).toContain(
      'B, Title of mail-pattern: money, +5.00 nats, 3 accounts, anyone could have made it.',
    );
  });

  it('draws facts of one detector with the same accounts as one, and names them all', () => {
    const mail = (value: string) => factOf(ids(4), { detector: 'mail-pattern', value, all_facts: 30 });
    const { facts, more_facts } = pictureWith(4, [mail('x'), mail('y'), factOf(ids(2))]);
    expect(facts.map(({ letters }) => letters)).toEqual([['A', 'B'], ['C']]);
    expect(more_facts).toBe(27);
  });

  it('rings the account that is asked about', () => {
    expect(clusterSvg(pictureWith(3, [factOf(ids(3))], 'u1')).match(/class="map-you"/g)).toHaveLength(1);
    expect(clusterSvg(pictureWith(3, [factOf(ids(3))], 'nobody'))).not.toContain('class="map-you"');
  });

  it('draws accounts with the same facts as one once there are too many, and loses none', () => {
    const facts = [factOf(ids(3000)), factOf(ids(1000), { value: 'v' })];
    const picture = pictureWith(3000, facts, 'u7');
    const { nodes, left } = drawnNodes(picture);
    expect(nodes.map(({ accounts }) => accounts.length).sort()).toEqual([1334, 334, 666, 666].sort());
    expect(left).toBe(0);
    expect(clusterSvg(picture)).toContain('×1334');
    const each = range(900).map((i) => factOf([`u${i}`, `u${i + 1}`], { value: `v${i}`, detector: `d${i}` }));
    const many = drawnNodes({ ...picture, facts: each.slice(0, 24).map(asMark), accounts: picture.accounts });
    expect(many.nodes.length).toBeLessThanOrEqual(NODES);
    expect(many.nodes.reduce((sum, { accounts }) => sum + accounts.length, 0) + many.left).toBe(3000);
  });

  it('is one text for one cluster, whatever ran before', () => {
    const picture = pictureWith(40, [factOf(ids(40)), factOf(ids(9), { value: 'v' })]);
    expect(clusterSvg(structuredClone(picture))).toBe(clusterSvg(picture));
  });

  it('keeps whatever account holders write as text', () => {
    const hostile = '</title><script>alert(1)</script>"\' onload=x & \u202e\u0000\ufffe\ud800]]>';
    fc.assert(
      fc.property(fc.oneof(fc.constant(hostile), fc.string({ unit: 'binary' })), (text) => {
        const picture = pictureOf(
          { id: 'c-0123456789ab' },
          [
            { account_id: text, verdict: text },
            { account_id: 'b', verdict: 'clear' },
          ],
          [factOf([text, 'b'], { value: text, family: text, forgeable_by: text })],
          () => text,
        );
        const { names } = parsed(clusterSvg(picture));
        expect(new Set(names)).toEqual(
          new Set([
            'svg',
            'title',
            'desc',
            'style',
            'rect',
            'g',
            'line',
            'circle',
            'polygon',
            'text',
            'tspan',
          ]),
        );
        expect(markup(clusterFigure(picture))).not.toMatch(/<style|<script| style=/);
      }),
      { numRuns: 50 },
    );
  });
});

const asMark = (fact: SharedFact, i: number): PictureFact => ({
  ...fact,
  letters: [letterOf(i)],
  title: 't',
  accounts: [i, i + 1],
});

describe('the layout', () => {
  it('keeps every node in the box and, where there is room, apart from the others', () => {
    const graph = fc.integer({ min: 1, max: 40 }).chain((n) =>
      fc.record({
        radius: fc.constant(range(n).map(() => 12)),
        edges: fc
          .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.constantFrom(0.3, 1)), { maxLength: n * 3 })
          .map((edges) => edges.filter(([a, b]) => a !== b)),
      }),
    );
    fc.assert(
      fc.property(graph, (drawn) => {
        const places = layout(drawn, { width: 760, height: 420 });
        for (const [i, a] of places.entries()) {
          expect(a.x).toBeGreaterThanOrEqual(12);
          expect(a.x).toBeLessThanOrEqual(748);
          expect(a.y).toBeGreaterThanOrEqual(12);
          expect(a.y).toBeLessThanOrEqual(408);
          for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names marks as a spreadsheet names columns', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
