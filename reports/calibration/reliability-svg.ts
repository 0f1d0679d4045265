/**
 * The reliability diagram as one SVG: risk told against share truly bad, at each base rate, before and after
 * a fit.
 */
import type { Reliability, RiskBin } from '../../contracts/calibration.ts';
import { type Html, html, markup, ownText } from '../html/html.ts';

const PANEL = 196;
const GAP = 56;
const LEFT = 64;
const TOP = 84;
const ROW = PANEL + 112;
/** Risks beyond this many nats of log-odds stand at the edge. */
const EDGE = 8;
const TICKS = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999];
/** Half the distance of the two marks of one bin, so that neither hides the other. */
const ASIDE = 3;

const STYLE = `
:root { color-scheme: light dark; }
svg { --paper: #fcfcfa; --ink: #1a1f24; --muted: #56606b; --rule: #dcdfe3; --before: #8a5a00; --after: #0b5563; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14181c; --ink: #e7eaed; --muted: #a3adb8; --rule: #333b44; --before: #e2b352; --after: #6cc3d2; }
}
.paper { fill: var(--paper); }
text { fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif; }
.title { font-size: 17px; font-weight: 600; }
.panel { font-weight: 600; }
.small { font-size: 11px; fill: var(--muted); }
.tick { font-size: 10px; fill: var(--muted); }
.grid { stroke: var(--rule); stroke-width: 1; }
.half { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 2 3; }
.perfect { stroke: var(--muted); stroke-width: 1; }
.present { stroke: var(--before); fill: var(--paper); stroke-width: 1.6; }
.fitted { stroke: var(--after); fill: var(--after); stroke-width: 1.6; }
.far { opacity: 0.45; }
`;

const fixed = (value: number): string => value.toFixed(1);

/** Position of a risk on an axis that is even in log-odds, from 0 to PANEL. */
function place(risk: number): number {
  const odds = risk <= 0 ? -EDGE : risk >= 1 ? EDGE : Math.log(risk / (1 - risk));
  return ((Math.min(EDGE, Math.max(-EDGE, odds)) + EDGE) / (2 * EDGE)) * PANEL;
}

/**
 * A bin as a mark with its interval. Bins of fewer than 30 subjects are pale: their share is hardly known.
 */
function mark({ told, observed, bad, good }: RiskBin, weights: Reliability['weights']): Html | null {
  if (told === null || observed === null) return null;
  const x = place(told) + (weights === 'present' ? -ASIDE : ASIDE);
  const y = PANEL - place(observed.value);
  const line =
    observed.low === null || observed.high === null
      ? null
      : html`<line x1="${fixed(x)}" x2="${fixed(x)}" y1="${fixed(PANEL - place(observed.low))}" y2="${fixed(PANEL - place(observed.high))}"/>`;
  return html`<g class="${weights}${bad + good < 30 ? ' far' : ''}">${line}<circle cx="${fixed(x)}" cy="${fixed(y)}" r="3.6"/></g>`;
}

/** Risks that are named across; all of them would run into each other. */
const NAMED_ACROSS = [0.001, 0.1, 0.5, 0.9, 0.999];

function axes(first: boolean): Html {
  const lines = TICKS.map((risk) => {
    const at = place(risk);
    const kind = risk === 0.5 ? 'half' : 'grid';
    return html`<line class="${kind}" x1="${fixed(at)}" x2="${fixed(at)}" y1="0" y2="${PANEL}"/><line class="${kind}" x1="0" x2="${PANEL}" y1="${fixed(PANEL - at)}" y2="${fixed(PANEL - at)}"/>${NAMED_ACROSS.includes(risk) ? html`<text class="tick" text-anchor="middle" x="${fixed(at)}" y="${PANEL + 13}">${risk}</text>` : null}${first ? html`<text class="tick" text-anchor="end" x="-6" y="${fixed(PANEL - at + 3)}">${risk}</text>` : null}`;
  });
  return html`${lines}<line class="perfect" x1="0" y1="${PANEL}" x2="${PANEL}" y2="0"/>`;
}

