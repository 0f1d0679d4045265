/** report.html: one file, no script, nothing fetched, and a policy that forbids both. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { instant } from '../figures.ts';
import { MAP_STYLE } from '../svg/cluster-svg.ts';
import { type Html, html, markup, ownText } from './html.ts';
import type { ReportModel } from './model.ts';
import { blindSpotsSection } from './sections/blind-spots.ts';
import { clustersSection } from './sections/clusters.ts';
import { coverageSection } from './sections/coverage.ts';
import { appealSection, brakesSection } from './sections/governance.ts';
import { merchantsSection } from './sections/merchants.ts';
import { networkSection, supplySection } from './sections/network.ts';
import { offersSection } from './sections/offers.ts';
import { pointsSection } from './sections/points.ts';
import { qualitySection } from './sections/quality.ts';
import { casesSection, reasonsSection } from './sections/subjects.ts';
import { headline, type Section, summarySection } from './sections/summary.ts';

const STYLE = `${readFileSync(new URL('./style.css', import.meta.url), 'utf8')}${MAP_STYLE}`;

/** Only this style sheet, by its digest; no script, image, font, frame, form or base of any kind. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const SECTIONS: readonly ((model: ReportModel) => Section)[] = [
  coverageSection,
  summarySection,
  pointsSection,
  reasonsSection,
  clustersSection,
  merchantsSection,
  supplySection,
  offersSection,
  networkSection,
  blindSpotsSection,
  qualitySection,
  brakesSection,
  appealSection,
  casesSection,
];

function sectionHtml({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;
}

/** Whatever stands in the model is text: no part of it becomes markup. */
export function htmlReport(model: ReportModel): string {
  const sections = SECTIONS.map((section) => section(model));
  const { run } = model;
  const at = instant(Date.parse(run.snapshot));
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Audit as of ${at} – ghostcard</title>
<style>${ownText(STYLE)}</style>
</head>
<body>
<a class="skip" href="#coverage">Skip to what was looked at</a>
<svg class="hatch" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="unseen" width="12" height="12" patternUnits="userSpaceOnUse"><rect width="12" height="12"/><path d="M-3 3 3 -3M0 12 12 0M9 15 15 9"/></pattern></defs></svg>
<div class="page">
<header class="masthead"><p class="brand">ghostcard audit</p><h1>${headline(model)}</h1><p class="lede">As of ${at}. Policy “${model.policy.name}”, ${run.detectors.length} detectors, ${run.inputs.length} input files.</p></header>
<nav aria-label="Contents"><ol>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
<main>
${sections.map(sectionHtml)}
</main>
<footer class="foot"><p>ghostcard ${run.ghostcard}, DuckDB ${run.backend.duckdb}. Policy <span class="id">${run.policy.sha256}</span>. The digests of all inputs and outputs stand in manifest.json.</p></footer>
</div>
</body>
</html>`;
  return `<!doctype html>\n${markup(page)}\n`;
}
