/** What the scan of the code found, and what it did not look at. */

import { link, type PageContext, table, withCode } from './context';
import { type Child, type El, h } from './element';
import { type Told, toldOnce } from './omissions';
import { agoText, isFirstScan } from './words';

const FAMILIES = ['listener', 'handle', 'cache'] as const;
const SEVERITIES = ['high', 'medium', 'low'] as const;
const MAX_ROWS = 200;

function found(context: PageContext): Child {
  const { code } = context.report;
  const number = (family: string, severity: string): string =>
    String(code.findings.filter((finding) => finding.family === family && finding.severity === severity).length);
  const worst = code.findings.filter((finding) => finding.severity !== 'low');
  const told = toldOnce(worst);
  const more = told.slice(MAX_ROWS).reduce((sum, { findings }) => sum + findings.length, 0);
  return [
    h(
      'p',
      {},
      `${code.files.analysed.toLocaleString('en')} files, ${code.files.lines.toLocaleString('en')} lines, ${isFirstScan(context.report) ? 'so far: the first scan is running' : `scanned ${agoText(code.scannedAt, context.now)}`}${code.files.partial > 0 ? `, ${code.files.partial} only partly` : ''}${code.suppressed > 0 ? `, ${code.suppressed} findings suppressed` : ''}.`,
    ),
    table(
      'Findings by family and severity',
      ['Family', 'HIGH', 'MEDIUM', 'LOW'],
      FAMILIES.map((family) => [family, ...SEVERITIES.map((severity) => number(family, severity))]),
      { narrow: true },
    ),
    worst.length === 0
      ? null
      : table(
          'HIGH and MEDIUM findings',
          ['Where', 'Severity', 'What'],
          told
            .slice(0, MAX_ROWS)
            .map(({ findings, text }) => [
              places(findings, context),
              h('span', { class: `severity ${findings[0].severity}` }, findings[0].severity.toUpperCase()),
              withCode(text === null ? findings[0].message : `${text}.`),
            ]),
        ),
    more > 0 ? h('p', { class: 'muted' }, `… and ${more} more`) : null,
  ];
}

/** The file with the first line, and the other lines. */
function places([first, ...others]: Told['findings'], context: PageContext): Child {
  return [
    link(`${first.place.path}:${first.place.line + 1}`, first.place, context),
    others.map(({ place }) => [', ', link(String(place.line + 1), place, context)]),
  ];
}

/** The section. */
export function findingsSection(context: PageContext): El {
  const { code } = context.report;
  return h(
    'section',
    { 'aria-labelledby': 'findings' },
    h('h2', { id: 'findings' }, 'Leak findings'),
    code.state === 'not-scanned'
      ? h('p', {}, 'The code was not scanned yet.')
      : code.files.analysed === 0 && !isFirstScan(context.report)
        ? h('p', {}, 'There is no TypeScript or JavaScript to analyse: nothing can be said about leaks.')
        : found(context),
    code.state === 'failed' ? h('p', { class: 'fault' }, `The scan failed: ${code.error ?? ''}`) : null,
    ...code.otherLanguages.map(({ language, files }) =>
      h(
        'p',
        { class: 'muted' },
        `${files.toLocaleString('en')} ${language} ${files === 1 ? 'file is' : 'files are'} not analysed.`,
      ),
    ),
  );
}
