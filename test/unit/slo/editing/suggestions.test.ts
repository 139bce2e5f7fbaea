/** Completion: what the schema says at each place, names, conditions, whole objects; each entry leads on to a text that is valid. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseWhen } from '../../../../src/slo/alerts/whenExpression';
import { DEFAULT_DEFINITION_TEXT } from '../../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../../src/slo/definition/loadDefinition';
import { parseYamlDocuments } from '../../../../src/slo/definition/yamlDocuments';
import { namesIn } from '../../../../src/slo/editing/definitionNames';
import { explainAt } from '../../../../src/slo/editing/explanation';
import { objectSnippets } from '../../../../src/slo/editing/objectSnippets';
import { type SuggestOptions, suggestionsAt } from '../../../../src/slo/editing/suggestions';
import { whenSuggestions } from '../../../../src/slo/editing/whenSuggestions';
import { marked } from './marked';

const names = namesIn('slo.yaml', parseYamlDocuments('slo.yaml', DEFAULT_DEFINITION_TEXT));

function at(text: string, options: Partial<SuggestOptions> = {}) {
  const { lines, position } = marked(text);
  return suggestionsAt(lines, position, { names, schemaElsewhere: false, ...options });
}
const labels = (text: string, options: Partial<SuggestOptions> = {}): readonly string[] =>
  at(text, options).map(({ label }) => label);

const slo = 'apiVersion: openslo/v1\nkind: SLO\n';
const metric = `${slo}spec:\n  indicator:\n    spec:\n      thresholdMetric:\n        metricSource:\n          metricSourceRef: message-events\n          spec: `;

/** What stands when every placeholder is taken as it is. */
function plainText(snippet: string): string {
  return snippet
    .replace(/(?<!\\)\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/(?<!\\)\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}

describe('completion of a definition', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'kinds',
      'apiVersion: openslo/v1\nkind: ‸',
      ['SLO', 'Service', 'DataSource', 'SLI', 'AlertPolicy', 'AlertCondition', 'AlertNotificationTarget'],
    ],
    ['versions', 'apiVersion: ‸\nkind: SLO', ['openslo/v1']],
    ['keys that are not there yet', `${slo}metadata:\n  name: a\n  ‸\n  labels: {}`, ['displayName', 'annotations']],
    ['services', `${slo}spec:\n  service: ‸`, ['messaging', 'agent-system', 'memory-safety', 'infrastructure']],
    ['methods', `${slo}spec:\n  budgetingMethod: T‸`, ['Occurrences', 'Timeslices', 'RatioTimeslices']],
    [
      'units of a duration',
      `${slo}spec:\n  timeWindow:\n    - duration: 12‸`,
      ['12m', '12h', '12d', '12w', '12M', '12Q', '12Y'],
    ],
    ['queries', `${metric}{ query: ‸ }`, ['count', 'last', 'fractionUp', 'slopePerHour']],
    ['fields of the source', `${metric}{ query: last, field: ‸ }`, ['outcome', 'latency_ms']],
    ['fields to be tested', `${metric}\n            where:\n              ‸`, ['outcome', 'latency_ms']],
    ['tests of a field', `${metric}{ where: { outcome: { ‸ } } }`, ['lt', 'lte', 'gt', 'gte', 'exists', 'matches']],
    ['severities', 'apiVersion: openslo/v1\nkind: AlertCondition\nspec:\n  severity: ‸', ['P1', 'P2', 'P3']],
    ['the key that a part of a list has', `${slo}spec:\n  alertPolicies:\n    - alertPolicyRef: a\n      ‸`, []],
    [
      'keys of a source by its type',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: SnapshotFiles\n  connectionDetails:\n    ‸',
      ['files', 'currentWhen', 'missing'],
    ],
    [
      'keys of agents by pointers',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: AgentStatusFiles\n  connectionDetails:\n    files: ["crew/*.json"]\n    ‸',
      [
        'layout',
        'agents',
        'id',
        'name',
        'state',
        'states',
        'phase',
        'mission',
        'openTasks',
        'doneTasks',
        'fields',
        'heartbeat',
        'activeWhen',
        'expectedAgents',
      ],
    ],
    [
      'ways to identify an agent',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: AgentStatusFiles\n  connectionDetails:\n    id: ‸',
      ['parentDirectory', 'fileName', '/agent_id'],
    ],
    [
      'states that words may mean',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: AgentStatusFiles\n  connectionDetails:\n    states:\n      ‸',
      ['active', 'resting', 'idle', 'complete', 'blocked', 'onboarding', 'reset', 'offline', 'error', 'unknown'],
    ],
    [
      'parts of a heartbeat',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: AgentStatusFiles\n  connectionDetails:\n    heartbeat: { ‸ }',
      ['time', 'fallback', 'assumeTimezone', 'maxFutureSkew'],
    ],
    [
      'what a file time counts for',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: AgentStatusFiles\n  connectionDetails:\n    heartbeat:\n      fallback: ‸',
      ['mtime', 'none'],
    ],
    [
      'states that are not active',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: AgentStatusFiles\n  connectionDetails:\n    activeWhen:\n      declaredNot:\n        - off‸',
      ['active', 'resting', 'idle', 'complete', 'blocked', 'onboarding', 'reset', 'offline', 'error', 'unknown'],
    ],
    [
      'what is read of a process',
      'apiVersion: openslo/v1\nkind: DataSource\nspec:\n  type: SampleLog\n  connectionDetails:\n    pid‸',
      ['files', 'time', 'id', 'series', 'fields', 'records', 'pid', 'pidFiles', 'assumeTimezone'],
    ],
    [
      'words of v2alpha',
      'apiVersion: openslo.com/v2alpha\nkind: SLO\nspec:\n  sl‸',
      [
        'description',
        'service',
        'serviceRef',
        'sli',
        'sliRef',
        'timeWindow',
        'budgetingMethod',
        'objectives',
        'alertPolicies',
      ],
    ],
    ['nothing in a text', `${slo}spec:\n  description: What it ‸`, []],
    ['nothing in a comment', `${slo}# spec‸`, []],
  ];
  for (const [title, text, expected] of cases)
    it(`offers ${title}`, () => {
      const found = at(text)
        .filter(({ kind }) => kind !== 'snippet')
        .map(({ label }) => label);
      if (title === 'versions') assert.ok(found.includes('openslo/v1'));
      else assert.deepEqual(found, expected);
    });

  it('offers time zones, and describes what a value means', () => {
    const zones = labels(`${slo}spec:\n  timeWindow: [{ calendar: { timeZone: ‸ } }]`);
    assert.ok(zones[0] === 'UTC' && zones.includes('Europe/Berlin') && zones.length > 300);
    const [current] = at(`${slo}metadata:\n  annotations:\n    slo-lens/mode: ‸`);
    assert.match(current?.documentation ?? '', /newest fresh value/);
  });

  it('quotes what would be no text, and adds the space behind a colon', () => {
    const [yes] = at(`${slo}metadata:\n  annotations:\n    slo-lens/zero-tolerance:‸`);
    assert.equal(yes?.insert, ' "true"');
    const [op] = at(`${slo}spec:\n  objectives:\n    - op:‸`);
    assert.equal(op?.insert, ' lt');
  });

  it('describes every annotation that it offers, at every object that has some', () => {
    for (const kind of ['SLO', 'Service', 'AlertCondition', 'DataSource', 'AlertPolicy', 'SLI']) {
      const found = at(`apiVersion: openslo/v1\nkind: ${kind}\nmetadata:\n  annotations:\n    ‸`);
      assert.ok(found.length > 0, kind);
      for (const { label, documentation } of found)
        assert.ok(label.startsWith('slo-lens/') && documentation.endsWith('.'), label);
    }
  });

  it('offers the names of a list that are not in it', () => {
    const text =
      'apiVersion: openslo/v1\nkind: AlertCondition\nmetadata:\n  annotations:\n    slo-lens/inhibits: "p1-high-leak, p2-‸"';
    const found = at(text);
    assert.ok(found.length > 5 && !found.some(({ label }) => label === 'p1-high-leak'));
    const { lines, position } = marked(text);
    const { start, end } = found[0]?.replace ?? { start: 0, end: 0 };
    assert.equal(lines[position.line]?.slice(start, end), 'p2-');
  });

  it('leaves to another extension what the schema says, and keeps names, conditions and zones', () => {
    const elsewhere = { schemaElsewhere: true };
    assert.deepEqual(labels(`${slo}spec:\n  ‸`, elsewhere), []);
    assert.deepEqual(labels(`${slo}spec:\n  budgetingMethod: ‸`, elsewhere), []);
    assert.equal(labels(`${slo}spec:\n  service: ‸`, elsewhere).length, 4);
    assert.ok(
      labels(
        'apiVersion: openslo/v1\nkind: AlertCondition\nmetadata:\n  annotations:\n    slo-lens/when: ‸',
        elsewhere,
      ).includes('burn(d)'),
    );
  });

  it('offers whole objects in an empty file and below a complete one, which load as they stand', () => {
    assert.equal(at('‸').filter(({ kind }) => kind === 'snippet').length, objectSnippets(names).length);
    assert.equal(
      at(`${slo}metadata: { name: a }\nspec: {}\n‸`).filter(({ insert }) => insert.startsWith('---\n')).length,
      objectSnippets(names).length,
    );
    assert.deepEqual(
      at(`${slo}spec:\n  ‸`).filter(({ kind }) => kind === 'snippet'),
      [],
    );
    for (const known of [names, []])
      for (const { label, body } of objectSnippets(known)) {
        const text = `${DEFAULT_DEFINITION_TEXT}---\n${plainText(body)}`;
        const { problems } = loadDefinition([{ file: 'a', text }]);
        const own = problems.filter(
          ({ document, level }) => document === 43 && (known.length > 0 || level === 'error'),
        );
        assert.deepEqual(own, [], label);
        assert.doesNotMatch(plainText(body), /[$\\]/, label);
      }
  });

  it('follows the grammar of conditions to an end that parses', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 4, maxLength: 12 }), (choices) => {
        let text = '';
        for (const choice of choices) {
          const { entries, typed } = whenSuggestions(text);
          const entry = entries[choice % Math.max(1, entries.length)];
          if (!entry) break;
          text = text.slice(0, text.length - typed) + plainText(entry.insert);
          const parsed = parseWhen(text);
          text += ' ';
          if (parsed.ok && choice % 2 === 0) return;
        }
        const parsed = parseWhen(text.trim());
        assert.ok(
          parsed.ok || parsed.message.includes('missing at the end'),
          `${text}: ${parsed.ok ? '' : parsed.message}`,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('answers at any position of the built-in definition cut off anywhere, without a fault and fast', () => {
    const { length } = DEFAULT_DEFINITION_TEXT;
    let slowest = 0;
    for (let cut = 0; cut < length; cut += 211) {
      const lines = DEFAULT_DEFINITION_TEXT.slice(0, cut).split('\n');
      const position = { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
      const started = performance.now();
      for (const one of suggestionsAt(lines, position, { names, schemaElsewhere: false }))
        assert.ok(one.replace.start <= position.column && position.column <= one.replace.end, one.label);
      explainAt(lines, position, { names, schemaElsewhere: false, now: 0 });
      slowest = Math.max(slowest, performance.now() - started);
    }
    assert.ok(slowest < 250, `${slowest} ms`);
  });
});

describe('hover over a definition', () => {
  const words = (text: string): string => {
    const { lines, position } = marked(text);
    return (
      explainAt(lines, position, { names, schemaElsewhere: false, now: Date.UTC(2026, 6, 1) })?.paragraphs ?? []
    ).join(' ');
  };
  it('explains every annotation of the built-in definition', () => {
    const lines = DEFAULT_DEFINITION_TEXT.split('\n');
    let seen = 0;
    for (const [line, text] of lines.entries()) {
      const column = text.indexOf('slo-lens/');
      if (column < 0 || text.trimStart().startsWith('#') || !/slo-lens\/[\w-]+:/.test(text)) continue;
      const found = explainAt(lines, { line, column }, { names, schemaElsewhere: false, now: 0 });
      assert.ok(found && found.paragraphs.length > 0, text);
      seen++;
    }
    assert.ok(seen > 80, String(seen));
  });
  it('says what a value, a name, a zone and a condition mean', () => {
    assert.match(
      words(`${slo}spec:\n  service: mess‸aging`),
      /Service messaging, Messaging System, defined in slo\.yaml/,
    );
    assert.match(words(`${slo}spec:\n  service: no‸ne`), /There is no Service none/);
    assert.match(words(`${slo}spec:\n  timeWindow: [{ calendar: { timeZone: Europe/Ber‸lin } }]`), /UTC\+02:00/);
    assert.match(words(`${slo}spec:\n  timeWindow: [{ calendar: { timeZone: Mars/Cra‸ter } }]`), /not a time zone/);
    assert.match(
      words(
        'apiVersion: openslo/v1\nkind: AlertCondition\nmetadata:\n  annotations:\n    slo-lens/when: "burn(1h) ‸>= 14.4"',
      ),
      /burn rate of the last 1 h is at least 14\.4/,
    );
    assert.match(
      words(
        'apiVersion: openslo/v1\nkind: AlertCondition\nmetadata:\n  annotations:\n    slo-lens/when: "burn ‸>= 14.4"',
      ),
      /Not a condition/,
    );
    assert.match(words(`${slo}spec:\n  timeWindow: [{ duration: 1‸M }]`), /30 days as a rolling window/);
  });
});
