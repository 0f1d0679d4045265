/**
 * The picture of a cluster: accounts as discs, what they share as diamonds, a line from each account to each
 * of its facts.
 */
import { readFileSync } from 'node:fs';
import type { ClusterPicture, PictureFact } from '../../contracts/dossier.ts';
import { nats, plural } from '../figures.ts';
import { type Html, html, markup, ownText } from '../html/html.ts';
import { clip } from '../terminal/text.ts';
import { layout, type Place } from './layout.ts';
import { type AccountNode, drawnNodes } from './picture.ts';

/** Style of the picture, light and dark; the report puts it into its own style sheet. */
export const MAP_STYLE = readFileSync(new URL('./cluster.css', import.meta.url), 'utf8');

const WIDTH = 760;
const ROW = 22;
const KEY = 30;
const DISC = 12;
const DIAMOND = 14;
/** Characters of a fact's name, and of its value, in the list. */
const NAME = 46;
const VALUE = 22;
/** How hard a fact that others could have made pulls its accounts: it must not shape the picture. */
const WEAK = 0.3;

const VERDICTS = { exclude: 'excluded', review: 'held for review', clear: 'clear' } as const;
const AUTHORS: Readonly<Record<string, string>> = {
  anyone: 'anyone could have made it',
  operator: 'only the account could have made it',
  nobody: 'measured by the network',
};

const kindOf = (verdict: string) => (verdict in VERDICTS ? (verdict as keyof typeof VERDICTS) : 'clear');
const open = ({ forgeable_by }: PictureFact) => forgeable_by === 'anyone';

/** Area grows with the accounts behind a disc. */
const discOf = ({ accounts }: AccountNode) => Math.min(34, DISC * Math.sqrt(1 + (accounts.length - 1) / 6));

function accountTitle({ accounts }: ClusterPicture, node: AccountNode): string {
  const [first] = node.accounts;
  const word = VERDICTS[kindOf(node.verdict)];
  if (node.accounts.length > 1) return `${node.accounts.length} accounts that share the same facts, ${word}`;
  return `account ${accounts[first!]!.id}, ${word}`;
}

function accountMark(picture: ClusterPicture, node: AccountNode, { x, y }: Place): Html {
  const kind = kindOf(node.verdict);
  const many = node.accounts.length > 1;
  const label = many ? `×${node.accounts.length}` : String(node.accounts[0]! + 1);
  const size = label.length > 3 && !many ? 9 : 11;
  const radius = discOf(node).toFixed(1);
  const own = picture.highlight !== undefined && node.accounts.includes(picture.highlight);
  const ring =
    own && html`<circle class="map-you" cx="${x}" cy="${y}" r="${(discOf(node) + 4).toFixed(1)}"/>`;
  return html`<g><title>${accountTitle(picture, node)}</title><circle class="map-${kind}" cx="${x}" cy="${y}" r="${radius}"/>${ring}<text class="map-on-${kind}" x="${x}" y="${(y + size * 0.36).toFixed(1)}" font-size="${size}" text-anchor="middle">${label}</text></g>`;
}

function diamond({ x, y }: Place, fact: PictureFact, r = DIAMOND): Html {
  const points = `${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}`;
  const kind = open(fact) ? 'map-fact map-open' : 'map-fact';
  const on = open(fact) ? 'map-letter' : 'map-on-fact';
  const [letter] = fact.letters;
  const size = r < DIAMOND || letter!.length > 1 ? 9 : 11;
  return html`<polygon class="${kind}" points="${points}"/><text class="${on}" x="${x}" y="${(y + size * 0.36).toFixed(1)}" font-size="${size}" font-weight="600" text-anchor="middle">${letter}</text>`;
}

const nameOf = ({ letters, title }: PictureFact) =>
  letters.length > 1 ? `${title} (${letters.length} facts)` : title;

function detailOf({ family, weight, accounts }: PictureFact): string {
  return `${family}, ${nats(weight)} nats, ${plural(accounts.length, 'account')}`;
}

const authorOf = ({ forgeable_by }: PictureFact) => AUTHORS[forgeable_by] ?? forgeable_by;

/** The list under the drawing: what each mark stands for. */
function factRow(fact: PictureFact, top: number): Html {
  const value = fact.letters.length > 1 ? '' : clip(fact.value, VALUE);
  return html`<g transform="translate(0 ${top})">${diamond({ x: 16, y: 0 }, fact, 9)}<text x="32" y="4" font-size="12">${clip(nameOf(fact), NAME)} <tspan class="map-small">${value}</tspan></text><text class="map-small" x="${WIDTH - 12}" y="4" font-size="12" text-anchor="end">${detailOf(fact)}</text></g>`;
}

