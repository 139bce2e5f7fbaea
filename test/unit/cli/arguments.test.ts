import assert from 'node:assert/strict';
import { readArguments, UsageError } from '../../../src/cli/arguments';
import { commands, helpOf } from '../../../src/cli/help';

describe('arguments', () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['frob'], /no command `frob`/],
    [['check', '--format', 'xml'], /--format takes text, json, sarif, junit, markdown/],
    [['check', '--format', 'html'], /--format takes text, json, sarif, junit, markdown, not `html`/],
    [['check', '--fail-on', 'maybe'], /--fail-on takes/],
    [['check', '--frob'], /Unknown option '--frob'/],
    [['check', '--update-baseline'], /needs --baseline/],
    [['slo', 'a', 'b'], /takes one PATH/],
    [['slo', '--now', 'noon'], /--now takes an ISO 8601 date and time/],
    [['slo', '--strict'], /--strict goes with --gate/],
    [['slo', '--since', 'main'], /--since goes with --gate/],
    [['slo', '--gate', '--no-worse'], /--no-worse needs a base/],
    [['slo', '--gate', '--since', 'main', '--baseline', 'b.json'], /one base/],
    [['refresh', '--since', 'main'], /Unknown option '--since'/],
    [['refresh', '--gate'], /Unknown option '--gate'/],
    [['slo', '--post-mortem', 'last'], /--post-mortem needs --history DIR/],
    [['slo', '--history', 'h', '--post-mortem', 'last', '--gate'], /--post-mortem is a draft/],
    [['slo', '--history', 'h', '--post-mortem', 'last', '--format', 'json'], /--post-mortem writes Markdown/],
    [['refresh', '--post-mortem', 'last'], /Unknown option '--post-mortem'/],
    [['explain'], /takes one KIND/],
    [['help', 'nonsense'], /there is no command `nonsense`; there are check, slo/],
    [['slo', '--now', '2025'], /--now takes/],
    [['slo', '--now', '2025-10-06'], /--now takes/],
    [['slo', '--now', '2025-02-30T10:00'], /--now takes/],
    [['slo', '--time-zone', 'Mars/Olympus'], /--time-zone takes/],
    [['check', '--output'], /--output/],
    [['check', '--min-confidence', 'HIGH'], /--min-confidence takes/],
    [['check', '--fix', '--baseline', 'b', '--update-baseline'], /--fix changes/],
  ];
  for (const [words, message] of wrong)
    it(`refuses ${words.join(' ')} in one line`, () => {
      assert.throws(
        () => readArguments(words),
        (error: unknown) => error instanceof UsageError && message.test(error.message) && !error.message.includes('\n'),
      );
    });
  it('reads a time without offset in the zone that is named', () => {
    const now = (...words: readonly string[]): number | null => {
      const args = readArguments(['slo', '--now', ...words]);
      return args.command === 'slo' ? args.now : null;
    };
    assert.equal(now('2025-10-06T20:30', '--time-zone', 'America/Chicago'), Date.UTC(2025, 9, 7, 1, 30));
    assert.equal(now('2025-10-06T20:30:00+02:00', '--time-zone', 'America/Chicago'), Date.UTC(2025, 9, 6, 18, 30));
  });
  it('shows the help of every command, with every option that is read', () => {
    for (const command of commands) {
      assert.deepEqual(readArguments([command, '--help']), { command: 'help', of: command });
      assert.deepEqual(readArguments(['help', command]), { command: 'help', of: command });
      assert.ok(helpOf(null).includes(`slo-lens ${command} `), command);
      assert.ok(helpOf(command).startsWith(`slo-lens ${command} `), command);
      assert.match(helpOf(command), /\nExamples?\n {2}slo-lens /);
    }
    const help = commands.map(helpOf).join('');
    assert.ok(!helpOf('check').includes('--post-mortem'));
    for (const option of [
      '--format',
      '--output',
      '--fail-on',
      '--min-confidence',
      '--baseline',
      '--fix',
      '--no-cache',
      '--gate',
      '--strict',
      '--since',
      '--no-worse',
      '--history',
      '--post-mortem',
    ])
      assert.ok(help.includes(option), option);
  });
  it('has the defaults of the help', () => {
    assert.deepEqual(readArguments(['check']), {
      command: 'check',
      paths: ['.'],
      format: 'text',
      output: null,
      failOn: 'high',
      minConfidence: null,
      baseline: null,
      updateBaseline: false,
      cache: true,
      fix: false,
    });
    assert.deepEqual(readArguments([]), { command: 'help', of: null });
  });
});
