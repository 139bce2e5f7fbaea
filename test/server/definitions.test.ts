/** Editing a definition over the real server: completion, hover, fixes, outline, places of names, verdict and preview, all of the text as it is typed. */
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Hover,
  type Location,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceReport } from '../../src/report/report';
import { DEFAULT_DEFINITION_TEXT } from '../../src/slo/defaultDefinition';
import { Session } from './session';

const path = '.slo-lens/slo.yaml';
/** Two findings that count, one objective over them that allows fewer than `limit`. */
const definition = (limit: string): string => `apiVersion: openslo/v1
kind: Service
metadata:
  name: safety
  displayName: Memory safety
spec: {}
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: findings
spec:
  type: LeakFindings
  connectionDetails: { provider: builtin }
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: open-leaks
  displayName: open leaks
  annotations:
    slo-lens/unit: findings
spec:
  service: safety
  indicator:
    metadata: { name: open-leaks-sli }
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: findings
          spec: { query: count, where: { severity: MEDIUM } }
  timeWindow: [{ duration: 7d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives:
    - displayName: few open leaks
      op: lt
      value: ${limit}
      target: 0.99
      timeSliceTarget: 1
      timeSliceWindow: 1m
  alertPolicies: [{ alertPolicyRef: many }]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: many }
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: many-condition
        annotations:
          slo-lens/when: "value >= 1"
      spec:
        severity: P3
        condition: { kind: burnrate, op: gte, threshold: 1, lookbackWindow: 1h }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: editor } }]
`;
const leaks =
  'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\nexport function tick(f: () => void) {\n  setInterval(f, 2);\n}\n';

interface Place {
  readonly line: number;
  readonly character: number;
}

/** Where a piece of the text stands, and so many characters on. */
function placeOf(text: string, piece: string, further = 0): Place {
  const at = text.indexOf(piece);
  assert.ok(at >= 0, piece);
  return TextDocument.create('', '', 0, text).positionAt(at + further);
}

function withEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits]);
}

