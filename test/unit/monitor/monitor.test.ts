/** The application over a file system in memory and a clock that is told the time: what it claims, and when it stays silent. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { cacheFileOf } from '../../../src/monitor/cacheFolder';
import { Monitor } from '../../../src/monitor/monitor';
import type { MonitorSettings } from '../../../src/monitor/monitorSettings';
import type { Cancellation, CommandRunner } from '../../../src/monitor/ports';
import { walkRoot } from '../../../src/monitor/walk';
import type { ObjectiveReport, WorkspaceReport } from '../../../src/report/report';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never: Cancellation = { isCancelled: () => false };
const always: Cancellation = { isCancelled: () => true };
const start = Date.parse('2026-05-01T12:00:00Z');
const minute = 60_000;
const leak = 'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n';
const status = (at: number): string => JSON.stringify({ status: 'ACTIVE', last_updated: new Date(at).toISOString() });
const event = (at: number, outcome: string, id: number): string =>
  JSON.stringify({ message_id: `e${id}`, ts: new Date(at).toISOString(), outcome, latency_ms: 10 });

describe('monitor', () => {
  let fs: MemoryFileSystem;
  let clock: FakeClock;
  beforeEach(() => {
    fs = new MemoryFileSystem();
    fs.now = start - 10 * minute;
    clock = new FakeClock(start);
    clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
    fs.folder('/w');
  });
  const settings: MonitorSettings = {
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
  };
  const monitor = (more: Partial<MonitorSettings> = {}, runner?: CommandRunner): Monitor =>
    new Monitor(
      {
        fs,
        clock,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        git: { forFiles: async () => null },
        runner: runner ?? { run: () => Promise.reject(new Error('no command is expected')) },
        toUri: (path) => `file://${path}`,
      },
      { ...settings, ...more },
    );
  const read = async (one: Monitor): Promise<WorkspaceReport> => {
    await one.scan(never);
    return one.read(never);
  };
  const objective = (report: WorkspaceReport, name: string): ObjectiveReport => {
    const found = report.services.flatMap((service) => service.objectives).find((candidate) => candidate.name === name);
    assert.ok(found, name);
    return found;
  };

  it('code under a second name is analysed once, and dependencies not through a link', async () => {
    fs.write('/w/src/a.ts', leak);
    fs.write('/w/node_modules/p/index.js', leak);
    fs.link('/w/alias', '/w/src');
    fs.link('/w/zz', '/w/src');
    fs.link('/w/src/other.ts', '/w/src/a.ts');
    fs.link('/w/dependency', '/w/node_modules/p');
    fs.link('/w/src/self', '/w/src');
    const { code } = await read(monitor());
    assert.deepEqual([code.files.analysed, code.findings.map(({ place }) => place.path)], [1, ['src/a.ts']]);
    const walk = await walkRoot(fs, '/w', [], never);
    assert.deepEqual(
      walk.linked.filter((file) => file.path === 'alias/a.ts').map((file) => file.real),
      ['src/a.ts'],
    );
  });

  it('of what was read before nothing is kept but the last good readings', async () => {
    setFlagsFromString('--expose_gc');
    const collect = runInNewContext('gc') as () => void;
    fs.write('/w/a.ts', leak);
    const m = monitor();
    const sourcesOf = (): object => (m as unknown as { readonly sources: object }).sources;
    await read(m);
    const first = new WeakRef(sourcesOf());
    for (let look = 0; look < 3; look++) await m.read(never);
    // A reference that was looked at in this turn lives until its end.
    await new Promise((done) => setImmediate(done));
    collect();
    assert.equal(first.deref(), undefined);
    assert.ok(sourcesOf());
  });

  it('the share of tasks that stands in for their success is as old as the newest sign of life of those who count them', async () => {
    const tasks = (at: number, open: number, done: number): string =>
      JSON.stringify({
        status: 'ACTIVE',
        last_updated: new Date(at).toISOString(),
        current_tasks: Array(open).fill('t'),
        completed_tasks: Array(done).fill('t'),
      });
    fs.now = start - 400 * 1440 * minute;
    fs.write('/w/agent_workspaces/Agent-1/status.json', tasks(fs.now - 60 * minute, 5, 5));
    fs.write('/w/agent_workspaces/Agent-2/status.json', tasks(fs.now, 1, 1));
    const share = objective(await read(monitor()), 'agent-task-completion');
    assert.deepEqual(
      [share.state, share.evidence.observedAt, share.evidence.places.map(({ path }) => path)],
      [
        'violating',
        new Date(start - 400 * 1440 * minute).toISOString(),
        ['agent_workspaces/Agent-1/status.json', 'agent_workspaces/Agent-2/status.json'],
      ],
    );
    assert.match(share.evidence.source, /^share done \(stand-in\): agent_workspaces/);
  });

  it('the built-in definition is apt where the workspace has something of a swarm', async () => {
    fs.write('/w/a.ts', leak);
    assert.equal((await read(monitor())).definition.isApt, false);
    fs.write('/w/agent_workspaces/Agent-1/status.json', status(fs.now));
    assert.equal((await read(monitor())).definition.isApt, true);
  });

  it('a definition somebody wrote is apt, whatever feeds it', async () => {
    fs.write('/w/.slo-lens/slo.yaml', DEFAULT_DEFINITION_TEXT);
    assert.equal((await read(monitor())).definition.isApt, true);
  });

  it('a definition behind a link inside the root is read, once', async () => {
    fs.write('/w/config/slo.yaml', DEFAULT_DEFINITION_TEXT);
    fs.link('/w/.slo-lens/slo.yaml', '/w/config/slo.yaml');
    fs.link('/w/.slo-lens/again.slo.yaml', '/w/config/slo.yaml');
    const { definition } = await read(monitor());
    assert.deepEqual([definition.source, definition.state, definition.places.length], ['workspace', 'ok', 1]);
  });

  it('a change of a count is logged once, however often it is looked at while it is new', async () => {
    const alive = (count: number) => {
      for (let agent = 1; agent <= 9; agent++)
        fs.write(
          `/w/agent_workspaces/Agent-${agent}/status.json`,
          status(agent <= count ? clock.time : start - 99 * minute),
        );
    };
    const one = monitor();
    const looks = async (count: number, times: number) => {
      for (let time = 0; time < times; time++) {
        clock.time += 20_000;
        fs.now = clock.time;
        alive(count);
        await one.walk(never);
        await one.read(never);
      }
    };
    await looks(9, 6);
    await looks(8, 6);
    await looks(9, 6);
    assert.deepEqual(
      one
        .report()
        .activity.filter(({ kind }) => kind === 'alert-edge')
        .map(({ text }) => /\((.*)\)$/.exec(text)?.[1])
        .reverse(),
      ['agent-availability: 8 agents, by -1', 'agent-availability: 9 agents, by 1'],
    );
  });

  it('a cancelled scan changes no figure', async () => {
    fs.write('/w/a.ts', leak);
    fs.write('/w/b.ts', 'export {};');
    const one = monitor();
    const before = await read(one);
    fs.write('/w/c.ts', leak);
    await one.scan(always);
    const after = await one.read(never);
    assert.deepEqual([after.code.files.analysed, after.code.state], [2, 'complete']);
    assert.equal(after.code.scannedAt, before.code.scannedAt);
    assert.equal(objective(after, 'memory-medium-leaks').valueText, objective(before, 'memory-medium-leaks').valueText);
    // In the midst of the files.
    let cancelled = false;
    fs.onAccess = (what, path) => {
      if (what === 'stat' && path === '/w/a.ts') cancelled = true;
    };
    await one.scan({ isCancelled: () => cancelled });
    assert.equal((await one.read(never)).code.files.analysed, 2);
  });

  it('a first scan that is cancelled is no scan', async () => {
    fs.write('/w/a.ts', leak);
    const one = monitor();
    let stats = 0;
    fs.onAccess = (what) => {
      if (what === 'stat') stats++;
    };
    await one.scan({ isCancelled: () => stats > 0 });
    const report = await one.read(never);
    assert.deepEqual([report.code.state, objective(report, 'memory-high-leaks').state], ['not-scanned', 'no_data']);
  });

  it('a file that vanishes while it is scanned is left out; one that cannot be read is named', async () => {
    for (const name of ['a', 'b', 'c']) fs.write(`/w/${name}.ts`, leak);
    fs.faults.set('/w/b.ts', 'EACCES');
    fs.onAccess = (what, path) => {
      if (what === 'read' && path === '/w/a.ts') fs.delete('/w/a.ts');
    };
    const report = await read(monitor());
    assert.deepEqual([report.code.state, report.code.files.analysed], ['complete', 1]);
    assert.deepEqual(
      report.problems.filter((problem) => problem.kind === 'unreadable').map((problem) => problem.place?.path),
      ['b.ts'],
    );
  });

  it('a broken definition without a good one before judges nothing', async () => {
    fs.write('/w/a.ts', 'export const x = setTimeout;');
    fs.write('/w/agent_workspaces/Agent-1/status.json', status(start));
    fs.write('/w/.slo-lens/slo.yaml', 'apiVersion: openslo/v1\nkind: SLO\n');
    const one = monitor();
    const report = await read(one);
    assert.equal(report.definition.state, 'invalid');
    const states = report.services.flatMap((service) => service.objectives.map(({ state }) => state));
    assert.ok(states.length > 0 && states.every((state) => state === 'error'));
    assert.deepEqual([report.headline.text, report.headline.worst, report.headline.met], ['no data', 'error', 0]);
    fs.write('/w/.slo-lens/slo.yaml', DEFAULT_DEFINITION_TEXT);
    assert.equal(objective(await read(one), 'memory-high-leaks').state, 'meeting');
  });

  it('an agent falls silent on time, without any event', async () => {
    fs.write('/w/agent_workspaces/Agent-1/status.json', status(start - 5 * minute), start - 5 * minute);
    const one = monitor();
    assert.equal((await read(one)).agents.active, 1);
    const next = one.nextChange();
    assert.equal(next, start + 10 * minute + 1);
    clock.time = (next ?? 0) - 1;
    assert.equal((await one.read(never)).agents.active, 1);
    clock.time = next ?? 0;
    const silent = await one.read(never);
    assert.equal(silent.agents.active, 0);
    assert.equal(objective(silent, 'agent-availability').state, 'violating');
    // Nobody is left to fall silent; what is due next is the announcement of the alert.
    assert.equal(one.nextChange(), (next ?? 0) + 30_000);
    clock.time = (next ?? 0) + 30_001;
    await one.read(never);
    assert.equal(one.nextChange(), null);
  });

  it('alerts of a start are announced together, later ones at once, each of them once', async () => {
    const one = monitor();
    fs.write('/w/src/a.ts', leak);
    fs.write('/w/agent_workspaces/Agent-1/status.json', status(start));
    const first = await read(one);
    assert.deepEqual(first.announcements, [], 'its companions may still come');
    for (let minutes = 1; minutes <= 3; minutes++) {
      clock.time = start + minutes * minute;
      fs.write('/w/agent_workspaces/Agent-1/status.json', status(clock.time));
      await one.read(never);
    }
    const firing = one.report().alerts.filter(({ state, inhibitedBy }) => state === 'firing' && inhibitedBy === null);
    const announced = one.report().announcements.filter(({ kind }) => kind === 'fire');
    assert.deepEqual(
      announced.flatMap(({ alerts }) => alerts).sort(),
      firing
        .filter(({ level }) => level !== 'P3')
        .map(({ key }) => key)
        .sort(),
    );
    assert.equal(new Set(one.report().announcements.map(({ id }) => id)).size, one.report().announcements.length);
  });

  it('a source that fails keeps its last good reading for a while, then is an error, never fine', async () => {
    const log = '/w/runtime/messages.jsonl';
    const lines = Array.from({ length: 30 }, (_, index) => event(start - minute * index, 'delivered', index));
    fs.write(log, `${lines.join('\n')}\n`);
    const one = monitor();
    const first = objective(await read(one), 'messaging-success-rate');
    assert.equal(first.state, 'meeting', first.stateReason);
    fs.faults.set(log, 'EIO');
    clock.time += 10 * minute;
    const kept = objective(await read(one), 'messaging-success-rate');
    assert.match(kept.stateReason, /last good reading/);
    clock.time += 90 * minute;
    assert.equal(objective(await read(one), 'messaging-success-rate').state, 'error');
  });

  it('with several roots every place names the root it is in', async () => {
    for (const root of ['/w', '/v']) fs.write(`${root}/message_queue/queue.json`, '[]');
    fs.write('/v/message_queue/queue.json', '{"broken": ');
    fs.write('/v/.slo-lens/slo.yaml', `${DEFAULT_DEFINITION_TEXT}\nbroken: [`);
    const report = await read(
      monitor({
        roots: [
          { name: 'w', uri: 'file:///w', path: '/w' },
          { name: 'v', uri: 'file:///v', path: '/v' },
        ],
      }),
    );
    const uris = report.problems.map((problem) => problem.place?.uri);
    assert.ok(uris.includes('file:///v/.slo-lens/slo.yaml'), uris.join());
    fs.delete('/v/.slo-lens');
    const mended = await read(
      monitor({
        roots: [
          { name: 'w', uri: 'file:///w', path: '/w' },
          { name: 'v', uri: 'file:///v', path: '/v' },
        ],
      }),
    );
    assert.deepEqual(
      mended.problems.map((problem) => problem.place?.uri),
      ['file:///v/message_queue/queue.json'],
    );
    assert.deepEqual(
      objective(mended, 'messaging-success-rate').evidence.places.map((place) => place.path),
      ['w/message_queue/queue.json', 'v/message_queue/queue.json'],
    );
  });

  it('a source file that cannot be read counts against the currency of snapshots', async () => {
    const hash = '900150983cd24fb0d6963f7d28e17f72';
    for (const name of ['a', 'b']) fs.write(`/w/${name}.py`, 'abc');
    fs.write('/w/dependency_cache.json', JSON.stringify({ 'a.py': hash, 'b.py': hash }));
    const one = monitor();
    assert.equal((await read(one)).snapshots.currency?.share, 1);
    const other = monitor();
    fs.faults.set('/w/b.py', 'EACCES');
    // Its time and size are still known.
    const { stat } = fs;
    Object.assign(fs, {
      stat: async (path: string) =>
        path === '/w/b.py' ? { ok: true, value: { kind: 'file', size: 3, mtimeMs: 1 } } : stat(path),
    });
    assert.equal((await read(other)).snapshots.currency?.share, 0.5);
  });

  describe('cache', () => {
    const cached = { cacheFolder: '/cache' };
    const readsOf = (path: string): number => fs.reads.filter((one) => one === path).length;

    it('is taken up by the next process, for files that have not changed', async () => {
      fs.write('/w/a.ts', leak);
      fs.write('/w/b.ts', leak);
      const first = await read(monitor(cached));
      fs.reads.length = 0;
      const second = await read(monitor(cached));
      assert.deepEqual([readsOf('/w/a.ts'), readsOf('/w/b.ts')], [0, 0]);
      assert.deepEqual(second.code.findings, first.code.findings);
      fs.write('/w/b.ts', 'export {};', start - minute);
      const third = await read(monitor(cached));
      assert.deepEqual([readsOf('/w/a.ts'), readsOf('/w/b.ts'), third.code.findings.length], [0, 1, 1]);
    });

    it('of other options is not taken', async () => {
      fs.write('/w/a.ts', leak);
      await read(monitor(cached));
      const report = await read(monitor({ ...cached, severityOverrides: { 'listener/interval': 'high' } }));
      assert.equal(report.code.counts.high, 1);
    });

    it('that is damaged or cannot be written does no harm', async () => {
      fs.write('/w/a.ts', leak);
      fs.write('/w/b.ts', leak);
      await read(monitor(cached));
      const file = cacheFileOf(fs, '/cache', '/w');
      const written = await fs.read(file, 1_000_000);
      assert.ok(written.ok, 'the cache is where it is looked for');
      const whole = Uint8Array.from(written.value);
      const cut = Array.from({ length: 20 }, (_, index) => whole.slice(0, Math.floor((whole.length * index) / 20)));
      const flipped = Array.from({ length: 40 }, (_, index) => {
        const copy = whole.slice();
        const at = Math.floor((copy.length * index) / 40);
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      });
      for (const bytes of ['', '{', 'null', '[]', '{"key":1}\n', '\n\n', ...cut, ...flipped]) {
        fs.write(file, bytes);
        const report = await read(monitor(cached));
        assert.equal(report.code.findings.length, 2);
        const mended = await fs.read(file, 1_000_000);
        assert.ok(mended.ok && Buffer.compare(mended.value, whole) === 0, 'it is whole again');
      }
      fs.faults.set(file, 'ENOSPC');
      fs.write('/w/c.ts', leak);
      assert.equal((await read(monitor(cached))).code.findings.length, 3);
    });

    it('a file that was rewritten with its old size and time is read again', async () => {
      fs.write('/w/a.ts', leak);
      await read(monitor(cached));
      const same = leak.replace('setInterval(', 'setTimeout( ');
      assert.equal(same.length, leak.length);
      // Within what the times of files can tell apart.
      fs.write('/w/a.ts', same, clock.time);
      const m = monitor(cached);
      await read(m);
      fs.write('/w/a.ts', leak, clock.time);
      assert.equal((await read(m)).code.findings.length, 1);
      clock.advance(60_000);
      await read(m);
      fs.reads.length = 0;
      await read(m);
      assert.equal(readsOf('/w/a.ts'), 0, 'once its time has settled it counts');
    });

    it('settings that change amid a scan leave no verdict of before', async () => {
      for (let index = 0; index < 5; index++) fs.write(`/w/${index}.ts`, leak);
      const m = monitor(cached);
      let reads = 0;
      fs.onAccess = (what, path) => {
        if (what === 'read' && path.endsWith('.ts') && ++reads === 3)
          m.setSettings({ ...settings, ...cached, severityOverrides: { '*': 'off' } });
      };
      await m.scan(never);
      assert.equal(m.report().code.state, 'not-scanned');
      fs.onAccess = () => undefined;
      assert.deepEqual((await read(m)).code.findings, []);
      assert.deepEqual(
        (await read(monitor({ ...cached, severityOverrides: { '*': 'off' } }))).code.findings,
        [],
        'nor in the cache',
      );
    });

    it('what a killed process had scanned is taken up', async () => {
      for (let index = 0; index < 40; index++) fs.write(`/w/${index}.ts`, leak);
      fs.onAccess = (what) => {
        if (what === 'read') clock.time += 2_000;
      };
      const killed = monitor(cached);
      let isCancelled = false;
      await killed.scan({ isCancelled: () => isCancelled }, (share) => {
        // No word is said after this.
        if (share > 0.7) isCancelled = true;
      });
      fs.onAccess = () => undefined;
      const had = [...Array(40).keys()].filter((index) => readsOf(`/w/${index}.ts`) > 0).length;
      assert.ok(had > 20 && had < 40);
      fs.reads.length = 0;
      assert.equal((await read(monitor(cached))).code.findings.length, 40);
      const again = [...Array(40).keys()].filter((index) => readsOf(`/w/${index}.ts`) > 0).length;
      assert.ok(again < 25, `${again} read again`);
    });
  });

  describe('refresh', () => {
    const ok = { exitCode: 0, output: 'done', durationMs: 1, outcome: 'ok' } as const;

    it('runs the commands in order up to the first that fails, then reads again; figures stay', async () => {
      fs.write('/w/a.ts', leak);
      const ran: string[] = [];
      const one = monitor(
        { refreshCommands: ['one', 'two', 'three'] },
        {
          run: async (command) => {
            ran.push(command);
            return command === 'two' ? { ...ok, exitCode: 2, output: 'no tool', outcome: 'failed' } : ok;
          },
        },
      );
      const before = await read(one);
      const { refresh, headline, activity } = await one.refresh(never);
      assert.deepEqual(ran, ['one', 'two']);
      assert.deepEqual(
        [refresh.state, refresh.commands.map((command) => command.outcome), refresh.commands[1]?.output],
        ['failed', ['ok', 'failed', 'skipped'], 'no tool'],
      );
      assert.match(refresh.message, /`two` ended with exit code 2/);
      assert.equal(headline.text, before.headline.text);
      assert.equal(activity[0]?.kind, 'refresh-failed');
    });

    it('a runner that throws is a failed refresh, not one that runs for ever', async () => {
      const { refresh } = await monitor(
        { refreshCommands: ['x'] },
        {
          run: () => Promise.reject(new Error('no shell')),
        },
      ).refresh(never);
      assert.deepEqual([refresh.state, refresh.commands[0]?.output], ['failed', 'no shell']);
    });

    it('says running while the commands run', async () => {
      let during = '';
      const one: Monitor = monitor(
        { refreshCommands: ['x'] },
        {
          run: async () => {
            during = one.report().refresh.state;
            return ok;
          },
        },
      );
      assert.deepEqual([(await one.refresh(never)).refresh.state, during], ['ok', 'running']);
    });

    it('runs no command without trust, and asks git nothing', async () => {
      fs.write('/w/agent_workspaces/Agent-1/status.json', status(start));
      let asked = 0;
      const one = new Monitor(
        {
          fs,
          clock,
          logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
          git: {
            forFiles: async () => {
              asked++;
              return null;
            },
          },
          runner: { run: () => Promise.reject(new Error('run')) },
          toUri: (path) => path,
        },
        {
          roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
          trusted: false,
          minConfidence: 'medium',
          exclude: [],
          severityOverrides: {},
          agents: {},
          refreshCommands: ['x'],
          refreshTimeoutSeconds: 1,
          cacheFolder: null,
          history: null,
          definitionFiles: [],
        },
      );
      const { refresh } = await one.refresh(never);
      assert.deepEqual([refresh.commands[0]?.outcome, asked], ['skipped', 0]);
    });
  });
});
