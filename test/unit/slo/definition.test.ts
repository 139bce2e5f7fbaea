import assert from 'node:assert/strict';
import { type DefinitionFile, loadDefinition } from '../../../src/slo/definition/loadDefinition';
import type { DefinitionProblem } from '../../../src/slo/definition/model';

const SOURCE = `apiVersion: openslo/v1
kind: DataSource
metadata: { name: events }
spec: { type: EventLog, connectionDetails: { files: [a.jsonl] } }
`;
const SERVICE = `apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: {}
`;
const SLO = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: errors
  annotations:
    slo-lens/mode: window
spec:
  service: shop
  indicator:
    metadata: { name: errors-sli }
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: events
          spec: { query: count, over: 1h, where: { level: error } }
  timeWindow: [{ duration: 7d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives:
    - op: lt
      value: 5
      target: 0.99
      timeSliceTarget: 1
      timeSliceWindow: 5m
`;

const whole = (...documents: readonly string[]): DefinitionFile => ({
  file: 'slo.yaml',
  text: documents.join('---\n'),
});
const load = (text: string) => loadDefinition([{ file: 'slo.yaml', text }]);
const withSlo = (from: string, to: string) => {
  assert.ok(SLO.includes(from), from);
  return loadDefinition([whole(SOURCE, SERVICE, SLO.replace(from, to))]);
};
const errors = (problems: readonly DefinitionProblem[]) => problems.filter((problem) => problem.level === 'error');

describe('loading a definition', () => {
  it('takes several files and documents as one', () => {
    const { definition, problems } = loadDefinition([whole(SOURCE, SERVICE), { file: 'more.slo.yaml', text: SLO }]);
    assert.deepEqual(problems, []);
    const [objective] = definition?.objectives ?? [];
    assert.equal(objective?.sliceMs, 300_000);
    assert.equal(objective?.staleAfterMs, 900_000, 'three slices');
    assert.equal(objective?.targetText, '< 5');
    assert.equal(objective?.place.file, 'more.slo.yaml');
    assert.deepEqual(objective?.indicator.kind === 'threshold' && objective.indicator.query.where, [
      { field: 'level', test: { kind: 'equals', anyOf: ['error'] } },
    ]);
  });

  it('takes a required field that is misspelt for one fault, at the name that is there', () => {
    const { problems } = withSlo('  service: shop', '  servce: shop');
    assert.deepEqual(
      errors(problems).map(({ message, path }) => [path, message]),
      [['spec.servce', 'unknown field servce; did you mean service?']],
    );
  });

  it('says where an unknown field stands, and gives no definition', () => {
    const { definition, problems } = withSlo('      value: 5\n', '      value: 5\n      colour: red\n');
    assert.equal(definition, null);
    const [problem] = errors(problems);
    assert.equal(problem?.path, 'spec.objectives[0].colour');
    assert.match(problem?.message ?? '', /unknown field colour/);
    const line = [SOURCE, SERVICE, SLO.replace('      value: 5\n', '      value: 5\n      colour: red\n')]
      .join('---\n')
      .split('\n')
      .findIndex((text) => text.includes('colour'));
    assert.deepEqual(
      [problem?.place.file, problem?.place.line, problem?.place.column, problem?.document],
      ['slo.yaml', line, 6, 2],
    );
  });

  const broken: readonly (readonly [string, string, string, string])[] = [
    ['a target of 1', 'target: 0.99', 'target: 1', 'spec.objectives[0].target'],
    ['a target below 0', 'target: 0.99', 'target: -0.1', 'spec.objectives[0].target'],
    ['no target', 'target: 0.99', 'displayName: x', 'spec.objectives[0]'],
    ['a duration in words', 'duration: 7d', 'duration: a week', 'spec.timeWindow[0].duration'],
    ['a window of nothing', 'duration: 7d', 'duration: 0d', 'spec.timeWindow[0].duration'],
    [
      'two windows',
      '[{ duration: 7d, isRolling: true }]',
      '[{ duration: 7d, isRolling: true }, { duration: 1d, isRolling: true }]',
      'spec.timeWindow',
    ],
    [
      'a calendar without zone data',
      'isRolling: true',
      'isRolling: false, calendar: { startTime: "2025-01-01 00:00:00", timeZone: Mars/Base }',
      'spec.timeWindow[0].calendar.timeZone',
    ],
    [
      'a start that does not exist',
      'isRolling: true',
      'isRolling: false, calendar: { startTime: "2025-02-30 00:00:00", timeZone: UTC }',
      'spec.timeWindow[0].calendar.startTime',
    ],
    ['no operator', '    - op: lt\n      value: 5', '    - value: 5', 'spec.objectives[0].op'],
    ['no slice target', '      timeSliceTarget: 1\n', '', 'spec.objectives[0].timeSliceTarget'],
    ['an unknown query', 'query: count', 'query: sum', 'spec.indicator.spec.thresholdMetric.metricSource.spec.query'],
    [
      'an unknown test',
      'level: error',
      'level: { like: err }',
      'spec.indicator.spec.thresholdMetric.metricSource.spec.where.level.like',
    ],
    ['a mode that is none', 'slo-lens/mode: window', 'slo-lens/mode: sometimes', 'metadata.annotations.slo-lens/mode'],
    [
      'an annotation that is a number',
      'slo-lens/mode: window',
      'slo-lens/mode: 5',
      'metadata.annotations.slo-lens/mode',
    ],
  ];
  for (const [title, from, to, path] of broken) {
    it(`refuses ${title}`, () => {
      const { definition, problems } = withSlo(from, to);
      assert.equal(definition, null);
      assert.ok(
        errors(problems).some((problem) => problem.path === path),
        JSON.stringify(errors(problems).map((problem) => problem.path)),
      );
    });
  }

  const unreadable: readonly (readonly [string, string])[] = [
    ['an empty file', ''],
    ['comments only', '# nothing here\n'],
    ['a comment-only document beside good ones', `${[SOURCE, SERVICE, SLO].join('---\n')}---\n# end\n`],
    ['broken indentation', 'a:\n  - b\n c: d\n'],
    ['the same key twice', `${SERVICE}kind: Service\n`],
    ['a plain string', 'hello'],
    ['a list', '- a\n- b\n'],
    ['a missing apiVersion', 'kind: Service\nmetadata: { name: a }\nspec: {}\n'],
    ['another apiVersion', SLO.replace('openslo/v1', 'sloth/v1')],
    ['an unknown kind', SERVICE.replace('kind: Service', 'kind: Pod')],
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    ],
    ['nesting without end', '['.repeat(20_000)],
    ['control bytes', '\u0000\u0001\u0002: \u0007'],
  ];
  for (const [title, text] of unreadable) {
    it(`gives a problem with a place for ${title}, and does not throw`, () => {
      const { definition, problems } = load(text);
      assert.equal(definition, null);
      assert.ok(errors(problems).length > 0);
      for (const problem of problems)
        assert.ok(problem.place.line >= 0 && problem.place.column >= 0 && problem.message !== '');
    });
  }

  it('refuses a definition without any SLO: it would look like one that is met', () => {
    assert.deepEqual(
      errors(loadDefinition([whole(SOURCE, SERVICE)]).problems).map((problem) => problem.code),
      ['slo/no-objective'],
    );
    assert.equal(loadDefinition([]).definition, null);
  });

  it('warns about references that lead nowhere, and shows such an objective as no data', () => {
    const { definition, problems } = loadDefinition([whole(SLO)]);
    assert.deepEqual(
      problems.map((problem) => [problem.level, problem.code]),
      [
        ['warning', 'slo/unknown-service'],
        ['warning', 'slo/unknown-reference'],
      ],
    );
    assert.equal(definition?.objectives[0]?.indicator.kind, 'unsupported');
    assert.deepEqual(
      definition?.services.map((service) => service.name),
      ['shop'],
    );
  });

  it('warns about an unknown annotation, but not about those of others', () => {
    const { definition, problems } = withSlo('slo-lens/mode: window', 'slo-lens/mdoe: window\n    example.com/team: a');
    assert.ok(definition);
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.path]),
      [['slo/unknown-annotation', 'metadata.annotations.slo-lens/mdoe']],
    );
  });

  it('reads an indicator, policy, condition and target by reference', () => {
    const sli = `apiVersion: openslo/v1
kind: SLI
metadata: { name: shared }
spec:
  ratioMetric:
    counter: true
    bad: { metricSource: { metricSourceRef: events, spec: { query: count, where: { level: [error, fatal] } } } }
    total: { metricSource: { metricSourceRef: events, spec: { query: count } } }
`;
    const slo = `apiVersion: openslo/v1
kind: SLO
metadata: { name: errors }
spec:
  service: shop
  indicatorRef: shared
  timeWindow: [{ duration: 7d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ targetPercent: 99 }]
  alertPolicies: [{ alertPolicyRef: burning }]
`;
    const alerts = `apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: burning }
spec:
  alertWhenBreaching: true
  conditions: [{ conditionRef: fast }]
  notificationTargets: [{ targetRef: bar }]
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: fast }
spec:
  severity: P2
  condition: { kind: burnrate, op: gte, threshold: 6, lookbackWindow: 6h, alertAfter: 5m }
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata: { name: bar }
spec: { target: vscode-status-bar }
`;
    const { definition, problems } = loadDefinition([whole(SOURCE, SERVICE, sli, slo, alerts)]);
    assert.deepEqual(problems, []);
    const [objective] = definition?.objectives ?? [];
    assert.equal(objective?.target, 0.99);
    assert.equal(objective?.mode, 'window');
    assert.equal(objective?.indicator.kind === 'ratio' && objective.indicator.part, 'bad');
    assert.deepEqual(objective?.alertPolicies, ['burning']);
    const [policy] = definition?.policies ?? [];
    assert.deepEqual(
      [policy?.severity, policy?.alertAfterMs, policy?.burn.lookbackMs, policy?.targets],
      ['P2', 300_000, 21_600_000, ['vscode-status-bar']],
    );
    // The same indicator by reference must not take a limit, any more than an inline one.
    const limited = loadDefinition([
      whole(SOURCE, SERVICE, sli, slo.replace('targetPercent: 99', 'targetPercent: 99, value: 5')),
    ]);
    assert.ok(errors(limited.problems).some((problem) => problem.path === 'spec.objectives[0].value'));
  });

  it('refuses a condition that is not in the grammar, at its annotation', () => {
    const policy = `apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: bad }
spec:
  conditions:
    - kind: AlertCondition
      metadata:
        name: bad-condition
        annotations: { slo-lens/when: "process.exit(1)" }
      spec:
        severity: P1
        condition: { kind: burnrate, op: gte, threshold: 1, lookbackWindow: 1m }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: t }, spec: { target: x } }]
`;
    const { definition, problems } = loadDefinition([whole(SOURCE, SERVICE, SLO, policy)]);
    assert.equal(definition, null);
    assert.deepEqual(
      errors(problems).map((problem) => [problem.code, problem.path]),
      [['slo/when-syntax', 'spec.conditions[0].metadata.annotations.slo-lens/when']],
    );
  });
});