describe('editing a definition', function () {
  this.timeout(60_000);
  let session: Session;
  const asks = <T>(method: string, position?: Place): Promise<T> =>
    session.client.sendRequest(method, { textDocument: { uri: session.uri(path) }, ...(position ? { position } : {}) });
  const completions = async (
    text: string,
    piece: string,
    further = piece.length,
  ): Promise<readonly CompletionItem[]> => {
    await session.edit(path, text);
    return asks('textDocument/completion', placeOf(text, piece, further));
  };
  const labels = (items: readonly CompletionItem[]): readonly string[] => items.map(({ label }) => label);
  const hover = async (text: string, piece: string, further = 0): Promise<string> => {
    await session.edit(path, text);
    const found = await asks<Hover | null>('textDocument/hover', placeOf(text, piece, further));
    return found && typeof found.contents === 'object' && 'value' in found.contents ? found.contents.value : '';
  };
  const lenses = async (): Promise<readonly string[]> =>
    (await asks<CodeLens[]>('textDocument/codeLens')).map(({ command }) => command?.title ?? '');

  before(async () => {
    session = await Session.open([{ [path]: definition('5'), 'src/a.ts': leaks }]);
    await session.until('a verdict', () =>
      session.reports.some(({ services }) => services[0]?.objectives[0]?.state === 'meeting'),
    );
    await session.openDocument(path, definition('5'), 0, 'yaml');
  });
  after(() => session.end());

  it('offers keys, values and names at their place, in a document that is half written', async () => {
    const text = definition('5');
    assert.deepEqual(labels(await completions(text.replace('service: safety', 'service: '), 'service: ')), ['safety']);
    assert.deepEqual(labels(await completions(text.replace('op: lt', 'op: '), 'op: ')), ['lt', 'lte', 'gt', 'gte']);
    const broken = text.replace('  budgetingMethod: Timeslices\n', '  \n').replace('op: lt', 'op: "lt');
    const keys = labels(await completions(broken, '\n  \n', 3));
    assert.ok(keys.includes('budgetingMethod') && !keys.includes('objectives'), keys.join());
    assert.deepEqual(
      labels(await completions(text.replace('alertPolicyRef: many', 'alertPolicyRef: '), 'alertPolicyRef: ')),
      ['many'],
    );
  });

  it('inserts what makes the line complete', async () => {
    const text = definition('5').replace('slo-lens/unit: findings', 'slo-lens/zero-tolerance:');
    const items = await completions(text, 'slo-lens/zero-tolerance:');
    const item = items.find(({ label }) => label === 'true');
    assert.ok(item?.textEdit && 'range' in item.textEdit);
    assert.ok(withEdits(text, [item.textEdit]).includes('slo-lens/zero-tolerance: "true"\n'));
  });

  it('follows the grammar of conditions, and knows the one without a gap', async () => {
    const text = definition('5').replace('"value >= 1"', '');
    const first = await completions(text, 'slo-lens/when: ');
    assert.equal(first[0]?.label, 'value >= 5');
    const next = definition('5').replace('"value >= 1"', '"sli(1"');
    assert.deepEqual(labels(await completions(next, '"sli(1')), ['1m', '1h', '1d', '1w']);
  });

  it('leaves keys and values to another extension that knows the schema, and keeps what only it knows', async () => {
    await session.settings({ definitions: { schemaElsewhere: true, codeLens: true } });
    const text = definition('5');
    assert.deepEqual(await completions(text.replace('op: lt', 'op: '), 'op: '), []);
    assert.deepEqual(labels(await completions(text.replace('service: safety', 'service: '), 'service: ')), ['safety']);
    assert.deepEqual(await asks('textDocument/documentSymbol'), []);
    assert.doesNotMatch(await hover(text, 'budgetingMethod'), /Occurrences counts/);
    await session.settings({});
  });

  it('explains keys, values, conditions and names', async () => {
    const text = definition('5');
    assert.match(await hover(text, 'budgetingMethod'), /Occurrences counts events/);
    assert.match(await hover(text, 'Timeslices'), /slices/);
    assert.match(await hover(text, '"value >= 1"', 2), /True when the current value is at least 1/);
    assert.match(await hover(text, 'service: safety', 10), /Service safety, Memory safety/);
    assert.match(await hover(text, 'duration: 7d', 11), /7 days/);
  });

  it('says of an objective what it says now, with its source', async () => {
    const shown = await hover(definition('5'), 'name: open-leaks', 8);
    assert.match(shown, /\*\*meeting\*\*: 2 findings/);
    assert.match(shown, /Source: findings, \d{4}-/);
    assert.deepEqual(await lenses(), ['meeting: 2 findings, target few open leaks']);
    const [lens] = await asks<CodeLens[]>('textDocument/codeLens');
    assert.equal(lens?.range.start.line, placeOf(definition('5'), '- displayName: few').line);
  });

  it('previews an edited number over what was recorded, and marks it as a preview', async () => {
    await session.until('a recorded slice', () => session.reports.length > 0);
    const text = definition('2');
    const shown = await hover(text, 'value: 2', 7);
    assert.match(shown, /\*\*Preview\*\* with &lt; 2, target 0\.99, in force: &lt; 5, target 0\.99/);
    // Not in the words of the target, which are those of the number before.
    assert.match(shown, /Now: violating; 2 findings; target: &lt; 2\./);
    assert.match(shown, /No history|recorded slices/);
    const [now, preview] = await lenses();
    assert.match(now ?? '', /^meeting: 2 findings/);
    assert.match(preview ?? '', /^Preview with < 2, target 0\.99: violating \(2 findings\)/);
    assert.equal(
      session.report.services[0]?.objectives[0]?.state,
      'meeting',
      'nothing is judged by a text that is not saved',
    );
  });

  it('previews a composite by its parts, and a filter of the query', async () => {
    const part = (limit: number): string => `    - op: lt
      value: ${limit}
      target: 0.9
      timeSliceTarget: 1
      timeSliceWindow: 1m
      indicator:
        metadata: { name: part-${limit} }
        spec: { thresholdMetric: { metricSource: { metricSourceRef: findings, spec: { query: count } } } }
`;
    const composite = (text: string): string =>
      text
        .replace(/ {2}indicator:\n[\s\S]*?(?= {2}timeWindow)/, '')
        .replace(/ {4}- displayName: few[\s\S]*?(?= {2}alertPolicies)/, `${part(9)}${part(1)}`);
    const shown = await hover(composite(definition('5')), 'value: 1', 7);
    assert.match(
      shown,
      /\*\*Preview\*\* with &lt; 9, target 0\.9; &lt; 1, target 0\.9, in force: &lt; 5, target 0\.99/,
    );
    assert.match(shown, /Now: at risk; .*part 1 meeting, part 2 at risk/);
    const filtered = definition('5').replace('severity: MEDIUM', 'severity: LOW');
    const other = await hover(filtered, 'severity: LOW', 12);
    assert.match(other, /\*\*Preview\*\*/);
    assert.match(other, /What was recorded was measured otherwise, and says nothing of this\./);
  });

  it('tells an edited file that it is not in force, and judges by it at once when it is saved', async () => {
    const text = definition('2');
    await session.edit(path, text);
    session.write(path, text);
    await session.client.sendNotification('textDocument/didSave', { textDocument: { uri: session.uri(path) } });
    await session.until('the new verdict', () => session.report.services[0]?.objectives[0]?.state === 'violating');
    const [now, replayed, ...more] = await lenses();
    assert.equal(now, 'violating: 2 findings, target few open leaks');
    // An editor may save by itself: the edit is still held against what was in force before it.
    assert.match(replayed ?? '', /^Replayed with < 2, target 0\.99 \(before: < 5, target 0\.99\): violating/);
    assert.deepEqual(more, []);
  });

  it('keeps the last good definition in force when a broken one is saved, and marks it', async () => {
    const broken = definition('2').replace('budgetingMethod', 'budgetMethod');
    await session.edit(path, broken);
    session.write(path, broken);
    await session.client.sendNotification('textDocument/didSave', { textDocument: { uri: session.uri(path) } });
    await session.until('the mark', () => session.report.definition.state === 'last-good');
    assert.equal(session.report.services[0]?.objectives[0]?.state, 'violating');
    assert.match(session.report.definition.message, /the last good definition stays in force/);
    assert.match((await lenses()).join(), /\(last good definition\)/);
    const { items = [] } = await session.pull(path);
    assert.ok(items.some(({ message }) => String(message).includes('budgetMethod')));
    // Said once: by the document, no longer by the report.
    assert.deepEqual(session.published.get(session.uri(path)) ?? [], []);
  });

  it('mends it by its quick fix, as it is typed', async () => {
    const broken = definition('2').replace('budgetingMethod', 'budgetMethod');
    await session.edit(path, broken);
    const { items = [] } = await session.pull(path);
    const diagnostic = items.find(({ message }: Diagnostic) =>
      String(message).startsWith('unknown field budgetMethod'),
    );
    assert.ok(diagnostic);
    const actions = await session.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: session.uri(path) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    const [fix] = actions;
    assert.equal(fix?.title, 'Rename budgetMethod to budgetingMethod');
    assert.equal(fix?.isPreferred, true);
    const mended = withEdits(broken, fix?.edit?.changes?.[session.uri(path)] ?? []);
    assert.equal(mended, definition('2'));
    await session.edit(path, mended);
    assert.deepEqual((await session.pull(path)).items, []);
  });

  it('outlines the file, and leads from a name to where it is defined', async () => {
    const text = definition('2');
    await session.edit(path, text);
    const symbols = await asks<DocumentSymbol[]>('textDocument/documentSymbol');
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, (children ?? []).map((child) => child.name)]),
      [
        ['safety', []],
        ['findings', []],
        ['open-leaks', []],
        ['many', ['many-condition', 'bar']],
      ],
    );
    const [target] = await asks<Location[]>('textDocument/definition', placeOf(text, 'service: safety', 11));
    assert.deepEqual(target?.range.start, placeOf(text, 'safety'));
    const [policy] = await asks<Location[]>('textDocument/definition', placeOf(text, 'alertPolicyRef: many', 17));
    assert.deepEqual(policy?.range.start, placeOf(text, '{ name: many }', 8));
  });

  it('has nothing to say about other files', async () => {
    const uri = session.uri('src/a.ts');
    await session.openDocument('src/a.ts', leaks);
    for (const method of ['textDocument/completion', 'textDocument/hover'])
      assert.ok(
        !(
          await session.client.sendRequest<unknown[] | null>(method, {
            textDocument: { uri },
            position: { line: 0, character: 3 },
          })
        )?.length,
      );
  });
});

