/** Hints of the editor's watcher: what the definition names and what another window says is looked at at once, not at the next tick. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { Session } from './session';

const leak = 'export class Clock {\n  start() { setInterval(() => {}, 1); }\n  destroy() { console.log(1); }\n}\n';
const KEY = 'p1-high-leak/memory-high-leaks';
/** Far below the half minute after which the server looks by itself. */
const soonMs = 5_000;

const fleet = (files: string): string => `apiVersion: openslo/v1
kind: DataSource
metadata: { name: beats }
spec: { type: AgentStatusFiles, connectionDetails: { files: [${files}], heartbeat: /seen } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: fleet }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: alive }
spec:
  service: fleet
  indicator:
    metadata: { name: i }
    spec:
      thresholdMetric:
        metricSource: { metricSourceRef: beats, spec: { query: count, where: { active: true } } }
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives: [{ op: gte, value: 1, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }]
`;
const beat = (ago: number): string => JSON.stringify({ seen: Date.now() - ago });

describe('hints of the watcher', function () {
  this.timeout(60_000);
  let storage = '';
  const sessions: Session[] = [];
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), 'slo-lens-storage-'));
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.end();
    rmSync(storage, { recursive: true, force: true });
  });
  const open = async (files: Readonly<Record<string, string>>, storagePath?: string): Promise<Session> => {
    const session = await Session.open([files], { watches: true, ...(storagePath ? { storagePath } : {}) });
    sessions.push(session);
    await session.until('the scan', () => session.health.some(({ state }) => state === 'ready'));
    return session;
  };

  it('a snooze in one window is there at once in the other', async () => {
    const [one, two] = [await open({ 'a.ts': leak }, storage), await open({ 'a.ts': leak }, storage)];
    const said = (session: Session): boolean =>
      session.reports.at(-1)?.alerts.some(({ key, snooze }) => key === KEY && snooze !== null) ?? false;
    const file = join(storage, 'slo', 'alert-handling.json');
    await two.until('its file is watched', () =>
      [...two.watched.values()]
        .flat()
        .some(({ baseUri, pattern }) => join(URI.parse(baseUri).fsPath, pattern) === file),
    );
    await one.until(
      'the leak fires',
      () => one.reports.at(-1)?.alerts.some(({ key, state }) => key === KEY && state === 'firing') ?? false,
    );
    await one.client.sendRequest('sloLens/handleAlerts', {
      keys: [KEY],
      act: { kind: 'snooze', until: Date.now() + 3_600_000 },
    });
    await one.until('its own snooze', () => said(one), soonMs);
    assert.equal(said(two), false);
    await two.hint(file);
    await two.until('the snooze', () => said(two), soonMs);
    await two.client.sendRequest('sloLens/handleAlerts', { keys: [KEY], act: { kind: 'unsnooze' } });
    await one.hint(file);
    await one.until('its end', () => !said(one), soonMs);
  });

  it('the files of the definition are watched, and no others once it has changed', async () => {
    const session = await open({
      '.slo-lens/slo.yaml': fleet('".heartbeats/*.json"'),
      '.heartbeats/a.json': beat(3_600_000),
    });
    const patterns = (): readonly string[] => [...session.watched.values()].flat().map(({ pattern }) => pattern);
    await session.until('they are watched', () => patterns().length > 0);
    assert.deepEqual(patterns(), ['.heartbeats/*.json']);
    const [registered] = session.watched.values();
    assert.equal(URI.parse(registered?.[0]?.baseUri ?? '').fsPath, session.folders[0]);
    const value = (): number | null | undefined => session.reports.at(-1)?.services[0]?.objectives[0]?.value;
    assert.equal(value(), 0);
    session.write('.heartbeats/a.json', beat(0));
    await session.changed('.heartbeats/a.json');
    await session.until('the sign of life', () => value() === 1, soonMs);
    session.write('.slo-lens/slo.yaml', fleet('"beats/**"'));
    await session.changed('.slo-lens/slo.yaml');
    await session.until('the other files', () => patterns().join() === 'beats/**', soonMs);
  });
});