function keyRow(top: number): Html {
  const entries: [number, Html, string][] = [
    [16, html`<circle class="map-exclude" cx="16" cy="0" r="8"/>`, 'excluded'],
    [108, html`<circle class="map-review" cx="108" cy="0" r="8"/>`, 'held for review'],
    [240, html`<circle class="map-clear" cx="240" cy="0" r="8"/>`, 'clear'],
    [308, html`<polygon class="map-fact" points="308,-9 317,0 308,9 299,0"/>`, 'shared fact'],
    [
      412,
      html`<polygon class="map-fact map-open" points="412,-9 421,0 412,9 403,0"/>`,
      'one that others could have made',
    ],
  ];
  return html`<g transform="translate(0 ${top})">${entries.map(([x, mark, word]) => html`${mark}<text class="map-small" x="${x + 14}" y="4" font-size="12">${word}</text>`)}</g>`;
}

function describe(picture: ClusterPicture): string {
  const { accounts, facts, more_facts } = picture;
  const count = (wanted: string) => accounts.filter(({ verdict }) => verdict === wanted).length;
  const more = more_facts > 0 ? ` and ${plural(more_facts, 'further fact')} that are not drawn` : '';
  return `${plural(accounts.length, 'account')}, numbered by registration: ${count('exclude')} excluded, ${count('review')} held for review, ${count('clear')} clear. They share ${plural(
    facts.reduce((sum, { letters }) => sum + letters.length, 0),
    'fact',
  )}${more}. ${facts.map((fact) => `${fact.letters.join(' ')}, ${nameOf(fact)}: ${detailOf(fact)}, ${authorOf(fact)}.`).join(' ')}`;
}

/** Height of the drawing for so many nodes. */
const drawingHeight = (nodes: number) => Math.round(Math.min(560, 150 + 34 * Math.sqrt(nodes * 2)));

function drawing(picture: ClusterPicture): { body: Html; height: number } {
  const { nodes, left } = drawnNodes(picture);
  const { facts, more_facts } = picture;
  const height = drawingHeight(nodes.length + facts.length);
  const edges = nodes.flatMap((node, i) =>
    node.facts.map((f) => [i, nodes.length + f, open(facts[f]!) ? WEAK : 1] as const),
  );
  // What others could have made lies below what they could not.
  edges.sort((a, b) => a[2] - b[2] || a[0] - b[0] || a[1] - b[1]);
  const radius = [...nodes.map(discOf), ...facts.map(() => DIAMOND)];
  const places = layout({ radius, edges }, { width: WIDTH, height });
  const lines = edges.map(([a, b]) => {
    const fact = facts[b - nodes.length]!;
    const width = open(fact) ? '0.8' : (0.8 + Math.min(fact.weight, 9) * 0.22).toFixed(1);
    const [from, to] = [places[a]!, places[b]!];
    return html`<line class="${open(fact) ? 'map-edge map-open' : 'map-edge'}" x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke-width="${width}"/>`;
  });
  const discs = nodes.map((node, i) => accountMark(picture, node, places[i]!));
  const diamonds = facts.map((fact, f) => {
    const words = `${fact.letters.join(' ')}: ${nameOf(fact)}, ${detailOf(fact)}, ${authorOf(fact)}`;
    return html`<g><title>${words}</title>${diamond(places[nodes.length + f]!, fact)}</g>`;
  });
  const listed = facts.map((fact, i) => factRow(fact, height + KEY + ROW * (i + 0.5)));
  const notes = [
    'accounts are numbered in order of registration',
    left > 0 && `${plural(left, 'account')} not drawn`,
    more_facts > 0 && `${plural(more_facts, 'further fact')} not drawn`,
  ].filter((word) => word !== false);
  const foot = height + KEY + ROW * facts.length;
  const note = html`<text class="map-small" x="16" y="${foot + 14}" font-size="12">${notes.join(', ')}</text>`;
  return {
    body: html`${lines}${discs}${diamonds}${keyRow(height + KEY / 2)}${listed}${note}`,
    height: foot + ROW + 10,
  };
}

function svg(picture: ClusterPicture, inside: Html): Html {
  const { body, height } = drawing(picture);
  const name = `map-${picture.id}`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${name}-title ${name}-desc"><title id="${name}-title">Cluster ${picture.id}</title><desc id="${name}-desc">${describe(picture)}</desc>${inside}<rect class="map-paper" width="${WIDTH}" height="${height}"/>${body}</svg>`;
}

/** For a page that has `MAP_STYLE` in its style sheet. */
export function clusterFigure(picture: ClusterPicture): Html {
  return svg(picture, html``);
}

/** A file of its own. */
export function clusterSvg(picture: ClusterPicture): string {
  // U+FFFE and U+FFFF have no place in XML 1.0, escaped or not.
  const text = markup(svg(picture, html`<style>${ownText(MAP_STYLE)}</style>`));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text.replace(/[\ufffe\uffff]/g, '\ufffd')}\n`;
}
