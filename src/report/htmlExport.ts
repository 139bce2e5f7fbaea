/** The report as one HTML file: no script, nothing from elsewhere, light or dark as the reader's system is. */

import { anchor } from '../page/compliance';
import { FIRST_VIEW, objectivesOf, type PageContext, stateChip, windowKey } from '../page/context';
import { type El, h } from '../page/element';
import { objectiveDetails } from '../page/objective';
import { page, windows } from '../page/page';
import { STYLESHEET } from '../page/stylesheet';
import { type Clockface, figureText } from '../page/words';
import { FILE_COLOURS } from './fileColours';
import { toHtml } from './html';
import type { WorkspaceReport } from './report';

/** What applies in a file only: it is printed, and its sections are walked by links. */
const FILE_RULES = `
:root { color-scheme: light dark; }
article { break-inside: avoid; margin: 1.6rem 0; }
article h3 { display: flex; gap: 0.8rem; align-items: baseline; }
a { color: var(--vscode-textLink-foreground); }
`;

function details(context: PageContext): El {
  const shown = windows.find(({ key }) => key === windowKey(context))?.spoken ?? '';
  return h(
    'section',
    { 'aria-labelledby': 'details' },
    h('h2', { id: 'details' }, 'Objectives in detail'),
    h('p', { class: 'muted' }, `Charts show ${shown}. Times are those of ${context.clock.zone}.`),
    ...objectivesOf(context.report).map((objective) =>
      h(
        'article',
        { id: `objective-${anchor(objective.name)}` },
        h('h3', {}, objective.displayName, stateChip(objective.state)),
        h('p', {}, `${figureText(objective)}; target ${objective.targetText}`),
        objectiveDetails(objective, context),
      ),
    ),
  );
}

/**
 * The text of the file, with a line end. Whatever names and messages hold, it is text.
 * @param lead stands before everything else, as the answer of a gate
 */
export function htmlDocument(report: WorkspaceReport, clock: Clockface, lead: readonly El[] = []): string {
  const now = Date.parse(report.generatedAt);
  const context: PageContext = { report, now, view: FIRST_VIEW, clock, interactive: false };
  const [header, ...sections] = page(context);
  const names = report.roots.map(({ name }) => name).join(', ');
  const title = `SLO Diagnostics${names === '' ? '' : `: ${names}`}`;
  const head = h(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, title),
  );
  const body = h(
    'body',
    {},
    h(
      'main',
      {},
      header ?? '',
      h('p', { class: 'muted' }, `Report of ${clock.full(now)} (${clock.zone}) by SLO Lens.`),
      ...lead,
      ...sections.slice(0, 1),
      details(context),
      ...sections.slice(1),
    ),
  );
  // A stylesheet is raw text, which escaping would break; it is ours.
  const style = `<style>${FILE_COLOURS}${STYLESHEET}${FILE_RULES}</style>`;
  return `<!DOCTYPE html>\n<html lang="en">${toHtml(head).replace('</head>', () => `${style}</head>`)}${toHtml(body)}</html>\n`;
}
