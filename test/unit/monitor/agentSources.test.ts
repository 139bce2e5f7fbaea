/** Agents of several data sources and roots together: each once, ids apart, and what did not change is the same object. */
import assert from 'node:assert/strict';
import {
  type AgentsBefore,
  addAgents,
  agentsReading,
  filesOfAgents,
  type SourceAgents,
} from '../../../src/monitor/agentSources';
import type { DataSourceDefinition } from '../../../src/slo/definition/model';
import type { AgentsReading } from '../../../src/sources/agents';
import { defaultLiveness } from '../../../src/sources/liveness';
import { readAgents } from '../sources/readAgents';

const now = Date.parse('2026-05-01T12:00:00Z');
const rootOf = (name: string) => ({ name, uri: `file:///${name}`, path: `/${name}` });
const reading = (folders: readonly string[], fileOf = (folder: string) => `${folder}.json`, status = 'ACTIVE') =>
  readAgents(
    folders.map((folder) => ({
      folder,
      file: fileOf(folder),
      text: `{"agent_id":"${folder}","status":"${status}","current_mission":"m","last_updated":"2026-05-01T11:59:00Z"}`,
      facts: { mtime: null, git: 'unknown' as const, lastCommit: null },
      lastGood: null,
    })),
    now,
    { ...defaultLiveness, timeZone: 'UTC' },
  );
const of = (source: string, root: string, agents: AgentsReading): SourceAgents => ({
  source,
  root: rootOf(root),
  reading: agents,
});
const shown = (...sources: readonly (readonly SourceAgents[])[]): readonly SourceAgents[] => {
  const all: SourceAgents[] = [];
  for (const own of sources) addAgents(all, own);
  return all;
};
const idsOf = (all: readonly SourceAgents[]): readonly string[] =>
  all.flatMap(({ reading: { agents } }) => agents.map(({ id }) => id));

describe('agents of several data sources', () => {
  const source: DataSourceDefinition = {
    name: 's',
    displayName: 's',
    description: '',
    type: 'AgentStatusFiles',
    connectionDetails: { files: ['*.json'] },
    place: { file: 'slo.yaml', line: 0, column: 0, endLine: 0, endColumn: 0 },
  };

  it('one source in one root is shown as it was read', () => {
    const own = of('s', 'w', reading(['a', 'b']));
    assert.equal(shown([own])[0], own);
  });

  it('ids are apart over roots, look after look by the same objects', () => {
    const own = [of('s', 'v', reading(['a', 'b'])), of('s', 'w', reading(['a', 'c']))];
    const all = shown(own);
    assert.deepEqual(idsOf(all), ['a', 'b', 'a w/a.json', 'c']);
    assert.equal(new Set(idsOf(all)).size, 4);
    assert.equal(shown(own)[1]?.reading.agents[0], all[1]?.reading.agents[0]);
    assert.equal(all[1]?.reading.active, 2);
  });

  it('what two sources both read is shown once, also where its id was told apart', () => {
    const twice = reading(['a', 'b']);
    const again = reading(['a', 'b']);
    const all = shown(
      [
        of(
          's',
          'v',
          reading(['a'], () => 'other.json'),
        ),
        of('s', 'w', twice),
      ],
      [of('t', 'w', twice)],
      [of('u', 'w', again)],
      [of('x', 'w', reading(['b', 'd']))],
    );
    assert.deepEqual(idsOf(all), ['a', 'a w/a.json', 'b', 'd']);
    assert.deepEqual(
      all.map(({ source: name }) => name),
      ['s', 's', 'x'],
    );
    assert.deepEqual([all[2]?.reading.active, all[2]?.reading.warnings], [1, 0]);
  });

  it('records and files that say the same are those of before; one that changed is new', () => {
    const look = (agents: readonly SourceAgents[], before: AgentsBefore) => ({
      files: filesOfAgents(source, agents, before),
      reading: agentsReading(source, agents, now, before),
    });
    const recordsOf = (made: ReturnType<typeof look>) => (made.reading.kind === 'entities' ? made.reading.records : []);
    const w = rootOf('w');
    const swarm = reading(['a', 'b'], () => 'both.json');
    const agents = [{ source: 's', root: w, reading: swarm }];
    const first = look(agents, { files: undefined, reading: undefined });
    assert.deepEqual(first.files, [{ root: w, path: 'both.json' }], 'a file of several once');
    const same = look([{ source: 's', root: w, reading: swarm }], first);
    assert.equal(recordsOf(same), recordsOf(first));
    assert.equal(same.files, first.files);
    const [a, b] = swarm.agents;
    assert.ok(a?.content && b);
    const named = (load: number) => ({ ...a, content: { ...a.content, fields: { load } } }) as typeof a;
    const changed = look([{ source: 's', root: w, reading: { ...swarm, agents: [named(1), b] } }], same);
    assert.equal(recordsOf(changed)[0]?.fields.load, 1);
    assert.equal(recordsOf(changed)[1], recordsOf(first)[1]);
    assert.equal(changed.files, first.files);
    const again = look([{ source: 's', root: w, reading: { ...swarm, agents: [named(1), b] } }], changed);
    assert.equal(recordsOf(again)[0], recordsOf(changed)[0]);
    const other = look([{ source: 's', root: w, reading: { ...swarm, agents: [named(2), b] } }], again);
    assert.equal(recordsOf(other)[0]?.fields.load, 2);
    const less = look([{ source: 's', root: w, reading: { ...swarm, agents: [] } }], other);
    assert.deepEqual([less.files, recordsOf(less)], [[], []]);
  });
});
