import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { escapeHtml, html, markup } from '../../reports/html/html.ts';
import type { ReportModel } from '../../reports/html/model.ts';
import { htmlReport } from '../../reports/html/report.ts';
import { tinyInput } from '../../testing/tiny-input.ts';
import { tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { describeRun } from './manifest.ts';
import { readReport } from './report-model.ts';
import { publishSql } from './write-files.ts';

/**
 * OWASP's filter evasions, and breaks out of every context that the report has: text, attribute, style,
 * comment.
 */
const PAYLOADS = [
  '<script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus=alert(1) '",
  '` onload=alert(1) `',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
  '--><script>alert(1)</script><!--',
  ']]><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<math><mtext></p><style><img src=x onerror=alert(1)>',
  '<meta http-equiv="refresh" content="0;url=//evil.example">',
  '<base href="//evil.example/">',
  '<link rel=stylesheet href=//evil.example>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\u0000<script>alert(1)</script>',
  '\u202e<script>\u2066alert(1)</script>',
  '\ufeff<\u200bscript>alert(1)</script>',
  '\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007',
  '{{constructor.constructor("alert(1)")()}}',
  '<details open ontoggle=alert(1)>',
  '＜script＞alert(1)＜/script＞',
  '<\u017fcript>alert(1)</script>',
];

let model: ReportModel;
beforeAll(async () => {
  const warehouse = await tinyWarehouse();
  await warehouse.run(publishSql('formats'));
  const input = tinyInput('unused');
  model = await readReport(await describeRun(input, warehouse), input, warehouse);
  warehouse.close();
});

/** Fields that the program itself writes: they choose markup and are not the dataset's. */
const OURS = new Set(['subject_type', 'severity', 'outcome', 'snapshot', 'sha256', 'state', 'kind']);
const LINKING = new Set(['cluster_id', 'subject_id', 'belongs_to', 'detector', 'level', 'reason']);
const NUMERIC = /^-?\d+(\.\d+)?$/;

/**
 * The model with `payload` in every text that an account holder could have written, equal texts staying
 * equal.
 */
function infected(value: unknown, payload: string, key = ''): unknown {
  if (typeof value === 'string') {
    if (OURS.has(key) || NUMERIC.test(value) || value === '') return value;
    return LINKING.has(key) ? value : payload;
  }
  if (Array.isArray(value)) return value.map((item) => infected(item, payload, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, infected(item, payload, name)]),
  );
}

/**
 * Every tag with its attributes, as a browser's tokenizer would start one: `<` and a letter, `/`, `!` or `?`.
 */
function tags(page: string): string[] {
  return page.match(/<[A-Za-z/!?][^>]*>/g) ?? [];
}

const withoutStyle = (page: string) => page.replace(/<style>[\s\S]*?<\/style>/, '<style></style>');
/**
 * The title says the snapshot and the counts: equal for both, so that any difference of markup comes from
 * data.
 */
const skeleton = (page: string) => tags(withoutStyle(page)).filter((tag) => !tag.startsWith('<summary'));

