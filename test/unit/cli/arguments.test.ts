import assert from 'node:assert/strict';
import { readArguments, UsageError } from '../../../src/cli/arguments';

describe('arguments', () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['frob'], /no command `frob`/],
    [['check', '--format', 'xml'], /--format takes text, json, sarif/],
    [['check', '--fail-on', 'maybe'], /--fail-on takes/],
    [['check', '--frob'], /Unknown option '--frob'/],
    [['check', '--update-baseline'], /needs --baseline/],
    [['slo', 'a', 'b'], /takes one PATH/],
    [['slo', '--now', 'noon'], /--now takes an ISO 8601 instant/],
    [['slo', '--strict'], /goes with --gate/],
    [['refresh', '--gate'], /Unknown option '--gate'/],
    [['explain'], /takes one KIND/],
  ];
  for (const [words, message] of wrong)
    it(`refuses ${words.join(' ')} in one line`, () => {
      assert.throws(
        () => readArguments(words),
        (error: unknown) => error instanceof UsageError && message.test(error.message) && !error.message.includes('\n'),
      );
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
    });
    assert.deepEqual(readArguments([]), { command: 'help' });
  });
});
