/** While the first scan runs, the views have what is known without code, and then what was found so far. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFileSystem } from '../../src/monitor/node/nodePorts';
import type { WorkspaceReport } from '../../src/report/report';
import { clean, leak, Session } from './session';

describe('the first scan', function () {
  this.timeout(30_000);
  let session: Session;
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });

  before(async () => {
    session = await Session.open(
      [
        {
          'a.ts': leak,
          'b.ts': clean,
          'c.ts': leak,
          'agent_workspaces/Agent-1/status.json': JSON.stringify({
            agent_id: 'Agent-1',
            status: 'ACTIVE',
            last_updated: '2026-01-01T00:00:00Z',
          }),
        },
      ],
      {
        ports: {
          fs: {
            ...nodeFileSystem,
            read: async (path, maxBytes) => {
              if (path.endsWith('b.ts')) await sleep(1_700);
              if (path.endsWith('c.ts')) await held;
              return nodeFileSystem.read(path, maxBytes);
            },
          },
        },
      },
    );
  });
  after(async () => {
    goOn();
    await session.end();
  });

  it('shows agents and objectives at once, then findings as they come, and is never green before its end', async () => {
    await session.until('a report', () => session.reports.length > 0);
    const [early] = session.reports;
    assert.deepEqual([early?.code.state, early?.code.scannedAt, early?.code.findings.length], ['scanning', null, 0]);
    assert.equal(early?.agents.agents.length, 1);
    const partial = (): WorkspaceReport | undefined =>
      session.reports.find(({ code }) => code.state === 'scanning' && code.findings.length === 1);
    await session.until('what was found so far', () => partial() !== undefined);
    assert.equal(partial()?.code.files.analysed, 2);
    const memory = partial()?.services.find(({ displayName }) => displayName === 'Memory Safety')?.objectives ?? [];
    assert.equal(memory.length, 4);
    for (const { state } of memory) assert.equal(state, 'no_data');
    goOn();
    await session.until('the whole report', () => session.report.code.state === 'complete');
    assert.equal(session.report.code.findings.length, 2);
    assert.equal(session.report.code.files.analysed, 3);
  });
});