describe('report.html', () => {
  test.each(PAYLOADS)('takes %j as text wherever it stands', (payload) => {
    const page = htmlReport(infected(model, payload) as ReportModel);
    expect(skeleton(page)).toEqual(skeleton(htmlReport(infected(model, 'plain') as ReportModel)));
    expect(page).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/,
    );
  });

  test('takes any text as text', () => {
    const plain = skeleton(htmlReport(infected(model, 'plain') as ReportModel));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (payload) => {
        fc.pre(!NUMERIC.test(payload));
        expect(skeleton(htmlReport(infected(model, payload) as ReportModel))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  test('carries payloads in ids, so that the test above tests something', () => {
    const ids = JSON.parse(JSON.stringify(model).replaceAll('u-ring-1', '<b>u</b>')) as ReportModel;
    const page = htmlReport(ids);
    expect(page).toContain('&lt;b&gt;u&lt;/b&gt;');
    expect(tags(page)).not.toContain('<b>');
  });

  test('has no script, no event handler, no address to fetch, and a policy that forbids them', () => {
    const page = htmlReport(model);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;; base-uri`,
    );
    for (const tag of tags(page)) {
      expect(tag).not.toMatch(/^<(script|iframe|object|embed|form|link|base|img)\b/i);
      expect(tag).not.toMatch(/\s(on\w+|style|src)=/i);
      const target = /\shref="([^"]*)"/.exec(tag)?.[1];
      if (target !== undefined) expect(target).toMatch(/^#[a-z-]+$/);
    }
  });

  test('is a page that assistive software can read: one h1, captions, scopes, named regions, working anchors', () => {
    const page = htmlReport(model);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<table>/g)!.length).toBe(page.match(/<caption>/g)!.length);
    expect(page).not.toMatch(/<th(?![^>]*scope=)[ >]/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    const open = tags(page).filter((tag) => /^<(section|table|details|div|dl|ul|ol|p|tr|td|th)\b/.test(tag));
    const close = tags(page).filter((tag) =>
      /^<\/(section|table|details|div|dl|ul|ol|p|tr|td|th)>/.test(tag),
    );
    expect(open.length).toBe(close.length);
  });

  test('opens with what was looked at, and its headline says whom nobody looked at', () => {
    const page = htmlReport(model);
    const places = ['id="coverage"', 'old/accounts.csv', 'id="summary"'].map((text) => page.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(page).toContain(
      '<h1>4 accounts excluded, 2 devices void; nobody looked at 1 of 8 accounts and 2 of 8 devices</h1>',
    );
    expect(page).toContain(
      '<li class="good">2 looked at, nothing found</li><li class="little">0 something found, too little to hold</li><li class="unseen">1 not looked at</li>',
    );
  });

  test('has no green bar for what nobody looked at', () => {
    const { coverage, accounts, devices } = model.run.summary;
    const blind = (kind: 'accounts' | 'devices', clear: number) => ({
      ...coverage![kind],
      looked_at: 0,
      one_family: 0,
      clear_not_looked_at: clear,
      families: [],
    });
    const nobody = {
      ...coverage!,
      accounts: blind('accounts', accounts.clear),
      devices: blind('devices', devices.clear),
      points_not_looked_at: model.run.summary.points.payable,
    };
    const green = (page: string) =>
      tags(page).filter(
        (tag) => /^<rect class="(good|seen|thin)"/.test(tag) && !tag.includes(' width="0.0"'),
      );
    const page = htmlReport({
      ...model,
      run: { ...model.run, summary: { ...model.run.summary, coverage: nobody } },
    });
    expect(green(page)).toEqual([]);
    expect(page).toContain('; nobody looked at any of 8 accounts and any of 8 devices</h1>');
    expect(green(htmlReport(model))).not.toEqual([]);
  });

  test('shows whom something speaks against in a colour of its own', () => {
    const { coverage, accounts, devices } = model.run.summary;
    const against = {
      ...coverage!,
      accounts: { ...coverage!.accounts, clear_found: accounts.clear, clear_not_looked_at: 0 },
      devices: { ...coverage!.devices, clear_found: devices.clear, clear_not_looked_at: 0 },
    };
    const page = htmlReport({
      ...model,
      run: { ...model.run, summary: { ...model.run.summary, coverage: against } },
    });
    expect(page).toContain(`<li class="little">${devices.clear} something found, too little to hold</li>`);
    expect(page).toContain('<li class="good">0 looked at, nothing found</li>');
    expect(tags(page).some((tag) => /^<rect class="little"/.test(tag) && !tag.includes(' width="0.0"'))).toBe(
      true,
    );
    const { clear_found: _, ...unknown } = coverage!.devices;
    const older = htmlReport({
      ...model,
      run: { ...model.run, summary: { ...model.run.summary, coverage: { ...coverage!, devices: unknown } } },
    });
    expect(older).toContain(`<li class="little">${devices.clear - 1} looked at</li>`);
  });

  test('of a run that does not say what was looked at shows nobody as looked at', () => {
    const { coverage: _, ...summary } = model.run.summary;
    const page = htmlReport({ ...model, run: { ...model.run, summary } });
    expect(page).toContain(
      '<li class="good">0 looked at, nothing found</li><li class="little">0 something found, too little to hold</li><li class="unseen">3 not looked at</li>',
    );
  });

  test('says how many it leaves out', () => {
    const summary = { ...model.run.summary, accounts: { ...model.run.summary.accounts, exclude: 12_345 } };
    const page = htmlReport({ ...model, run: { ...model.run, summary } });
    expect(page).toContain('4 of 12,345 excluded accounts');
  });
});

test('escaped text never ends the attribute or element it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"'`\u0000-\u001f]/);
      expect(markup(html`<p title="${text}">${text}</p>`)).toBe(
        `<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`,
      );
    }),
  );
});

test('a merchant took of a customer what his void machines lost, not what others lost beside them', async () => {
  const warehouse = await tinyWarehouse();
  await warehouse.run(publishSql('formats'));
  await warehouse.run(
    "UPDATE verdict.account SET points_after = points_before - 400 WHERE account_id = 'u-ann'",
  );
  await warehouse.run(
    "INSERT INTO verdict.device VALUES ('own', 'u-ann', 'void', 0.999, 'network', '', '', 288)",
  );
  const rows = await warehouse.rows(publishSql('report/merchants'), { cap: 9 });
  expect(rows).toMatchObject([{ points_taken: '100', of: 1 }]);
  warehouse.close();
});
