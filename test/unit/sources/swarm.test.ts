/** The readers against the expected readings of every layout, specimen and vector of the swarm reference. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStatus } from '../../../src/sources/agentStatus';
import { agentFolders } from '../../../src/sources/agents';
import { declaredState } from '../../../src/sources/declaredState';
import { parseJsonValue, scanJsonObjects } from '../../../src/sources/jsonScan';
import { decideLiveness, type Liveness, type LivenessOptions } from '../../../src/sources/liveness';
import { readQueue } from '../../../src/sources/messageQueue';
import { currencyOf, readHashCache } from '../../../src/sources/snapshots';
import { parseTimestamp, type Timestamp } from '../../../src/sources/timestamps';
import { readAgents } from './readAgents';

/** The expected readings are data of many shapes; the assertions are their types. */
// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of a test
type Loose = any;

const root = join(__dirname, '../../fixtures/swarm');
const expected = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8'));
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const options = (timeZone: string): LivenessOptions => ({
  activeMinutes: 15,
  restingMinutes: 60,
  futureToleranceSeconds: 120,
  timeZone,
});

describe('swarm: timestamps', () => {
  for (const vector of expected.vectors.timestamps)
    for (const [zone, key] of [
      ['America/Chicago', 'utcIfChicago'],
      ['UTC', 'utcIfUtc'],
    ] as const)
      it(`${JSON.stringify(vector.value)} in ${zone}`, () => {
        const time = parseTimestamp(vector.value, zone);
        assert.equal(time.precision, vector.precision);
        assert.equal('ms' in time ? iso(time.ms) : null, vector[key]);
      });
  it('moves a time that summer time skips forward, and takes the first of a doubled one', () => {
    assert.equal(
      iso((parseTimestamp('2025-03-09 02:30:00', 'America/Chicago') as { ms: number }).ms),
      '2025-03-09T08:30:00.000Z',
    );
    assert.equal(
      iso((parseTimestamp('2025-10-26 02:30', 'Europe/Berlin') as { ms: number }).ms),
      '2025-10-26T00:30:00.000Z',
    );
  });
});

describe('swarm: declared state', () => {
  for (const vector of expected.vectors.declared)
    it(JSON.stringify(vector.status), () => assert.equal(declaredState(vector.status), vector.declared));
});

describe('swarm: liveness', () => {
  for (const vector of expected.vectors.liveness)
    it(vector.name, () => {
      const text = JSON.stringify({
        agent_id: 'Agent-1',
        status: vector.status,
        ...(vector.phase ? { current_phase: vector.phase } : {}),
        ...(vector.lastUpdated === null ? {} : { last_updated: vector.lastUpdated }),
      });
      const reading = readStatus(text, 'Agent-1', vector.timeZone);
      assert.ok(reading.ok);
      const ms = (value: string | null): number | null => (value === null ? null : Date.parse(value));
      const { content } = reading;
      const result = decideLiveness(
        reading.timestamps,
        content.declared,
        content.restingLimit,
        {
          mtime: ms(vector.mtime),
          git: vector.git,
          lastCommit: ms(vector.lastCommitOfFile),
          allMtimesWithin10s: vector.allMtimesWithin10s,
        },
        Date.parse(vector.now),
        options(vector.timeZone),
      );
      assert.deepEqual(
        {
          lastSeen: iso(result.lastSeen),
          seenBy: result.seenBy,
          active: result.active,
          timeWarnings: result.timeWarnings,
        },
        vector.expected,
      );
    });
});

function checkLiveness(liveness: Liveness | undefined, wanted: Loose, now: number): void {
  assert.ok(liveness);
  const { lastSeen, seenBy, active, timeWarnings } = liveness;
  const age = lastSeen === null ? null : (now - lastSeen) / 60_000;
  assert.deepEqual(
    { lastSeen: iso(lastSeen), seenBy, active, timeWarnings },
    { lastSeen: wanted.lastSeen, seenBy: wanted.seenBy, active: wanted.active, timeWarnings: wanted.timeWarnings },
  );
  // Expected ages have one decimal.
  if (age === null || wanted.ageMinutes === null) assert.equal(age, wanted.ageMinutes);
  else assert.ok(Math.abs(age - wanted.ageMinutes) <= 0.0501, `${age} is not ${wanted.ageMinutes}`);
}

