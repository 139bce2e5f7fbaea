/** Quick fixes: there where one is certain, none where not; each takes its problem away and brings no other. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_DEFINITION_TEXT } from '../../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../../src/slo/definition/loadDefinition';
import type { DefinitionProblem } from '../../../../src/slo/definition/model';
import { parseYamlDocuments } from '../../../../src/slo/definition/yamlDocuments';
import { namesIn } from '../../../../src/slo/editing/definitionNames';
import { durationMeant } from '../../../../src/slo/editing/fixCandidates';
import { type DefinitionFix, fixesOf } from '../../../../src/slo/editing/fixes';
import { applied } from '../../../../src/slo/editing/textEdits';
import { nearest } from '../../../../src/sources/nearest';

const good = `apiVersion: openslo/v1
kind: DataSource
metadata: { name: events }
spec: { type: EventLog, connectionDetails: { files: [a.jsonl], fields: { ok: /ok } } }
---
apiVersion: openslo/v1
kind: Service
metadata:
  name: shop
  annotations:
    slo-lens/rollup: all
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: errors
  annotations:
    slo-lens/mode: current
    slo-lens/unit: errors
spec:
  service: shop
  indicator:
    metadata: { name: errors-sli }
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: events
          spec:
            query: count
            over: 1h
  timeWindow:
    - duration: 7d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - op: lt
      value: 5
      target: 0.99
      timeSliceTarget: 1
      timeSliceWindow: 1m
  alertPolicies: [{ alertPolicyRef: many }]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: share }
spec:
  service: shop
  indicator:
    metadata: { name: share-sli }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { metricSourceRef: events, spec: { query: count, where: { ok: true } } } }
        total: { metricSource: { metricSourceRef: events, spec: { query: count } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.95 }]
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
          slo-lens/when: "value >= 5"
          slo-lens/inhibits: some
      spec:
        severity: P2
        condition: { kind: burnrate, op: gte, threshold: 1, lookbackWindow: 1h }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: some }
spec:
  conditions:
    - kind: AlertCondition
      metadata: { name: some-condition }
      spec: { severity: P3, condition: { kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h } }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
`;

const file = 'slo.yaml';
const identity = ({ code, path, document, message }: DefinitionProblem): string =>
  [code, path, document, message].join(' | ');
const masking = ['slo/yaml', 'slo/openslo', 'slo/target-range', 'slo/query'];

interface Fixed {
  readonly problem: DefinitionProblem;
  readonly fix: DefinitionFix;
  readonly text: string;
}

/** Every fix of every problem, each applied alone and held against the law. */
function allFixes(
  text: string,
  without: readonly string[] = [],
): { readonly problems: readonly DefinitionProblem[]; readonly fixed: readonly Fixed[] } {
  const parsed = parseYamlDocuments(file, text);
  const files = [{ file, text, parsed }];
  const { problems } = loadDefinition(files);
  const context = { files, problems, names: namesIn(file, parsed) };
  const before = problems.map(identity);
  const asked = problems.filter(({ code }) => !without.includes(code));
  const fixed = asked.flatMap((problem) =>
    fixesOf(problem, context).map((fix) => {
      const after = applied(text, fix.edits);
      const left = loadDefinition([{ file, text: after }]).problems;
      if (problem.code !== 'slo/yaml')
        assert.deepEqual(
          left.filter(({ code }) => code === 'slo/yaml'),
          [],
          `${fix.title}\n${after}`,
        );
      const own = identity(problem);
      const count = (list: readonly string[]): number => list.filter((one) => one === own).length;
      assert.ok(count(left.map(identity)) < count(before), `${fix.title} leaves ${own}`);
      const made = left.filter((one) => !before.includes(identity(one)));
      if (!masking.includes(problem.code)) assert.deepEqual(made, [], fix.title);
      assert.deepEqual(
        made.filter(({ code }) => masking.includes(code)),
        [],
        fix.title,
      );
      return { problem, fix, text: after };
    }),
  );
  return { problems, fixed };
}

