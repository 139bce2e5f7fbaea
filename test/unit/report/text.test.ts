/** The text that people read, whole. */
import assert from 'node:assert/strict';
import { sloText } from '../../../src/report/sloText';
import { noStyle, terminalColours } from '../../../src/report/style';
import { codeText } from '../../../src/report/textExport';
import { code, finding, objective, place, workspace } from './reports';

const options = { style: noStyle, showLow: false, lineOf: () => '  setInterval(tick, 1000);' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not reach a terminal
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const hostile = 'a\u001b[31mred\u001b]0;title\u0007\r\u009b2J\u202eb\nHIGH 1:1 forged';

describe('text of findings', () => {
  it('groups by file and shows the trail, the excerpt and what was left out', () => {
    const report = code({
      findings: [finding(), finding({ severity: 'low', fingerprint: 'f' })],
      suppressed: 1,
      files: {
        analysed: 3,
        partial: 1,
        lines: 1200,
        skipped: { minified: 2, ignored: 1 },
        skippedFolders: { node_modules: 2, '.venv': 1 },
      },
      partialFiles: [{ place: place('src/b.ts', 6, 1), reason: '`}` expected' }],
      otherLanguages: [{ language: 'Python', files: 1315 }],
    });
    assert.equal(
      codeText(report, { ...options, pathOf: (path) => `web/${path}`, inBaseline: 4 }),
      `web/src/a.ts
  HIGH   5:3  This interval is never cleared.  listener/interval, confidence high
         setInterval(tick, 1000);
         · 5:3      Acquired here
         · web/src/base.ts:10:1 Not cleared here
         → Keep it and clear it.

1 HIGH, 0 MEDIUM, 1 LOW in 3 files (1,200 lines), 1 suppressed in 1.3 s
1 LOW finding not listed (--fail-on low lists them).
4 findings of the baseline not listed.
Partly analysed: web/src/b.ts:7:2 \`}\` expected
Left out: 2 minified, 1 excluded by the configuration; folders node_modules (2), .venv.
1,315 Python files are not analysed.
`,
    );
  });

  it('lists LOW when asked, and tells what could not be read', () => {
    const report = code({ findings: [finding({ severity: 'low' })] });
    assert.match(codeText(report, { ...options, showLow: true }), /LOW {4}5:3/);
    const unreadable = [
      { kind: 'unreadable', level: 'warning' as const, message: 'permission denied', place: place('src/x.ts', 0, 0) },
    ];
    assert.match(codeText(report, { ...options, unreadable }), /Not read: src\/x\.ts permission denied/);
  });

  it('says nothing reassuring when nothing was analysed', () => {
    const text = codeText(
      code({ files: { analysed: 0, partial: 0, lines: 0, skipped: {}, skippedFolders: {} } }),
      options,
    );
    assert.match(text, /nothing can be said about leaks/);
    assert.doesNotMatch(text, /No findings/);
  });

  it('lets no control character of names, messages or source through', () => {
    const report = code({
      findings: [
        finding({
          message: hostile,
          advice: hostile,
          place: place(`${hostile}.ts`, 0, 0),
          trail: [{ role: 'held', message: hostile, range: finding().range, file: hostile }],
        }),
      ],
      partialFiles: [{ place: place(hostile, 0, 0), reason: hostile }],
      files: { analysed: 1, partial: 1, lines: 1, skipped: {}, skippedFolders: { [hostile]: 1 } },
    });
    const text = codeText(report, { ...options, lineOf: () => hostile });
    assert.doesNotMatch(text, control);
    assert.ok(!text.split('\n').some((line) => line.startsWith('HIGH 1:1 forged')));
  });
});

describe('text of objectives', () => {
  it('shows value, target, source, age, way of counting and causes; without data what would feed it', () => {
    const noData = objective({
      name: 'uptime',
      displayName: 'Uptime',
      state: 'no_data',
      stateReason: 'there is no such file',
      value: null,
      valueText: '–',
      targetText: '99.9% uptime',
      evidence: { source: 'Health files', observedAt: null, method: 'newest', places: [] },
      causes: [],
      wouldFeed: 'Health files: runtime/health/*.json',
    });
    assert.equal(
      sloText(workspace([objective(), noData]), noStyle),
      `Objectives met: 0% of measured (0/1) · 1 of 2 no data
Built-in definition

Agent System  violating  budget 10%
  violating  Agents: active count: 2 agents  target >= 8 agents active
             Agent status files, 5 min old; fresh and not declared off
             · Agent-1 silent
  no data    Uptime: –  target 99.9% uptime
             there is no such file
             would be fed by Health files: runtime/health/*.json

Alerts
  P1 firing   Fewer than 6 agents active (agents: 2 agents; value < 6)
`,
    );
  });

  it('only counts what has no data in a definition that nobody chose and that nothing but code feeds', () => {
    const report = workspace([
      objective({ name: 'leaks', displayName: 'Leaks', state: 'violating' }),
      objective({ name: 'uptime', displayName: 'Uptime', state: 'no_data' }),
    ]);
    const text = sloText({ ...report, definition: { ...report.definition, isApt: false } }, noStyle);
    assert.match(text, /Leaks/);
    assert.ok(!text.includes('Uptime'));
    assert.match(
      text,
      /1 objectives? of the built-in definition, which is that of an agent swarm, ha(?:s|ve) no data here/,
    );
    assert.match(sloText(report, noStyle), /Uptime/);
  });

  it('tells how a budget burns, and how long the target was met', () => {
    const budget = {
      kind: 'time',
      allowed: 144,
      used: 18,
      remaining: 0.875,
      text: '18 of 144 min used (87.5% left)',
      burn: { rate: 3, exhaustedAt: null, text: 'burns 3 times as fast as allowed in the last hour, gone in 7 h' },
      outage: null,
    } as const;
    const watched = { metMinutes: 42, missedMinutes: 18, unknownMinutes: 0, text: 'met 70% of 60 min watched' };
    const text = sloText(workspace([objective({ budget, watched })]), noStyle);
    assert.match(text, /budget: 18 of 144 min used \(87\.5% left\); burns 3 times .*, gone in 7 h\n/);
    assert.match(text, /in its window: met 70% of 60 min watched\n/);
    const trend = {
      of: 'budget',
      direction: 'down',
      meaning: 'worse',
      over: '1 day',
      text: '−12.4 points in 1 day',
    } as const;
    assert.match(
      sloText(workspace([objective({ budget, watched, trend })]), noStyle),
      /\n +budget: −12\.4 points in 1 day\n/,
    );
    const moment = sloText(
      workspace([objective({ watched: { ...watched, metMinutes: 1, missedMinutes: 0 } })]),
      noStyle,
    );
    assert.doesNotMatch(moment, /in its window/);
  });

  it('tells what the linter says of the definition, with its place, but no hints', () => {
    const at = { uri: 'file:///w/.slo-lens/slo.yaml', path: '.slo-lens/slo.yaml', line: 11, column: 4 };
    const problem = (level: 'warning' | 'info' | 'hint', kind: string) => ({
      kind,
      level,
      message: `${kind} ${level}`,
      place: at,
    });
    const text = sloText(
      workspace([], {
        problems: [
          problem('warning', 'slo/alert-gap'),
          problem('info', 'slo/coarse-ratio'),
          problem('hint', 'slo/assumed'),
          problem('warning', 'future-time'),
        ],
      }),
      noStyle,
    );
    assert.match(text, /^Warning: \.slo-lens\/slo\.yaml:12:5 slo\/alert-gap warning$/m);
    assert.equal(text.match(/^Warning/gm)?.length, 1);
    assert.doesNotMatch(text, /hint|coarse-ratio/);
  });

  it('is green for meeting only', () => {
    const green = '\u001b[32m';
    for (const state of ['no_data', 'stale', 'error', 'violating', 'at_risk'] as const)
      assert.ok(!sloText(workspace([objective({ state })], { alerts: [] }), terminalColours).includes(green), state);
    assert.ok(sloText(workspace([objective({ state: 'meeting' })]), terminalColours).includes(green));
  });

  it('shows the end of what a failed refresh command said, as text', () => {
    const text = sloText(
      workspace([], {
        refresh: {
          state: 'failed',
          at: null,
          message: 'Refresh failed',
          commands: [
            { command: hostile, exitCode: 2, durationMs: 300, output: `one\r\n${hostile}\nlast`, outcome: 'failed' },
          ],
        },
      }),
      noStyle,
    );
    assert.match(text, /\(failed, exit code 2, 0\.3 s\)\n {4}one\n/);
    assert.match(text, / {4}last\n/);
    assert.doesNotMatch(text, control);
  });
});
