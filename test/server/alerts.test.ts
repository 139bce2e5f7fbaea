/** Alerts and history over the wire: what people say of them, where they are sent, and the history as a file. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ExportHistoryResult,
  HandleAlertsResult,
  ImportHistoryResult,
  PostMortemResult,
  TestOutputsResult,
} from '../../src/protocol/messages';
import type { WorkspaceReport } from '../../src/report/report';
import { Session } from './session';

/** One HIGH finding: the interval outlives what `destroy` ends. */
const leak = 'export class Clock {\n  start() { setInterval(() => {}, 1); }\n  destroy() { console.log(1); }\n}\n';
const KEY = 'p1-high-leak/memory-high-leaks';

describe('alerts over the wire', function () {
  this.timeout(60_000);
  let storage = '';
  let session: Session;
  const last = (): WorkspaceReport => session.reports.at(-1) ?? assert.fail('no report');
  const alert = (report = last()) => report.alerts.find(({ key }) => key === KEY) ?? assert.fail(KEY);
  const open = async (trusted = true) => {
    session = await Session.open([{ 'src/poll.ts': leak }], {
      storagePath: storage,
      trusted,
      settings: { alertOutputs: [{ type: 'file', path: join(storage, 'alerts.jsonl'), name: 'log' }] },
    });
    await session.until(
      'the leak fires',
      () => session.reports.at(-1)?.alerts.some(({ key, state }) => key === KEY && state === 'firing') ?? false,
    );
  };
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), 'slo-lens-storage-'));
  });
  afterEach(async () => {
    await session.end();
    rmSync(storage, { recursive: true, force: true });
  });

  it('a snooze and an acknowledgement are answered with the report, and there after a restart', async () => {
    await open();
    const until = Date.now() + 3_600_000;
    const { report } = await session.client.sendRequest<HandleAlertsResult>('sloLens/handleAlerts', {
      keys: [KEY],
      act: { kind: 'snooze', until },
    });
    assert.equal(alert(report).snooze?.until, new Date(until).toISOString());
    await session.client.sendRequest('sloLens/handleAlerts', { keys: [KEY], act: { kind: 'acknowledge' } });
    await session.end();
    await open();
    await session.until('it is still known', () => alert().acknowledgedAt !== null);
    assert.ok(alert().snooze);
    const taken = await session.client.sendRequest<HandleAlertsResult>('sloLens/handleAlerts', {
      keys: [KEY],
      act: { kind: 'unsnooze' },
    });
    assert.equal(alert(taken.report).snooze, null);
  });

  it('an alert and a test reach the file of the settings, and the report says so', async () => {
    await open();
    assert.deepEqual(await session.client.sendRequest<TestOutputsResult>('sloLens/testOutputs', {}), { outputs: 1 });
    await session.until(
      'both are written',
      () =>
        last().outputs[0]?.waiting === 0 && readFileSync(join(storage, 'alerts.jsonl'), 'utf8').split('\n').length >= 3,
    );
    const kinds = readFileSync(join(storage, 'alerts.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string; alert: string }).kind);
    assert.ok(kinds.includes('fire') && kinds.includes('test'), kinds.join(' '));
    assert.equal(last().outputs[0]?.failure, null);
  });

  it('the post-mortem of an incident is drafted, and of one that is not known there is none', async () => {
    await open();
    await session.until('the incident is known', () => last().incidents.some(({ key }) => key === KEY));
    await session.client.sendRequest<HandleAlertsResult>('sloLens/handleAlerts', {
      keys: [KEY],
      act: { kind: 'acknowledge' },
    });
    const incident = last().incidents.find(({ key }) => key === KEY) ?? assert.fail(KEY);
    const draft = await session.client.sendRequest<PostMortemResult>('sloLens/postMortem', {
      incidents: [{ key: KEY, begin: incident.begin }],
    });
    assert.equal(draft?.title, 'Post-mortem (draft): HIGH severity memory leak detected');
    assert.match(draft?.markdown ?? '', /HIGH \[src\/poll\.ts:2\]\(\/src\/poll\.ts#L2\)/);
    assert.match(
      draft?.markdown ?? '',
      /\| HIGH severity memory leak detected \(memory-high-leaks\) is acknowledged \|/,
    );
    const none = { incidents: [{ key: KEY, begin: '2000-01-01T00:00:00.000Z' }] };
    assert.equal(await session.client.sendRequest<PostMortemResult>('sloLens/postMortem', none), null);
  });

  it('an untrusted workspace sends nothing', async () => {
    await open(false);
    assert.deepEqual(await session.client.sendRequest<TestOutputsResult>('sloLens/testOutputs', {}), { outputs: 0 });
    assert.throws(() => readFileSync(join(storage, 'alerts.jsonl')), /ENOENT/);
  });

  it('the history is given as a text and taken back, and another text is refused with its reason', async () => {
    await open();
    const { text, problems } = await session.client.sendRequest<ExportHistoryResult>('sloLens/exportHistory', {});
    assert.deepEqual(problems, []);
    assert.match(text, /^\{"format":"slo-lens-history","version":1,/);
    const imported = await session.client.sendRequest<ImportHistoryResult>('sloLens/importHistory', { text });
    assert.deepEqual(imported, { ok: true, message: 'The history was imported; what both know counts once' });
    const refused = await session.client.sendRequest<ImportHistoryResult>('sloLens/importHistory', { text: 'x' });
    assert.deepEqual(refused, { ok: false, message: 'this is no exported history of SLO Lens' });
  });
});
