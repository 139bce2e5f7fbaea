/** What machines read: SARIF against the published schema, JUnit, Markdown, JSON. */
import assert from 'node:assert/strict';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import fc from 'fast-check';
import { codeJunit, sloJunit } from '../../../src/report/junitExport';
import { codeMarkdown, markdownText, sloMarkdown } from '../../../src/report/markdownExport';
import { jsonText } from '../../../src/report/plainText';
import { objectivesToSarif, toSarif } from '../../../src/report/sarifExport';
import { assertJunit } from '../../support/junit';
import { code, finding, objective, place, workspace } from './reports';

/** Parsed SARIF; the schema is its type. */
// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of a test
type Loose = any;

// The published schema is of draft 4, which names itself by `id`.
const { id: _id, $schema: _schema, ...schema } = sarifSchema as Readonly<Record<string, unknown>>;
const validate = new Ajv({
  strict: false,
  validateFormats: false,
  validateSchema: false,
  unicodeRegExp: false,
}).compile(schema);
const options = { version: '1.2.3', rootUri: 'file:///c%3A/w' };
const rules = [
  {
    id: 'listener/interval',
    title: 'Interval',
    description: 'What',
    helpUri: 'https://example.org/p',
    page: () => '# Interval',
    severity: 'high' as const,
  },
];
const hostile = '<script>&"\'\u0000\u001b[31m]]>\ud800 | `x` [a](javascript:1) @team <!-- \n# h';

function valid(log: object): Loose {
  const parsed: Loose = JSON.parse(JSON.stringify(log));
  const ok: boolean = validate(JSON.parse(JSON.stringify(log)));
  assert.ok(ok, JSON.stringify(validate.errors?.slice(0, 3)));
  return parsed.runs[0];
}

describe('SARIF', () => {
  it('has levels, suppressed findings, fixes and steps in other files', () => {
    const fix = { title: 'Clear it', edits: [{ start: 3, end: 3, newText: 'x' }] };
    const run = valid(
      toSarif(
        code({
          findings: [finding({ fixes: [fix] }), finding({ severity: 'low', place: place('src/ü b.ts', 0, 0) })],
          suppressedFindings: [finding({ severity: 'medium' })],
          partialFiles: [{ place: place('src/b.ts', 6, 1), reason: 'bad' }],
        }),
        { ...options, rules },
      ),
    );
    assert.deepEqual(run.originalUriBaseIds, { ROOT: { uri: 'file:///c%3A/w/' } });
    assert.deepEqual(
      run.results.map((one: Loose) => [one.level, one.suppressions?.[0].kind]),
      [
        ['error', undefined],
        ['note', undefined],
        ['warning', 'inSource'],
      ],
    );
    const [first, second] = run.results;
    assert.equal(second.locations[0].physicalLocation.artifactLocation.uri, 'src/%C3%BC%20b.ts');
    assert.deepEqual(first.fixes[0].artifactChanges[0].replacements[0], {
      deletedRegion: { charOffset: 3, charLength: 0 },
      insertedContent: { text: 'x' },
    });
    const steps = first.codeFlows[0].threadFlows[0].locations;
    assert.equal(steps[1].location.physicalLocation.artifactLocation.uri, 'src/base.ts');
    assert.equal(run.invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation.region.startLine, 7);
  });

  it('is valid with hostile names and messages, which form no link', () => {
    const run = valid(
      toSarif(code({ findings: [finding({ message: hostile, place: place(hostile, 0, 0) })] }), {
        ...options,
        rules: [],
      }),
    );
    assert.doesNotMatch(run.results[0].message.text, /\]\(/);
    assert.match(run.results[0].locations[0].physicalLocation.artifactLocation.uri, /^%3Cscript%3E/);
  });

  it('has violated objectives at their causes, and the unknown as notifications, never as nothing', () => {
    const unknown = objective({
      name: 'uptime',
      displayName: 'Uptime',
      state: 'stale',
      stateReason: 'too old',
      causes: [],
    });
    const met = objective({ name: 'met', state: 'meeting', causes: [] });
    const run = valid(objectivesToSarif(workspace([objective(), unknown, met]), options));
    assert.deepEqual(
      run.results.map((one: Loose) => [one.ruleId, one.level, one.locations[0].physicalLocation.region.startLine]),
      [['slo/agents', 'error', 3]],
    );
    assert.deepEqual(
      run.invocations[0].toolExecutionNotifications.map((one: Loose) => one.message.text),
      ['Uptime: stale, too old'],
    );
  });
});

