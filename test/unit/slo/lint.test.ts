/** The linter: each check fires at its place, and stays silent where the definition means what it says. */
import assert from 'node:assert/strict';
import { parseWhen, type WhenExpression } from '../../../src/slo/alerts/whenExpression';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';
import { alertGap } from '../../../src/slo/lint/alertGap';
import { parseDeclaredBudget } from '../../../src/slo/lint/budgetChecks';
import { newDefinitionText } from '../../../src/slo/newDefinition';

function when(text: string): WhenExpression {
  const parsed = parseWhen(text);
  assert.ok(parsed.ok, text);
  return parsed.expression;
}

interface Parts {
  readonly query?: string;
  readonly op?: string;
  readonly value?: number;
  readonly target?: string;
  readonly mode?: string;
  readonly window?: string;
  readonly annotations?: string;
  readonly service?: string;
  readonly files?: string;
  readonly source?: string;
  readonly condition?: string;
  readonly block?: string;
}

/** One SLO over one source with one alert; every part can be replaced. */
function text(parts: Parts = {}): string {
  return `apiVersion: openslo/v1
kind: DataSource
metadata: { name: events }
spec: ${parts.source ?? `{ type: EventLog, connectionDetails: { files: ${parts.files ?? '[a.jsonl]'} } }`}
---
apiVersion: openslo/v1
kind: Service
metadata:
  name: shop
  annotations: { ${parts.service ?? 'slo-lens/rollup: all'} }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: errors
  annotations:
    slo-lens/mode: ${parts.mode ?? 'current'}
    ${parts.annotations ?? 'slo-lens/unit: errors'}
spec:
  service: shop
  indicator:
    metadata: { name: errors-sli }
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: events
          spec: ${parts.query ?? '{ query: count, over: 1h }'}
  timeWindow: [${parts.window ?? '{ duration: 7d, isRolling: true }'}]
  budgetingMethod: Timeslices
  objectives:
    - op: ${parts.op ?? 'lt'}
      value: ${parts.value ?? 5}
      ${parts.target ?? 'target: 0.99'}
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
          slo-lens/runbook: r.md
          ${parts.condition ?? 'slo-lens/when: "value >= 5"'}
      spec:
        severity: P2
        condition: ${parts.block ?? '{ kind: burnrate, op: gte, threshold: 1, lookbackWindow: 1h }'}
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
`;
}

/** Problems with the words that their place covers. */
function problems(parts: Parts): readonly (readonly [string, string, string])[] {
  const source = text(parts);
  const lines = source.split('\n');
  return loadDefinition([{ file: 'slo.yaml', text: source }]).problems.map(({ level, code, place }) => [
    level,
    code.replace('slo/', ''),
    (lines[place.line] ?? '').slice(place.column, place.endLine === place.line ? place.endColumn : undefined),
  ]);
}