describe('a definition of a swarm', function () {
  this.timeout(60_000);
  const states = (report: WorkspaceReport): readonly string[] =>
    report.services.flatMap(({ name, objectives }) =>
      objectives.map((one) => `${name}/${one.name}: ${one.state} ${one.valueText}`),
    );

  it('is written by Create Definition with comments, without an error, and gives the verdicts of before', async () => {
    const session = await Session.open([{}], {
      before: ([folder = '']) => cpSync(resolve(__dirname, '../../sample'), folder, { recursive: true }),
    });
    await session.until('the scan', () => session.reports.at(-1)?.code.state === 'complete');
    const before = session.report;
    assert.equal(before.definition.source, 'built-in');
    const { text } = await session.client.sendRequest<{ readonly text: string }>('sloLens/definitionText', {});
    assert.ok(text.split('\n').filter((line) => /(?:^|\s)# \S/.test(line)).length > 20, 'it is commented');
    session.write(path, text);
    await session.changed(path);
    await session.until('the file in force', () => session.report.definition.source === 'workspace');
    assert.equal(session.report.definition.state, 'ok');
    assert.deepEqual(states(session.report), states(before));
    assert.equal(session.report.headline.text, before.headline.text);
    await session.openDocument(path, text, 0, 'yaml');
    const { items = [] } = await session.pull(path);
    // What the seed report leaves open is said; none of it is an error.
    assert.deepEqual(
      items.filter(({ severity }) => severity === DiagnosticSeverity.Error),
      [],
    );
    assert.deepEqual(
      items.filter(({ severity }) => severity === DiagnosticSeverity.Warning).map(({ code }) => code),
      [],
    );
    // Where the seed report contradicts itself, the file says so.
    assert.match(
      text,
      /contradicts itself here[\s\S]*value >= 5[\s\S]*slo-lens-ignore-next-line alert-gap -- .*\n +slo-lens\/when: "value > 5"/,
    );
    const lenses = await session.client.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: session.uri(path) },
    });
    assert.equal(lenses.length, 13);
    await session.end();
  });

  it('of 2,000 lines is answered while it is typed, and so are texts that are meant to harm', async () => {
    const twice = `${DEFAULT_DEFINITION_TEXT}---\n${DEFAULT_DEFINITION_TEXT.replaceAll(/(name|Ref|service): ([a-z0-9-]+)/g, '$1: $2-b')}`;
    assert.ok(twice.split('\n').length > 2000);
    const session = await Session.open([{ [path]: twice }]);
    await session.until('the first report', () => session.reports.length > 0);
    await session.openDocument(path, twice, 0, 'yaml');
    const ask = <T>(method: string, position: Place): Promise<T> =>
      session.client.sendRequest(method, { textDocument: { uri: session.uri(path) }, position });
    const typed = twice.replace('  service: infrastructure-b', '  service: infra');
    await session.edit(path, typed);
    const started = Date.now();
    const items = await ask<CompletionItem[]>('textDocument/completion', placeOf(typed, 'service: infra', 14));
    const took = Date.now() - started;
    assert.equal(items.length, 8);
    assert.ok(took < 3000, `${took} ms`);
    const again = Date.now();
    await ask('textDocument/completion', placeOf(typed, 'service: infra', 14));
    assert.ok(Date.now() - again < 500, `without a change nothing is read again: ${Date.now() - again} ms`);
    const bomb = Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*b${i - 1}, *b${i - 1}]`).join('\n');
    for (const hostile of [
      '['.repeat(100_000),
      '- '.repeat(50_000),
      `x: &b-1 [1]\n${bomb}\nspec: `,
      `a: ${'"'.repeat(9999)}`,
      '\u0000\u0001',
      `a: ${'x '.repeat(200_000)}`,
      `${'\u202e<img src=x>'.repeat(100)}: [`,
    ]) {
      await session.edit(path, hostile);
      const at = Date.now();
      const last = TextDocument.create('', '', 0, hostile).positionAt(hostile.length);
      await ask('textDocument/completion', last);
      await ask('textDocument/hover', last);
      await session.pull(path);
      await session.client.sendRequest('textDocument/codeLens', { textDocument: { uri: session.uri(path) } });
      assert.ok(Date.now() - at < 5000, `${hostile.slice(0, 20)}: ${Date.now() - at} ms`);
    }
    assert.deepEqual(
      session.log.filter((line) => line.includes('failed')),
      [],
    );
    await session.end();
  });

  it('says what comes from files as text, never as markup', async () => {
    const evil = '<img src=x onerror=alert(1)> [a](command:evil) **b** `c`';
    const text = definition('5')
      .replace('displayName: Memory safety', `displayName: "<b>x</b>"\n  annotations: {}`)
      .replace('displayName: open leaks', `displayName: "[a](command:e)"`)
      .replace('displayName: few open leaks', 'displayName: "$(flame) <b>"')
      .replace('displayName: few open leaks', 'displayName: "$(flame) <b>"')
      .replace('spec: {}', `spec: { description: "${evil}" }`);
    const session = await Session.open([{ [path]: text }]);
    await session.until('the first report', () => session.reports.length > 0);
    await session.openDocument(path, text, 0, 'yaml');
    for (const [piece, further] of [
      ['service: safety', 11],
      ['kind: SLO', 7],
      ['name: open-leaks', 8],
    ] as const) {
      const found = await session.client.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: session.uri(path) },
        position: placeOf(text, piece, further),
      });
      const value =
        found && typeof found.contents === 'object' && 'value' in found.contents ? found.contents.value : '';
      assert.ok(value.length > 0, piece);
      assert.doesNotMatch(value, /<img|<b>|(?<!\\)\[a|(?<!\\)`/, value);
    }
    const [lens] = await session.client.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: session.uri(path) },
    });
    assert.match(lens?.command?.title ?? '', /flame/);
    assert.ok(!lens?.command?.title.includes('$('), 'an icon is drawn');
    await session.end();
  });
});
