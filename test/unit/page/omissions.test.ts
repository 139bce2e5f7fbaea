/** Findings that one omission brings about, told once in every view. */
import assert from 'node:assert/strict';
import type { Omission } from '../../../src/analyzer/findings/findings';
import { findingNodes } from '../../../src/client/findingNodes';
import { FIRST_VIEW, type PageContext } from '../../../src/page/context';
import { type El, h, textOf } from '../../../src/page/element';
import { fixAllTitle, omissionText, toldOnce } from '../../../src/page/omissions';
import { page } from '../../../src/page/page';
import { clockface } from '../../../src/page/words';
import { codeMarkdown } from '../../../src/report/markdownExport';
import type { FindingReport, WorkspaceReport } from '../../../src/report/report';
import { noStyle } from '../../../src/report/style';
import { codeText } from '../../../src/report/textExport';
import { code, finding, objective, place, workspace } from '../report/reports';

const omission: Omission = { id: '1', things: 'DOM listener', ended: 'removed', of: 'init', by: 'destroy' };
const fix = { title: 'Add it', edits: [] };
const at = (line: number, changes: Partial<FindingReport> = {}): FindingReport =>
  finding({
    fingerprint: String(line),
    place: place('src/a.ts', line, 2),
    range: { start: line, end: line + 1, startLine: line, startColumn: 2, endLine: line, endColumn: 9 },
    message: `Listener ${line} is never removed`,
    omission,
    fixes: [fix],
    ...changes,
  });
const forgotten = [at(4), at(5), at(6)];
const whole = '3 DOM listeners of `init` are not removed in `destroy`';

function report(findings: readonly FindingReport[]): WorkspaceReport {
  const causes = findings.map(
    (one) =>
      ({
        kind: 'finding',
        label: `src/a.ts:${one.place.line + 1}`,
        detail: one.message,
        severity: one.severity,
        fingerprint: one.fingerprint,
        place: one.place,
      }) as const,
  );
  return workspace([objective({ name: 'leaks', state: 'violating', causes })], { code: code({ findings }) });
}

describe('one omission', () => {
  it('is said in one sentence', () => {
    assert.equal(omissionText(omission, 3), whole);
    assert.equal(
      omissionText({ ...omission, things: 'response body', by: null, of: null }, 2),
      '2 response bodies are never removed',
    );
    assert.equal(omissionText({ ...omission, things: 'source of a stream' }, 2).slice(0, 20), '2 sources of a strea');
  });

  it('joins findings of one file, severity and omission only', () => {
    const others = [
      at(7, { severity: 'low' }),
      at(8, { omission: { ...omission, id: '2' } }),
      at(9, { place: place('src/b.ts', 9, 2) }),
    ];
    assert.deepEqual(
      toldOnce([...forgotten, ...others]).map(({ findings, text }) => [findings.length, text === null]),
      [
        [3, false],
        [1, true],
        [1, true],
        [1, true],
      ],
    );
  });

  it('is one entry of the text, with each place, and the counts stay', () => {
    const text = codeText(code({ findings: forgotten }), {
      style: noStyle,
      showLow: false,
      lineOf: (_path, line) => `line ${line + 1}`,
    });
    assert.match(text, /HIGH {3}5:3 {2}3 DOM listeners of `init` are not removed in `destroy`/);
    for (const line of [5, 6, 7]) assert.match(text, new RegExp(`· ${line}:3 +line ${line}\n`));
    assert.equal(text.match(/Not cleared here/g)?.length, 1);
    assert.match(text, /3 HIGH, 0 MEDIUM, 0 LOW \(1 cause\)/);
  });

  it('is one row of the Markdown and of the table of the panel', () => {
    const markdown = codeMarkdown(code({ findings: forgotten }));
    assert.equal(markdown.match(/\| HIGH \|/g)?.length, 1);
    assert.match(markdown, /src\/a\.ts:5:3, 6:3, 7:3/);
  });

  it('is a node of the tree with its findings below', () => {
    const [group] = findingNodes(report(forgotten), 'severity', 0);
    assert.equal(group?.description, '3, 1 cause');
    assert.deepEqual(
      group?.children.map(({ label, description, children }) => [label, description, children.length]),
      [['a.ts, 3 findings', whole.replaceAll('`', ''), 3]],
    );
  });

  it('has one fix for all in the panel, and each its own', () => {
    const context: PageContext = {
      report: report(forgotten),
      now: 0,
      view: { ...FIRST_VIEW, open: ['leaks'] },
      clock: clockface('UTC'),
      interactive: true,
    };
    const root = h('main', {}, page(context));
    const buttons = (element: El | string): readonly El[] =>
      typeof element === 'string'
        ? []
        : [...(element.tag === 'button' ? [element] : []), ...element.children.flatMap(buttons)];
    const actions = buttons(root).map(({ attributes }) => JSON.parse(attributes['data-action'] ?? '{}'));
    const fixes = actions.filter(({ type }) => type === 'fix');
    assert.deepEqual(
      fixes.map(({ title, line }) => [title, line]),
      [
        [fixAllTitle(omission, 3), 4],
        ['Add it', 4],
        ['Add it', 5],
        ['Add it', 6],
      ],
    );
    assert.equal(textOf(root).split('3 DOM listeners of init').length - 1 > 0, true);
  });
});