describe('the linter', () => {
  it('has nothing to say about a definition that means what it says', () => {
    assert.deepEqual(problems({}), []);
  });

  const cases: readonly (readonly [string, Parts, readonly (readonly [string, string, string])[]])[] = [
    [
      'an alert beside its objective',
      { condition: 'slo-lens/when: "value > 5"' },
      [['warning', 'alert-gap', '"value > 5"']],
    ],
    ['an alert far from it', { condition: 'slo-lens/when: "value >= 9"' }, [['warning', 'alert-gap', '"value >= 9"']]],
    [
      'a level that may fall between two limits',
      { query: '{ query: last, field: x }', condition: 'slo-lens/when: "value > 5.5"' },
      [['warning', 'alert-gap', '"value > 5.5"']],
    ],
    [
      'no gap of a whole number between two limits',
      { op: 'lte', value: 4, condition: 'slo-lens/when: "value > 4.5"' },
      [],
    ],
    ['a bad value that violates nothing yet', { mode: 'window', condition: 'slo-lens/when: "value > 9"' }, []],
    ['an alert that logs changes', { condition: 'slo-lens/when: "value > 9"\n          slo-lens/edge: "true"' }, []],
    [
      'a count below 0',
      { condition: 'slo-lens/when: "value < 0"' },
      [
        ['warning', 'alert-never', '"value < 0"'],
        ['warning', 'alert-gap', '"value < 0"'],
      ],
    ],
    ['a share above 1', { condition: 'slo-lens/when: "sli(1h) > 1"' }, [['warning', 'alert-never', '"sli(1h) > 1"']]],
    [
      'a burn rate beyond the largest',
      { condition: 'slo-lens/when: "burn(1h) > 100"' },
      [['warning', 'alert-never', '"burn(1h) > 100"']],
    ],
    [
      'a budget above all of it',
      { condition: 'slo-lens/when: "remaining > 1"' },
      [['warning', 'alert-never', '"remaining > 1"']],
    ],
    [
      'an alert on what goes well',
      { condition: 'slo-lens/when: "remaining > 0.5"' },
      [['warning', 'alert-direction', '"remaining > 0.5"']],
    ],
    [
      'an operator that fires while nothing burns',
      { block: '{ kind: burnrate, op: lte, threshold: 1, lookbackWindow: 1h }' },
      [['warning', 'alert-direction', 'lte']],
    ],
    [
      'a burn rate that its target cannot reach',
      {
        target: 'target: 0.9',
        condition: 'slo-lens/seed: x',
        block: '{ kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h }',
      },
      [['error', 'unreachable-burn-rate', '14.4']],
    ],
    [
      'the largest burn rate itself',
      {
        target: 'target: 0.9',
        condition: 'slo-lens/seed: x',
        block: '{ kind: burnrate, op: gte, threshold: 10, lookbackWindow: 1h }',
      },
      [],
    ],
    ['a target of all of it', { target: 'target: 1' }, [['error', 'target-range', '1']]],
    ['a percentage of all of it', { target: 'targetPercent: 100' }, [['error', 'target-range', '100']]],
    [
      'a budget that the first slice ends',
      { mode: 'window', target: 'target: 0.99999' },
      [['warning', 'budget-under-one-slice', '0.99999']],
    ],
    [
      'a calendar day, judged by its own length',
      {
        mode: 'window',
        target: 'target: 0.9993',
        window: '{ duration: 1d, calendar: { startTime: "2025-01-01 00:00:00", timeZone: UTC } }',
      },
      [],
    ],
    [
      'a declared budget that its objective does not allow',
      { service: 'slo-lens/declared-budget: "0.1%", slo-lens/budget-from: errors' },
      [['warning', 'budget-mismatch', '"0.1%"']],
    ],
    [
      'a declared budget that follows from its objective',
      { service: 'slo-lens/declared-budget: "1 %", slo-lens/budget-from: errors' },
      [],
    ],
    [
      'a declared count that its objective does not allow',
      {
        service: 'slo-lens/declared-budget: "< 5 errors", slo-lens/budget-from: errors',
        annotations: 'slo-lens/count-budget: "5"',
      },
      [['warning', 'budget-mismatch', '"< 5 errors"']],
    ],
    [
      'a budget of an objective that is not there',
      { service: 'slo-lens/declared-budget: "1%", slo-lens/budget-from: warnings' },
      [['warning', 'unknown-reference', 'warnings']],
    ],
    [
      'an objective that takes no share of the budget',
      { service: 'slo-lens/declared-budget: "1%"', annotations: 'slo-lens/zero-tolerance: "true"' },
      [['info', 'zero-tolerance-in-budget', '"true"']],
    ],
    [
      'a glob that leads out of the folder',
      { files: '[a.jsonl, ../b.jsonl]' },
      [['error', 'path-escape', '../b.jsonl']],
    ],
    ['an absolute glob', { files: '/var/log/a.jsonl' }, [['error', 'path-escape', '/var/log/a.jsonl']]],
    [
      'a detail that nothing reads',
      { source: '{ type: EventLog, connectionDetails: { files: [a.jsonl], timee: /ts } }' },
      [['warning', 'unknown-detail', 'timee']],
    ],
    [
      'details of a source of another program',
      { source: '{ type: Prometheus, connectionDetails: { url: x } }' },
      [['warning', 'unsupported-source', 'events']],
    ],
    [
      'a swarm',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { layout: swarm, files: ["agent_workspaces/*/status.json"], id: parentDirectory, heartbeat: { fallback: mtime } } }',
      },
      [],
    ],
    [
      'pointers that a swarm does not read',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { layout: swarm, files: ["crew/*.json"], id: /agent_id, state: /s, heartbeat: /t } }',
      },
      [
        ['warning', 'agent-layout', '/s'],
        ['warning', 'agent-layout', '/agent_id'],
        ['warning', 'agent-layout', '/t'],
        ['warning', 'agent-layout', '["crew/*.json"]'],
      ],
    ],
    [
      'agents by pointers',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { files: ["crew/*.json"], id: [/id, /agent], state: /s, states: { active: [1, x], resting: y }, heartbeat: { time: /t, fallback: none }, activeWhen: { stateNotMatching: "(?i)off" } } }',
      },
      [],
    ],
    [
      'pointers without files',
      { source: '{ type: AgentStatusFiles, connectionDetails: { state: /s } }' },
      [['warning', 'agent-layout', '{ state: /s }']],
    ],
    [
      'a swarm that is not named so',
      { source: '{ type: AgentStatusFiles, connectionDetails: { files: ["agent_workspaces/*/status.json"] } }' },
      [['warning', 'agent-layout', '["agent_workspaces/*/status.json"]']],
    ],
    [
      'the file time of many agents',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { files: a.json, agents: /a, heartbeat: { fallback: mtime } } }',
      },
      [['warning', 'agent-layout', 'mtime']],
    ],
    [
      'a word of two meanings',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { files: a.json, states: { active: [on, Idle], resting: [idle, on] } } }',
      },
      [
        ['warning', 'agent-layout', '[idle, on]'],
        ['warning', 'agent-layout', '[idle, on]'],
      ],
    ],
    [
      'a pattern that cannot be matched',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { files: a.json, activeWhen: { stateNotMatching: "(a)\\\\1" } } }',
      },
      [['error', 'pattern', '"(a)\\\\1"']],
    ],
    [
      'a pointer that is none',
      { source: '{ type: AgentStatusFiles, connectionDetails: { files: a.json, state: status } }' },
      [
        ['error', 'openslo', 'status'],
        ['warning', 'unknown-reference', 'events'],
      ],
    ],
    [
      'a layout that is none',
      { source: '{ type: AgentStatusFiles, connectionDetails: { layout: fleet } }' },
      [
        ['error', 'openslo', 'fleet'],
        ['warning', 'unknown-reference', 'events'],
      ],
    ],
    [
      'a state that is none',
      {
        source:
          '{ type: AgentStatusFiles, connectionDetails: { files: a.json, states: { working: [x] }, activeWhen: { declaredNot: [asleep] } } }',
      },
      [
        ['error', 'openslo', 'working'],
        ['error', 'openslo', 'asleep'],
        ['warning', 'unknown-reference', 'events'],
      ],
    ],
    ['two dots that are no folder', { files: '["a..b.jsonl"]' }, []],
    ['what the file chose itself', { annotations: 'slo-lens/assumed: "target"' }, [['hint', 'assumed', '"target"']]],
  ];
  for (const [title, parts, expected] of cases)
    it(`says ${expected.length === 0 ? 'nothing about' : 'what is wrong with'} ${title}`, () =>
      assert.deepEqual(problems(parts), expected));

  it('knows from its files that a target means all of them', () => {
    const ratio = (files: string): readonly (readonly [string, string])[] =>
      loadDefinition([
        {
          file: 'slo.yaml',
          text: `apiVersion: openslo/v1
kind: DataSource
metadata: { name: files }
spec: { type: SnapshotFiles, connectionDetails: { files: ${files} } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: current }
spec:
  service: shop
  indicator:
    metadata: { name: current-sli }
    spec:
      ratioMetric:
        counter: false
        good: { metricSource: { metricSourceRef: files, spec: { query: count, where: { current: true } } } }
        total: { metricSource: { metricSourceRef: files, spec: { query: count } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: RatioTimeslices
  objectives: [{ target: 0.95, timeSliceWindow: 5m }]
`,
        },
      ]).problems.map(({ level, code }) => [level, code]);
    const names = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => `${i}.json`));
    assert.deepEqual(ratio(names(10)), [['info', 'slo/coarse-ratio']]);
    assert.deepEqual(ratio(names(20)), [], 'one of twenty may fail');
    assert.deepEqual(ratio('["*.json"]'), [], 'how many they are is not known');
  });

  it('tells the gap of several alerts together, and what would close it', () => {
    const atLeast8 = { operator: 'gte', limit: 8 } as const;
    const p1 = alertGap(atLeast8, [when('value < 6')], true);
    assert.deepEqual([p1.ok, p1.integers, p1.endless, p1.suggest], [false, [6, 7], false, 'value < 8']);
    assert.equal(alertGap(atLeast8, [when('value < 6'), when('value < 8')], true).ok, true);
    const wrong = alertGap(atLeast8, [when('value == 5')], true);
    assert.deepEqual([wrong.endless, wrong.integers.includes(5), wrong.integers.includes(7)], [true, false, true]);
    assert.equal(alertGap({ operator: 'lte', limit: 0 }, [when('value > 0')], true).ok, true);
  });

  it('reads a declared budget, and takes other words for none', () => {
    assert.deepEqual(['0.1%', '< 5 MEDIUM', '<= 4', 'a little', '5'].map(parseDeclaredBudget), [
      { kind: 'share', share: 0.001 },
      { kind: 'count', most: 4 },
      { kind: 'count', most: 4 },
      null,
      null,
    ]);
  });

  it('reports of the built-in definition what the seed report left open, and no more', () => {
    const { definition, problems: found } = loadDefinition([{ file: 'seed', text: DEFAULT_DEFINITION_TEXT }]);
    assert.ok(definition);
    assert.deepEqual(
      found
        .filter(({ level }) => level !== 'hint')
        .map(({ level, code, message }) => [level, code, message.split(/[ ;]/)[0]]),
      [
        ['warning', 'slo/alert-gap', '5'],
        ['info', 'slo/zero-tolerance-in-budget', 'the'],
        ['info', 'slo/zero-tolerance-in-budget', 'the'],
      ],
    );
    assert.ok(found.every(({ level, code }) => level !== 'hint' || code === 'slo/assumed'));
  });

  it('is silent where a comment with a reason says so, and nowhere else', () => {
    const silenced = (comment: string, when = '"value > 5"') =>
      problems({ condition: `${comment}\n          slo-lens/when: ${when}` });
    const gap = ['warning', 'alert-gap', '"value > 5"'];
    assert.deepEqual(silenced('# slo-lens-ignore-next-line alert-gap -- as our contract has it'), []);
    assert.deepEqual(
      silenced('# slo-lens-ignore-next-line slo/alert-never, slo/alert-gap -- a reason\n          # more words\n'),
      [],
    );
    assert.deepEqual(silenced('# slo-lens-ignore-next-line alert-gap'), [
      gap,
      ['warning', 'ignore', '# slo-lens-ignore-next-line alert-gap'],
    ]);
    assert.deepEqual(silenced('# slo-lens-ignore-next-line -- a reason'), [
      gap,
      ['warning', 'ignore', '# slo-lens-ignore-next-line -- a reason'],
    ]);
    assert.deepEqual(silenced('# slo-lens-ignore-next-line alert-gap -- a reason', '"value >= 5"'), [
      ['warning', 'ignore', '# slo-lens-ignore-next-line alert-gap -- a reason'],
    ]);
    // An error is no matter of opinion.
    const wrong = silenced('# slo-lens-ignore-next-line when-syntax -- a reason', '"value >> 5"');
    assert.deepEqual(
      wrong.map(([level, code]) => `${level} ${code}`),
      ['error when-syntax', 'warning ignore'],
    );
  });

  it('has nothing to warn of in the file that Create Definition writes, which means what is built in', () => {
    const text = newDefinitionText();
    const { definition, problems: found } = loadDefinition([{ file: 'seed', text }]);
    assert.deepEqual(
      found.filter(({ level }) => level === 'warning' || level === 'error'),
      [],
    );
    const words = (one: unknown): string =>
      JSON.stringify(one, (key, value: unknown) => (key === 'place' ? undefined : value));
    assert.equal(
      words(definition),
      words(loadDefinition([{ file: 'seed', text: DEFAULT_DEFINITION_TEXT }]).definition),
    );
    const before = new Set(DEFAULT_DEFINITION_TEXT.split('\n'));
    const added = text.split('\n').filter((line) => !before.has(line));
    assert.ok(added.length === 3 && added.every((line) => line.trimStart().startsWith('# ')));
  });
});
