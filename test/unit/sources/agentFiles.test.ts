/** Agents of other layouts (swarm reference, section 10): pointers name what the swarm's layout knows by itself. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameOfFile, readAgentFile } from '../../../src/sources/agentFiles';
import { agentLayout } from '../../../src/sources/agentLayout';
import type { GoodStatus, StatusContent } from '../../../src/sources/agentStatus';

type Details = Readonly<Record<string, unknown>>;

type Content = StatusContent & Pick<GoodStatus, 'timestamps'>;

function agents(details: Details, file: string, value: unknown): readonly (readonly [string, Content])[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const read = readAgentFile(text, file, agentLayout(details), 'UTC');
  assert.ok(read.ok, JSON.stringify(read));
  return read.agents.map(({ folder, status }) => {
    assert.ok(status.ok);
    return [folder, { ...status.content, timestamps: status.timestamps }] as const;
  });
}
function only(details: Details, file: string, value: unknown): readonly [string, Content] {
  const [first, ...others] = agents(details, file, value);
  assert.ok(first && others.length === 0);
  return first;
}
const at = (content: Pick<GoodStatus, 'timestamps'>): readonly (number | null)[] =>
  content.timestamps.map(({ time }) => (time.precision === 'instant' || time.precision === 'no-zone' ? time.ms : null));
const noon = Date.UTC(2026, 4, 1, 12);

describe('agent files: layouts', () => {
  it('a file per agent, named by a key of its own', () => {
    const details = { files: ['docs/agent-status/*-status.json'], id: '/agent' };
    const [id, content] = only(details, 'docs/agent-status/rita-status.json', {
      agent: 'Rita',
      last_updated: '2026-05-01T12:00:00Z',
      status: 'blocked',
      current_tasks: [{ id: 1 }, { id: 2 }],
    });
    assert.deepEqual([id, content.declared, content.openTasks, at(content)], ['Rita', 'blocked', 2, [noon]]);
    assert.deepEqual(content.warnings, []);
  });

  it('heartbeats: the name of the file, seconds since 1970, and words of their own', () => {
    const details = {
      files: ['.heartbeats/*.json'],
      heartbeat: '/last_beat',
      states: { active: ['review'], resting: 'idle', blocked: ['Waiting for Review'], offline: [0, false] },
    };
    const read = (status: unknown): readonly unknown[] => {
      const [id, content] = only(details, '.heartbeats/a7.json', { status, last_beat: noon / 1000 });
      return [id, content.declared, content.restingLimit, ...at(content)];
    };
    assert.deepEqual(read('Idle'), ['a7', 'resting', true, noon]);
    assert.deepEqual(read('waiting for review'), ['a7', 'blocked', false, noon]);
    assert.deepEqual(read('review - of the week'), ['a7', 'active', false, noon]);
    assert.deepEqual(read(false), ['a7', 'offline', false, noon]);
    assert.deepEqual(read('done'), ['a7', 'complete', false, noon]);
  });

  it('a map of agents: its keys name them, also where an entry is nothing but a time', () => {
    const map = {
      agents: { 'a/1': { status: 'busy', seen: noon }, b: { status: 'idle' }, __proto__x: { status: 'off' } },
    };
    const details = { files: '.claude-flow/agents.json', agents: ['/list', '/agents'], heartbeat: { time: '/seen' } };
    assert.deepEqual(
      agents(details, '.claude-flow/agents.json', map).map(([id, content]) => [id, content.declared, ...at(content)]),
      [
        ['a/1', 'active', noon],
        ['b', 'idle'],
        ['__proto__x', 'unknown'],
      ],
    );
    const beats = { files: 'heartbeat.json', agents: '', heartbeat: '' };
    assert.deepEqual(
      agents(beats, 'heartbeat.json', { lead: '2026-05-01T12:00:00Z', qa: 'never' }).map(([id, one]) => [
        id,
        ...at(one),
      ]),
      [
        ['lead', noon],
        ['qa', null],
      ],
    );
  });

  it('a list of agents in YAML, nested keys, fields of its own, and the place of what is wrong', () => {
    const details = {
      files: 'fleet.yaml',
      agents: '/fleet',
      id: '/meta/id',
      state: '/run/phase',
      heartbeat: ['/run/none', '/run/seen'],
      fields: { team: '/meta/team', cost: '/run/cost' },
    };
    const text = `fleet:
  - meta: { id: one, team: red }
    run: { phase: running, seen: 2026-05-01T12:00:00Z, cost: 1.5 }
  - meta: { team: blue }
    run:
      phase: crashed
      seen: yesterday
`;
    const [first, second] = agents(details, 'fleet.yaml', text);
    assert.deepEqual(first?.[1].fields && { ...first[1].fields }, { team: 'red', cost: 1.5 });
    assert.deepEqual([first?.[0], first?.[1].declared, second?.[1].declared], ['one', 'active', 'error']);
    assert.deepEqual(
      second?.[1].warnings.map(({ kind, line, column }) => [kind, line, column]),
      [
        ['no-agent-id', 4, 5],
        ['timestamp-unparsable', 7, 13],
      ],
    );
    assert.equal(second?.[0], 'fleet-2');
    assert.deepEqual([first?.[1].at?.line, second?.[1].at?.line], [2, 4]);
    const [, json] = agents({ files: 'a.json', agents: '/a' }, 'a.json', '{ "a": {\n  "x": {},\n  "y": {}\n} }');
    assert.deepEqual([json?.[1].at?.line, json?.[1].at?.column], [3, 3]);
  });

  it('without pointers it looks where swarms write; the newest of their times counts later', () => {
    const [id, content] = only({ files: ['crew/*/state.json'] }, 'crew/Anna/state.json', {
      state: 'WORKING',
      last_seen: '2026-05-01T11:00:00Z',
      ts: noon,
    });
    assert.deepEqual(
      [id, content.declared, content.statusFrom, at(content)],
      ['Anna', 'active', 'state', [noon - 3_600_000, noon]],
    );
  });

  it('of a list of pointers the first that is there counts, even where it says nothing', () => {
    const [, content] = only({ files: '*.json', heartbeat: ['/a', '/b'] }, 'x.json', { a: 'soon', b: noon });
    assert.deepEqual(at(content), [null]);
    const [, none] = only({ files: '*.json', heartbeat: ['/a', '/b'] }, 'x.json', { a: {}, b: noon });
    assert.deepEqual(
      none.warnings.map(({ kind }) => kind),
      ['no-status', 'no-timestamp'],
    );
  });

  it('broken texts are faults with their place, and a second object is told', () => {
    const layout = agentLayout({ files: '*.json' });
    const fault = (text: string, file = 'a.json', one = layout): unknown => {
      const read = readAgentFile(text, file, one, 'UTC');
      return read.ok ? null : [read.problem.kind, read.problem.line, read.problem.column];
    };
    assert.deepEqual(fault('{"a": 1,\n "b"'), ['truncated', 2, 5]);
    assert.deepEqual(fault('[1, 2'), ['truncated', 1, 6]);
    assert.deepEqual(fault('a: [1', 'a.yaml')?.toString().split(',')[0], 'syntax');
    assert.deepEqual(fault('{"x": 1}', 'a.json', agentLayout({ files: '*.json', agents: '/agents' })), [
      'no-agents',
      1,
      1,
    ]);
    const [, two] = only({ files: '*.json' }, 'a.json', '{"status":"idle"}\n{"status":"busy"}');
    assert.deepEqual([two.declared, two.problem?.kind], ['active', 'several-documents']);
  });

  it('names a file by its folder or itself', () => {
    assert.deepEqual(
      [
        nameOfFile('a/b.c.json', 'fileName'),
        nameOfFile('a/b.json', 'parentDirectory'),
        nameOfFile('b.json', 'parentDirectory'),
      ],
      ['b.c', 'a', 'b'],
    );
  });

  it('no text and no pointer makes it throw', () => {
    const pointer = fc.constantFrom('', '/', '/a', '/__proto__', '/constructor/name', '/0', '/a/0/b', '/~0~1');
    fc.assert(
      fc.property(
        fc.record({
          files: fc.constant('*.json'),
          agents: fc.option(pointer, { nil: undefined }),
          id: pointer,
          state: pointer,
          heartbeat: pointer,
        }),
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom('a.json', 'a.yaml'),
        (details, text, file) => {
          const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
          const read = readAgentFile(text, file, agentLayout(given), 'UTC');
          if (read.ok) for (const { status } of read.agents) assert.ok(status.ok && status.content.declared.length > 0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
