/** What "no data" says would feed an objective is true: written as it says, each of the thirteen gets data. */
import assert from 'node:assert/strict';
import { objectiveTooltip } from '../../../src/client/words';
import { Monitor } from '../../../src/monitor/monitor';
import type { Cancellation } from '../../../src/monitor/ports';
import { sloText } from '../../../src/report/sloText';
import { noStyle } from '../../../src/report/style';
import { builtInDefinition } from '../../../src/slo/builtInDefinition';
import { feedOf } from '../../../src/slo/feeding';
import { sourcesOf } from '../../../src/slo/indicator';
import { FakeClock, MemoryFileSystem } from '../monitor/memoryFileSystem';

const never: Cancellation = { isCancelled: () => false };
const START = Date.parse('2026-05-01T12:00:00Z');
const definition = builtInDefinition();

function monitorOver(fs: MemoryFileSystem): Monitor {
  const clock = new FakeClock(START);
  clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
  return new Monitor(
    {
      fs,
      clock,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      git: { forFiles: async () => null },
      runner: { run: () => Promise.reject(new Error('no command is expected')) },
      toUri: (path) => `file://${path}`,
    },
    {
      roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
      trusted: true,
      minConfidence: 'medium',
      exclude: [],
      severityOverrides: {},
      agents: { timeZone: 'UTC' },
      refreshCommands: [],
      refreshTimeoutSeconds: 5,
      cacheFolder: null,
      history: null,
      definitionFiles: [],
    },
  );
}

/** A path that the glob matches. */
function pathOf(glob: string, index: number): string {
  return glob
    .replace('*', index === 0 ? '' : `-${index}`)
    .replace(/\{([^,}]*)[^}]*\}/, '$1')
    .replace('*', String(index));
}

/** The example of the objective's feed, as often and as spread as it says it needs to be, written to a file it names. */
function feed(fs: MemoryFileSystem, name: string): void {
  const objective = definition.objectives.find((one) => one.name === name);
  const source = definition.sources.find((one) => objective && one.name === sourcesOf(objective).at(-1));
  assert.ok(objective && source);
  const glob = feedOf(objective, source, '').files[0] ?? '';
  const path = `/w/${pathOf(glob, 0)}`;
  if (source.type === 'AgentStatusFiles')
    fs.write(
      `/w/${glob.replace('*', 'Agent-1')}`,
      JSON.stringify({ status: 'ACTIVE', last_updated: new Date(START).toISOString() }),
    );
  else if (source.type === 'LeakFindings') fs.write('/w/a.ts', 'export const a = 1;\n');
  else if (source.type === 'SnapshotFiles')
    fs.write(path, '{"a":1,"padding":"so that it is no empty file ........................"}', START - 60_000);
  else {
    const count = Math.max(objective.minEvents, 10);
    const lines = Array.from({ length: count }, (_, i) => {
      const at = new Date(START - (count - 1 - i) * 120_000).toISOString();
      const { example } = feedOf(objective, source, at);
      assert.ok(example, name);
      return example.replace('"m-1"', `"m-${i}"`);
    });
    fs.write(path, path.endsWith('.jsonl') ? `${lines.join('\n')}\n` : (lines.at(-1) ?? ''));
  }
}

describe('what would feed an objective', () => {
  for (const { name } of definition.objectives)
    it(`${name}: said in tree, panel and text, and true`, async () => {
      const fs = new MemoryFileSystem();
      fs.now = START;
      fs.folder('/w');
      const one = monitorOver(fs);
      await one.scan(never);
      const empty = await one.read(never);
      const before = empty.services.flatMap(({ objectives }) => objectives).find((each) => each.name === name);
      assert.ok(before);
      assert.equal(before.state, 'no_data');
      assert.ok(before.wouldFeed && before.wouldFeed.length > 20, before.wouldFeed ?? '');
      assert.match(objectiveTooltip(before, START), /Would be fed by/);
      const chosen = { ...empty, definition: { ...empty.definition, isApt: true } };
      assert.match(sloText(chosen, noStyle), /would be fed by/);
      feed(fs, name);
      await one.scan(never);
      const fed = (await one.read(never)).services
        .flatMap(({ objectives }) => objectives)
        .find((each) => each.name === name);
      assert.ok(fed && fed.state !== 'no_data' && fed.state !== 'error', `${fed?.state}: ${fed?.stateReason}`);
      assert.equal(fed.wouldFeed, null);
    });
});