/** What is replaced by what; the title of the fix, null for none; what the text must hold then. */
const faults: readonly (readonly [string, string, string, string | null, string?])[] = [
  ['a misspelt key', 'budgetingMethod:', 'budgettingMethod:', 'Rename budgettingMethod to budgetingMethod'],
  ['a key in other case', 'timeSliceTarget', 'timeslice_target', 'Rename timeslice_target to timeSliceTarget'],
  [
    'a misspelt key in a flow map',
    'isRolling: true }]\n  budgetingMethod: Occ',
    'isRoling: true }]\n  budgetingMethod: Occ',
    'Rename isRoling to isRolling',
  ],
  [
    'a key of something else',
    '  service: shop\n  indicator:\n    metadata: { name: errors',
    '  colour: red\n  service: shop\n  indicator:\n    metadata: { name: errors',
    null,
  ],
  ['a misspelt enum', 'Timeslices', 'TimeSlices', 'Change TimeSlices to Timeslices'],
  ['a misspelt operator', 'op: lt\n', 'op: LT\n', 'Change LT to lt'],
  ['an operator that is a sign', 'op: lt\n', 'op: "<"\n', null],
  ['a misspelt kind', 'kind: Service', 'kind: service', 'Change service to Service'],
  ['a misspelt query', 'query: count\n            over', 'query: cuont\n            over', 'Change cuont to count'],
  ['a misspelt field of a query', 'over: 1h', 'ovr: 1h', 'Rename ovr to over'],
  ['a misspelt detail of a source', 'fields: { ok: /ok }', 'feilds: { ok: /ok }', 'Rename feilds to fields'],
  ['a duration in words', 'duration: 7d', 'duration: 7 days', 'Change 7 days to 7d'],
  ['a duration in seconds', 'timeSliceWindow: 1m', 'timeSliceWindow: 60s', 'Change 60s to 1m'],
  ['a duration that is no whole minute', 'timeSliceWindow: 1m', 'timeSliceWindow: 90s', null],
  ['a unit that may be two', 'duration: 7d', 'duration: 7x', null],
  [
    'an unknown service, nearly one',
    '  service: shop\n  indicator:\n    metadata: { name: errors',
    '  service: shopp\n  indicator:\n    metadata: { name: errors',
    'Change shopp to shop',
  ],
  [
    'an unknown service, far from any',
    '  service: shop\n  indicator:\n    metadata: { name: errors',
    '  service: billing\n  indicator:\n    metadata: { name: errors',
    null,
  ],
  ['an unknown source', 'metricSourceRef: events\n', 'metricSourceRef: evnets\n', 'Change evnets to events'],
  ['an unknown policy', 'alertPolicyRef: many', 'alertPolicyRef: manny', 'Change manny to many'],
  ['an unknown inhibited policy', 'slo-lens/inhibits: some', 'slo-lens/inhibits: somme', 'Change somme to some'],
  ['an unknown annotation, nearly one', 'slo-lens/unit', 'slo-lens/units', 'Rename slo-lens/units to slo-lens/unit'],
  ['an unknown annotation, far from any', 'slo-lens/unit', 'slo-lens/colour', null],
  [
    'a missing version',
    'apiVersion: openslo/v1\nkind: Service',
    'kind: Service',
    'Add apiVersion: openslo/v1',
    'apiVersion: openslo/v1\nkind: Service',
  ],
  [
    'a version nearly right',
    'apiVersion: openslo/v1\nkind: Service',
    'apiVersion: openslo.com/v1\nkind: Service',
    'Change openslo.com/v1 to openslo/v1',
  ],
  ['the version of something else', 'apiVersion: openslo/v1\nkind: Service', 'apiVersion: v1\nkind: Service', null],
  ['a spec that is missing where nothing is in it', 'spec: {}\n', '', 'Add spec: {}'],
  [
    'a kind that is missing where only one can be',
    '    - kind: AlertCondition\n      metadata:\n        name: many',
    '    - metadata:\n        name: many',
    'Add kind: AlertCondition',
  ],
  ['an annotation that is no text', 'slo-lens/rollup: all', 'slo-lens/runbook: 5', null],
  [
    'a truth that is no text',
    'slo-lens/unit: errors',
    'slo-lens/zero-tolerance: true',
    'Write "true" as text',
    'slo-lens/zero-tolerance: "true"',
  ],
  ['a count that is no text', 'slo-lens/unit: errors', 'slo-lens/count-budget: 4', 'Write "4" as text'],
  [
    'a truth that is text',
    '      isRolling: true\n',
    '      isRolling: "true"\n',
    'Change true to true',
    '      isRolling: true\n',
  ],
  ['a number that is text', 'value: 5', 'value: "5"', 'Change 5 to 5', 'value: 5'],
  ['a target as a percentage', 'target: 0.99', 'target: 99', 'Change to targetPercent: 99', 'targetPercent: 99'],
  ['a target in per cent', 'target: 0.99', 'target: "99.5%"', 'Change to targetPercent: 99.5', 'targetPercent: 99.5'],
  ['a target of all', 'target: 0.99', 'target: 1', 'All of it: tolerate no failure', 'slo-lens/zero-tolerance: "true"'],
  [
    'a target of all without annotations',
    'target: 0.95',
    'target: 1',
    'All of it: tolerate no failure',
    'metadata: { annotations: { slo-lens/zero-tolerance: "true" }, name: share }',
  ],
  ['a target below nothing', 'target: 0.99', 'target: -1', null],
  [
    'a limit beside a ratio',
    'objectives: [{ target: 0.95 }]',
    'objectives: [{ op: gte, target: 0.95 }]',
    'Remove op',
    'objectives: [{ target: 0.95 }]',
  ],
  ['a name that is none', 'name: shop', 'name: Shop', 'Change Shop to shop'],
  ['a name with spaces', 'metadata: { name: share }', 'metadata: { name: My Share }', 'Change My Share to my-share'],
  ['a name twice', 'metadata: { name: share }', 'metadata: { name: errors }', 'Change errors to errors-2'],
  ['a severity in other case', 'severity: P2', 'severity: p2', 'Change p2 to P2'],
  ['a severity that is none', 'severity: P2', 'severity: page', null],
  ['an alert beside its objective', '"value >= 5"', '"value > 5"', 'Change value > 5 to value >= 5'],
  ['signs that are not of the grammar', '"value >= 5"', '"value => 5"', 'Change value => 5 to value >= 5'],
  ['a condition without its term', '"value >= 5"', '">= 5"', 'Change >= 5 to value >= 5'],
  ['a condition that is none', '"value >= 5"', '"process.exit(1)"', null],
  ['an alert while nothing burns', 'op: gte, threshold: 1,', 'op: lte, threshold: 1,', 'Change lte to gte'],
  ['a condition that can never be true', '"value >= 5"', '"burn(1h) > 1000"', null],
  [
    'a mark of what is assumed',
    'slo-lens/unit: errors',
    'slo-lens/assumed: target',
    'Remove the mark: these are decided',
  ],
  ['a tab', '  timeWindow:\n    - duration: 7d', '  timeWindow:\n\t\t- duration: 7d', 'Replace tabs with spaces'],
  [
    'a pair that is there twice',
    '      value: 5\n',
    '      value: 5\n      value: 5\n',
    'Remove the second of two equal lines',
  ],
  ['a glob that leads out', 'files: [a.jsonl]', 'files: [../a.jsonl]', null],
];