describe('JUnit', () => {
  it('fails what the gate fails, and holds any text', () => {
    const xml = codeJunit(
      code({ findings: [finding({ message: hostile, place: place(hostile, 0, 0) }), finding({ severity: 'medium' })] }),
      (severity) => severity === 'high',
    );
    assertJunit(xml);
    assert.match(xml, /<testsuites name="SLO Lens leaks" tests="3" failures="1" errors="0">/);
    assert.match(xml, /message="&lt;script&gt;&amp;&quot;/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no part of XML 1.0
    assert.doesNotMatch(xml, /[\u0000-\u0008\u000b-\u001f]|\p{Surrogate}/u);
  });

  it('shows the unknown as errors, not as passed or skipped', () => {
    const states = ['no_data', 'stale', 'error', 'meeting', 'at_risk', 'violating'] as const;
    const xml = sloJunit(workspace(states.map((state) => objective({ name: state, state }))));
    assertJunit(xml);
    assert.match(xml, /<testsuite [^>]*tests="6" failures="1" errors="3" skipped="0"/);
  });

  it('says that nothing was analysed', () => {
    const nothing = { analysed: 0, partial: 0, lines: 0, skipped: {}, skippedFolders: {} };
    const xml = codeJunit(code({ files: nothing }), () => true);
    assertJunit(xml);
    assert.match(xml, /<skipped message="No TypeScript or JavaScript/);
  });
});

describe('Markdown', () => {
  it('escapes what files say: no markup, no mention, no extra cell, no extra line', () => {
    const text = markdownText(hostile);
    assert.doesNotMatch(text, /<script|(?<!\\)\||(?<!\\)`|(?<!\\)\[|@|\n/);
    const table = codeMarkdown(code({ findings: [finding({ message: hostile, place: place(hostile, 0, 0) })] }));
    const row = table.split('\n').find((line) => line.startsWith('| HIGH')) ?? '';
    assert.equal(row.match(/(?<!\\)\|/g)?.length, 5);
    assert.doesNotMatch(table, /<script/);
  });

  it('lists HIGH first and counts what it cuts', () => {
    const many = Array.from({ length: 120 }, () => finding({ severity: 'medium' }));
    const text = codeMarkdown(code({ findings: [...many, finding()] }));
    assert.ok(text.indexOf('| HIGH') < text.indexOf('| MEDIUM'));
    assert.match(text, /… and 21 more\./);
  });

  it('marks only what meets with a tick', () => {
    for (const state of ['no_data', 'stale', 'error', 'violating', 'at_risk'] as const)
      assert.doesNotMatch(sloMarkdown(workspace([objective({ state })])), /✅/, state);
    assert.match(sloMarkdown(workspace([objective({ state: 'meeting' })])), /✅ meeting/);
  });
});

describe('JSON', () => {
  it('writes control characters as escapes, and the value is the same', () => {
    const value = { text: 'a\u009b2J\u202eb\u0007\u2028' };
    const text = jsonText(value);
    assert.doesNotMatch(text, /[\u007f-\u009f\u2028\u202e]/);
    assert.deepEqual(JSON.parse(text), value);
  });

  it('writes each list of numbers on one line, whatever stands around it', () => {
    const series = {
      measured: [1, -2.5, null, 1e21, 3e-9],
      at: [[0, 1], []],
      words: ['[\n  1,\n  2\n]', '1'],
      one: [7],
    };
    assert.equal(
      jsonText(series),
      `{
  "measured": [1, -2.5, null, 1e+21, 3e-9],
  "at": [
    [0, 1],
    []
  ],
  "words": [
    "[\\n  1,\\n  2\\n]",
    "1"
  ],
  "one": [7]
}
`,
    );
    assert.equal(jsonText([1, 2]), '[1, 2]\n');
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.equal(JSON.stringify(JSON.parse(jsonText(value))), JSON.stringify(value)),
      ),
    );
  });
});