function checkContent(reading: ReturnType<typeof readStatus>, wanted: Record<string, unknown>): void {
  if (wanted.state === 'unreadable') {
    assert.ok(!reading.ok);
    const { kind, line, column, offset } = reading.problem;
    const problem = wanted.problem as {
      kind: string;
      line: number;
      column: number;
      offsetUtf16: number;
      alsoAccept?: readonly { line: number; column: number }[];
    };
    assert.equal(kind, problem.kind);
    const places = [problem, ...(problem.alsoAccept ?? [])].map((place) => `${place.line}:${place.column}`);
    assert.ok(places.includes(`${line}:${column}`), `${line}:${column} not in ${places.join(' ')}`);
    if (!problem.alsoAccept) assert.equal(offset, problem.offsetUtf16);
    return;
  }
  assert.ok(reading.ok, JSON.stringify(reading));
  const { content } = reading;
  for (const key of [
    'state',
    'agentId',
    'statusText',
    'statusFrom',
    'declared',
    'phase',
    'restingLimit',
    'mission',
    'missionFrom',
    'points',
    'openTasks',
    'doneTasks',
  ] as const)
    if (key in wanted) assert.deepEqual(content[key], wanted[key], key);
  if (wanted.duplicateKeys) assert.deepEqual(content.duplicateKeys, wanted.duplicateKeys);
  const problem = wanted.problem as { kind: string; line: number; column: number } | undefined;
  if (problem)
    assert.deepEqual(
      [content.problem?.kind, content.problem?.line, content.problem?.column],
      [problem.kind, problem.line, problem.column],
    );
  if (wanted.warnings)
    assert.deepEqual(
      [...new Set(content.warnings.map((warning) => warning.kind))].sort(),
      [...(wanted.warnings as string[])].sort(),
    );
  for (const [index, wantedTime] of (
    (wanted.timestamps ?? []) as {
      key: string;
      raw: unknown;
      precision: string;
      utc?: string;
      utcIf?: Record<string, string>;
    }[]
  ).entries()) {
    const time: Timestamp | undefined = reading.timestamps[index]?.time;
    const instant = wantedTime.utc ?? wantedTime.utcIf?.['America/Chicago'];
    assert.equal(time && 'ms' in time ? iso(time.ms) : undefined, instant, wantedTime.key);
    assert.deepEqual(
      [reading.timestamps[index]?.key, reading.timestamps[index]?.raw, reading.timestamps[index]?.time.precision],
      [wantedTime.key, wantedTime.raw, wantedTime.precision],
    );
  }
}

describe('swarm: specimens', () => {
  for (const [path, specimen] of Object.entries<Record<string, Loose>>(expected.specimens))
    it(path, () => {
      const text = readFileSync(join(root, 'agent_status', path), 'utf8');
      const asStatus = specimen.readAsStatusFile as Record<string, unknown> | undefined;
      if (asStatus) checkContent(readStatus(text, asStatus.folder as string, 'America/Chicago'), asStatus);
      for (const [zone, wanted] of Object.entries<Loose>(asStatus?.atCommitTime ?? {})) {
        const folder = asStatus?.folder as string;
        const now = Date.parse(specimen.commitTime);
        const facts = { mtime: null, git: 'unknown' as const, lastCommit: null };
        const one = { folder, file: 'status.json', text, facts, lastGood: null };
        checkLiveness(readAgents([one], now, options(zone)).agents[0]?.liveness, wanted, now);
      }
      const asJson = specimen.jsonRead as Record<string, unknown> | undefined;
      if (asJson) {
        const scan = scanJsonObjects(text);
        if (asJson.state === 'unreadable') {
          assert.ok(!scan.ok);
          const problem = asJson.problem as { kind: string; line: number; column: number };
          assert.deepEqual(
            [scan.problem.kind, scan.problem.position.line, scan.problem.position.column],
            [problem.kind, problem.line, problem.column],
          );
        } else {
          assert.ok(scan.ok);
          assert.equal(scan.bom, (asJson.warnings as string[]).includes('bom'));
        }
      }
    });
});