const percent = (rate: number): string => `${Number((rate * 100).toPrecision(4))} %`;
const figure = (value: number | null | undefined, digits: number): string =>
  value === null || value === undefined ? '–' : String(Number(value.toPrecision(digits)));

function panel(rows: readonly Reliability[], column: number): Html {
  const of = (weights: Reliability['weights']) => rows.find((row) => row.weights === weights);
  const [before, after] = [of('present'), of('fitted')];
  const above = (row: Reliability | undefined) =>
    `told ${figure(row?.above_half.told, 3)}, bad ${figure(row?.above_half.observed?.value, 3)}`;
  const x = LEFT + column * (PANEL + GAP);
  return html`<g transform="translate(${x} 0)"><text class="panel" x="0" y="-10">base rate ${percent(rows[0]!.base_rate)}</text>${axes(column === 0)}${rows.map((row) => row.bins.map((bin) => mark(bin, row.weights)))}<text class="small" x="0" y="${PANEL + 32}">log loss ${figure(before?.log_loss.value, 4)} → ${figure(after?.log_loss.value, 4)}</text><text class="small" x="0" y="${PANEL + 48}">above 0.5: ${above(before)}</text><text class="small" x="0" y="${PANEL + 64}">→ ${above(after)}</text></g>`;
}

function row(subject: Reliability['subject'], rows: readonly Reliability[], at: number): Html {
  const rates = [...new Set(rows.map(({ base_rate }) => base_rate))];
  const panels = rates.map((rate, i) =>
    panel(
      rows.filter(({ base_rate }) => base_rate === rate),
      i,
    ),
  );
  const y = TOP + at * ROW + 28;
  return html`<g transform="translate(0 ${y})"><text class="small" transform="translate(18 ${PANEL / 2}) rotate(-90)" text-anchor="middle">${subject}s: share truly bad</text>${panels}</g>`;
}

/** Empty rows give an empty diagram. Whatever stands in the values is text. */
export function reliabilitySvg(reliability: readonly Reliability[]): string {
  const subjects = (['account', 'device'] as const).filter((subject) =>
    reliability.some((one) => one.subject === subject),
  );
  const columns = new Set(reliability.map(({ base_rate }) => base_rate)).size;
  const width = LEFT + Math.max(3, columns) * (PANEL + GAP);
  const height = TOP + Math.max(1, subjects.length) * ROW + 8;
  const told = subjects.map((subject) => `${subject}s at ${columns} base rates`).join(' and ');
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title what">
<title id="title">Reliability of the risks before and after the fit</title>
<desc id="what">Mean risk told against the share that is truly bad, ${told}, on axes even in log-odds. The figures stand in the tables that ghostcard calibrate prints.</desc>
<style>${ownText(STYLE)}</style>
<rect class="paper" width="${width}" height="${height}"/>
<text class="title" x="${LEFT}" y="30">Risk told against what was true</text>
<g transform="translate(${LEFT} 52)"><circle class="present" cx="5" cy="-4" r="3.6"/><text class="small" x="14" y="0">present weights</text><circle class="fitted" cx="121" cy="-4" r="3.6"/><text class="small" x="130" y="0">fitted, each group judged by weights that never saw it</text><line class="perfect" x1="450" x2="470" y1="0" y2="-10"/><text class="small" x="476" y="0">told = true</text></g>
<text class="small" x="${LEFT}" y="72">Across: mean risk told, even in log-odds. Bars: 95 % over operators and cohorts. Pale: fewer than 30 labelled subjects.</text>
${subjects.map((subject, i) =>
  row(
    subject,
    reliability.filter((one) => one.subject === subject),
    i,
  ),
)}
</svg>`;
  return `${markup(svg)}\n`;
}