describe('quick fixes of a definition', () => {
  it('are none where nothing is wrong', () => {
    const { problems, fixed } = allFixes(good);
    assert.deepEqual(problems, []);
    assert.deepEqual(fixed, []);
  });

  for (const [title, before, after, expected, holds] of faults)
    it(`${expected === null ? 'leave' : 'mend'} ${title}`, () => {
      assert.ok(good.includes(before), before);
      const { problems, fixed } = allFixes(good.replace(before, after));
      if (title !== 'an annotation that is no text') assert.ok(problems.length > 0, 'nothing is wrong');
      const titles = fixed.map(({ fix }) => fix.title);
      if (expected === null)
        assert.deepEqual(
          titles.filter((one) => one !== 'Write "5" as text'),
          [],
        );
      else {
        assert.ok(titles.includes(expected), `${titles.join('; ')} of ${problems.map(identity).join('; ')}`);
        const mended = fixed.find(({ fix }) => fix.title === expected)?.text ?? '';
        if (holds !== undefined) assert.ok(mended.includes(holds), mended);
      }
    });

  it('mend the words of v2alpha in its own words', () => {
    const v2 = `apiVersion: openslo.com/v2alpha
kind: SLO
metadata: { name: errors }
spec:
  service: shop
  indicator:
    metadata: { name: a }
    spec: { thresholdMetric: { dataSourceRef: events, spec: { query: count } } }
  timeWindow: [{ duration: 7d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives: [{ op: lt, value: 5, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }]
`;
    assert.ok(allFixes(v2).fixed.some(({ fix }) => fix.title === 'Rename indicator to sli'));
  });

  it('keep the law on the built-in definition with a random slip of the pen in a random line', () => {
    const lines = DEFAULT_DEFINITION_TEXT.split('\n');
    const words = lines.flatMap((line, at) =>
      [...line.matchAll(/[\w/-]{3,}/g)].map((match) => ({ at, from: match.index, word: match[0] })),
    );
    let offered = 0;
    let restored = 0;
    fc.assert(
      fc.property(
        fc.nat(words.length - 1),
        fc.nat(),
        fc.constantFrom('drop', 'swap', 'double', 'case'),
        (which, where, how) => {
          const { at, from, word } = words[which] ?? { at: 0, from: 0, word: '' };
          const i = where % (word.length - 1);
          const typo =
            how === 'drop'
              ? word.slice(0, i) + word.slice(i + 1)
              : how === 'swap'
                ? word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2)
                : how === 'double'
                  ? word.slice(0, i) + (word[i] ?? '') + word.slice(i)
                  : word.toUpperCase();
          const line = lines[at] ?? '';
          const text = lines.with(at, line.slice(0, from) + typo + line.slice(from + word.length)).join('\n');
          // What the text as it is gives too was looked at before.
          const { fixed } = allFixes(text, ['slo/assumed', 'slo/alert-gap']);
          offered += fixed.length;
          restored += fixed.filter((one) => one.text === DEFAULT_DEFINITION_TEXT).length;
        },
      ),
      { numRuns: 30, seed: 7 },
    );
    assert.ok(offered >= 10 && restored >= 5, `${offered} offered, ${restored} restored the text`);
  });

  it('know the word that is meant only beyond doubt', () => {
    assert.equal(nearest('targt', ['target', 'value']), 'target');
    assert.equal(nearest('target', ['targets', 'targetx']), null);
    assert.equal(nearest('ab', ['abc']), null);
    assert.equal(nearest('x'.repeat(100_000), ['y'.repeat(100_000)]), null);
    assert.equal(durationMeant('2 weeks'), '2w');
    assert.equal(durationMeant('1 fortnight'), null);
    assert.equal(durationMeant('9999999999d'), null);
  });
});