describe('swarm: layouts', () => {
  for (const [name, layout] of Object.entries<Record<string, Loose>>(expected.layouts)) {
    const base = join(root, 'agent_status', name);
    const directories = readdirSync(join(base, 'agent_workspaces'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const read = (zone: string, evidence: string, now: number) =>
      readAgents(
        agentFolders(directories).map((folder) => {
          const wanted = layout.agents.find((agent: { folder: string }) => agent.folder === folder);
          const clean = evidence === 'git-clean';
          return {
            folder,
            file: `agent_workspaces/${folder}/status.json`,
            text: readFileSync(join(base, 'agent_workspaces', folder, 'status.json'), 'utf8'),
            facts: {
              mtime: clean ? now + 60_000 : null,
              git: clean ? ('clean' as const) : ('unknown' as const),
              lastCommit: clean ? Date.parse(wanted.lastCommitOfFile) : null,
            },
            lastGood: null,
          };
        }),
        now,
        options(zone),
      );
    describe(name, () => {
      it('lists the agents and reads each file', () => {
        const { agents, tasks } = read('America/Chicago', 'fields-only', Date.parse(layout.commitTime));
        assert.equal(agents.length, layout.workspaces);
        for (const wanted of layout.agents) {
          const agent = agents.find((one) => one.folder === wanted.folder);
          assert.ok(agent?.content, wanted.folder);
          const text = readFileSync(join(base, 'agent_workspaces', wanted.folder, 'status.json'), 'utf8');
          const status = readStatus(text, wanted.folder, 'America/Chicago');
          checkContent(status, wanted);
          assert.deepEqual(agent.content, status.ok && status.content);
        }
        const declared: Record<string, number> = {};
        for (const { content } of agents)
          if (content) declared[content.declared] = (declared[content.declared] ?? 0) + 1;
        assert.deepEqual(declared, layout.declared);
        assert.deepEqual(tasks, layout.taskShare ? { done: layout.taskShare.done, open: layout.taskShare.open } : null);
      });
      for (const reading of layout.readings)
        it(`${reading.label} ${reading.now} ${reading.timeZone} ${reading.evidence}`, () => {
          const { agents, active } = read(reading.timeZone, reading.evidence, Date.parse(reading.now));
          assert.equal(active, reading.active);
          assert.deepEqual(
            agents.filter((agent) => agent.liveness.active).map((agent) => agent.folder),
            reading.activeAgents,
          );
          for (const [folder, wanted] of Object.entries<Loose>(reading.agents ?? {}))
            checkLiveness(agents.find((agent) => agent.folder === folder)?.liveness, wanted, Date.parse(reading.now));
        });
    });
  }
});

describe('swarm: file times of a copy', () => {
  const minute = 60_000;
  const now = Date.parse('2025-10-17T01:00:00Z');
  const folder = (number: number, mtime: number, extra: object = {}) => ({
    folder: `Agent-${number}`,
    file: `agent_workspaces/Agent-${number}/status.json`,
    text: JSON.stringify({ agent_id: `Agent-${number}`, status: 'ACTIVE' }),
    facts: { mtime, git: 'unknown' as const, lastCommit: null, ...extra },
    lastGood: null,
  });
  it('stay ignored when one file is written after the copy', () => {
    const copied = [1, 2, 3, 4].map((number) => folder(number, now - 5 * minute));
    assert.equal(readAgents(copied, now, options('UTC')).active, 0);
    const reading = readAgents([...copied.slice(0, 3), folder(4, now - minute)], now, options('UTC'));
    assert.deepEqual(
      reading.agents.filter((agent) => agent.liveness.active).map((agent) => agent.folder),
      ['Agent-4'],
    );
  });
  it('an unreadable file proves no write of the agent', () => {
    const good = readStatus('{"agent_id":"Agent-1","status":"ACTIVE"}', 'Agent-1', 'UTC');
    assert.ok(good.ok);
    const broken = {
      ...folder(1, now),
      text: '{',
      lastGood: good,
      facts: { mtime: now, git: 'modified' as const, lastCommit: null, seenChangeAt: now },
    };
    const [agent] = readAgents([broken], now, options('UTC')).agents;
    assert.deepEqual(
      [agent?.reading, agent?.liveness.active, agent?.problem?.line, agent?.problem?.column],
      ['old', false, 1, 2],
    );
  });
});

describe('swarm: snapshots', () => {
  const hashes = JSON.parse(readFileSync(join(root, 'snapshots/source_hashes.json'), 'utf8'));
  const parsed = parseJsonValue(readFileSync(join(root, 'snapshots/main_b206a4da/dependency_cache.json'), 'utf8'));
  const cache = parsed.ok ? readHashCache(parsed.value) : null;
  for (const ref of ['seed', 'main', 'develop'])
    it(`currency at ${ref}`, () => {
      assert.ok(cache);
      const sources = new Map<string, { lf: string; crlf: string }>();
      const present = new Set<string>();
      for (const [path, entry] of Object.entries<Record<string, Loose>>(hashes.paths)) {
        if (entry[ref] === undefined) continue;
        const pair = entry.h[entry[ref]];
        sources.set(path, typeof pair === 'string' ? { lf: pair, crlf: pair } : { lf: pair[0], crlf: pair[1] });
        present.add(path);
      }
      const result = currencyOf(sources, cache, (path) => present.has(path));
      const wanted = expected.snapshots.currency[ref];
      assert.deepEqual(
        [result.sources, result.current, result.changed, result.unscanned],
        [wanted.sources, wanted.current, wanted.changed, wanted.unscanned],
      );
      assert.equal((Math.floor(1000 * (result.share ?? 0) + 0.5) / 10).toFixed(1), wanted.percent.toFixed(1));
      for (const { extension, current, sources: all } of result.byExtension)
        assert.deepEqual([current, all], wanted.byExtension[extension]);
    });
});

describe('swarm: message queue', () => {
  const now = Date.parse('2025-10-16T20:15:36Z');
  it('counts the entries of main by status, and the latencies of what was delivered', () => {
    const wanted = expected.sloSources['message_queue_main.json'];
    const reading = readQueue(
      readFileSync(join(root, 'slo_sources/message_queue_main.json'), 'utf8'),
      'queue.json',
      now,
      'America/Chicago',
    );
    assert.equal(reading.entries, wanted.entries);
    assert.deepEqual({ ...reading.byStatus }, { DELIVERED: 4, PROCESSING: 200, PENDING: 40 });
    const latencies = reading.events.flatMap((event) =>
      event.fields.outcome === 'delivered' ? [event.fields.latency_ms as number] : [],
    );
    assert.deepEqual(
      latencies.map((latency) => Math.round(latency)).sort((a, b) => a - b),
      wanted.latencyMs.map((latency: number) => Math.round(latency)).sort((a: number, b: number) => a - b),
    );
    assert.equal(reading.stuck, 240);
  });
  it('reads the ten completed messages of V1', () => {
    const folder = join(root, 'slo_sources/v1_queue_completed');
    const latencies = readdirSync(folder).flatMap((file) =>
      readQueue(readFileSync(join(folder, file), 'utf8'), file, now, 'UTC').events.map(
        (event) => event.fields.latency_ms as number,
      ),
    );
    assert.equal(latencies.length, 10);
    assert.ok(Math.min(...latencies) > 1213 && Math.max(...latencies) < 2315);
  });
  it('reads an empty queue and a broken one', () => {
    assert.deepEqual(readQueue('[]', 'q.json', now, 'UTC').entries, 0);
    assert.deepEqual(readQueue('[{"a":1,', 'q.json', now, 'UTC').problems, [
      { kind: 'truncated', message: 'The file ends in the middle of a value', file: 'q.json', line: 1, column: 9 },
    ]);
  });
});
