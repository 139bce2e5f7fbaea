import assert from 'node:assert/strict';
import { readConfig } from '../../../src/monitor/config';

const span = {
  id: 'handle/span',
  noun: 'span',
  words: ['startSpan'],
  acquire: [{ form: 'call', callee: [{ module: '@acme/tracing', name: 'startSpan' }] }],
  release: [{ form: 'method', method: ['end'] }],
};
const faults = (value: unknown): readonly string[] =>
  readConfig(JSON.stringify(value), 'c.json').problems.map((problem) => problem.message);

describe('kinds of a configuration', () => {
  it('are taken as they are written', () => {
    const { config, problems } = readConfig(
      JSON.stringify({ kinds: [span], types: [{ id: 'bus', names: [] }] }),
      'c.json',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(JSON.parse(JSON.stringify(config.custom)), { kinds: [span], types: [{ id: 'bus', names: [] }] });
  });
  it('name each fault at its place, and only the faulty one is left out', () => {
    const text = `{
  "kinds": [
    { "id": "handle/a", "noun": "a", "words": ["a"], "acquire": [{ "form": "new", "calee": [] }], "release": [{ "form": "method", "method": [] }] },
    ${JSON.stringify(span)},
    { "id": "Span" }
  ]
}`;
    const { config, problems } = readConfig(text, 'c.json');
    assert.deepEqual(
      config.custom.kinds.map((kind) => kind.id),
      ['handle/span'],
    );
    assert.deepEqual(
      problems.map(({ line, message }) => `${line} ${message}`).sort(),
      [
        '3 `calee` is not known here; known are form, callee, noun, given, activatedBy, queues, onlyWith, awaited, written',
        '3 `kinds.0.acquire.0` lacks `callee`',
        '3 `kinds.0.release.0.method` must not be empty',
        '5 `kinds.2.id` must be listener/, handle/ or cache/ and a name in small letters',
        '5 `kinds.2` lacks `acquire`',
        '5 `kinds.2` lacks `noun`',
        '5 `kinds.2` lacks `release`',
        '5 `kinds.2` lacks `words`',
      ].sort(),
    );
  });
  it('name the kind that is meant where a severity is given to one that is not there', () => {
    const { config, problems } = readConfig(
      '{\n  "severity": {\n    "listener/intervl": "off", "cache/*": "low", "*": "low",\n    "listener/own-thing": "off", "handle/quite-another": "low"\n  },\n  "kinds": [{ "id": "listener/own-thing", "noun": "thing", "words": ["openThing"], "acquire": [], "release": [] }]\n}',
      'config.json',
    );
    assert.deepEqual(
      problems
        .filter(({ message }) => message.startsWith('There is no kind'))
        .map(({ message, line, column }) => [message, line, column]),
      [
        ['There is no kind `listener/intervl`; did you mean `listener/interval`?', 3, 5],
        ['There is no kind `handle/quite-another`', 4, 34],
      ],
    );
    assert.deepEqual({ ...config.severity }, { 'cache/*': 'low', '*': 'low', 'listener/own-thing': 'off' });
  });

  it('that are no JSON say in plain words what is missing', () => {
    const said = (text: string): string => readConfig(text, 'config.json').problems[0]?.message ?? '';
    assert.equal(said('{ "severity": }'), 'The configuration is no JSON: a value is missing');
    assert.equal(said('{ "exclude": ["a" "b"] }'), 'The configuration is no JSON: a comma is missing');
  });

  it('must not take a name that is taken', () => {
    assert.deepEqual(faults({ kinds: [{ ...span, id: 'listener/interval' }] }), [
      '`listener/interval` is a kind that the built-in catalogue has already',
    ]);
    assert.deepEqual(faults({ kinds: [span, span] }), ['`handle/span` is a kind that an entry above has already']);
  });
  it('hostile keys are unknown fields, and nothing is taken from them', () => {
    const { config, problems } = readConfig('{ "__proto__": { "exclude": ["x"] }, "constructor": 1 }', 'c.json');
    assert.equal(problems.length > 0, true);
    assert.deepEqual(config.exclude, []);
    assert.equal(Object.hasOwn(Object.prototype, 'exclude'), false);
  });
});
