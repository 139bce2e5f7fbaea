/** Alerts on the page: what was said of them, what can be done, and where they are sent. */
import assert from 'node:assert/strict';
import { act } from '../../../src/dashboard/view';
import { currentAlerts } from '../../../src/page/alerts';
import { FIRST_VIEW, type PageAction, type PageContext } from '../../../src/page/context';
import { type El, h, textOf } from '../../../src/page/element';
import { incidentsSection } from '../../../src/page/incidents';
import { clockface } from '../../../src/page/words';
import type { IncidentReport } from '../../../src/report/historyReport';
import type { AlertReport, WorkspaceReport } from '../../../src/report/report';
import { workspace } from '../report/reports';

const now = Date.parse('2026-01-01T12:00:00Z');

function alert(changes: Partial<AlertReport> = {}): AlertReport {
  const [example] = workspace([]).alerts;
  return { ...(example ?? assert.fail()), ...changes };
}

function shown(changes: Partial<WorkspaceReport>, interactive = true): El {
  const context: PageContext = {
    report: workspace([], changes),
    now,
    view: FIRST_VIEW,
    clock: clockface('UTC'),
    interactive,
  };
  return h('div', {}, currentAlerts(context));
}

function acts(element: El | string): readonly string[] {
  if (typeof element === 'string') return [];
  const action = element.attributes['data-action'];
  const own = action === undefined ? [] : [(JSON.parse(action) as { readonly act: string }).act];
  return [...own, ...element.children.flatMap(acts)];
}

describe('alerts on the page', () => {
  it('say what was said of them, and offer what is left to do', () => {
    const snooze = { from: '2026-01-01T11:00:00Z', until: '2026-01-01T13:00:00Z', untilChange: false };
    const said = shown({ alerts: [alert({ acknowledgedAt: '2026-01-01T11:30:00Z', snooze, meaning: 'spends 2%' })] });
    assert.match(textOf(said), /firing, acknowledged, snoozed until .*13:00/);
    assert.match(textOf(said), /spends 2%/);
    assert.deepEqual(acts(said), ['openAlertCause', 'unacknowledgeAlert', 'unsnoozeAlert']);
    const fresh = shown({ alerts: [alert({ runbook: 'docs/run.md' })] });
    assert.deepEqual(acts(fresh), ['openAlertCause', 'acknowledgeAlert', 'snoozeAlert', 'openAlertRunbook']);
  });

  it('stay listed while they are snoozed, though they do not fire', () => {
    const snooze = { from: '2026-01-01T11:00:00Z', until: null, untilChange: true };
    const quiet = shown({ alerts: [alert({ state: 'inactive', snooze }), alert({ key: 'b', state: 'inactive' })] });
    assert.match(textOf(quiet), /not firing, snoozed until it changes/);
    assert.deepEqual(acts(quiet), ['unsnoozeAlert']);
  });

  it('offer nothing in a file, where nothing can be clicked', () => {
    const file = shown({ alerts: [alert()] }, false);
    assert.deepEqual(acts(file), []);
    assert.doesNotMatch(JSON.stringify(file), /data-vscode-context/);
  });

  it('say where they are sent and what went wrong, as text', () => {
    const failure = { at: '2026-01-01T11:58:00Z', message: '<b>nothing listens there</b>' };
    const sent = shown({
      alerts: [],
      outputs: [{ name: 'hook', type: 'webhook', waiting: 3, sentAt: null, failure, lost: 2 }],
    });
    assert.match(textOf(sent), /hook–3.*2 min ago: <b>nothing listens there<\/b> \(2 lost\)/);
  });
});

describe('incidents on the page', () => {
  const incident: IncidentReport = {
    key: 'few/agents',
    policy: 'few',
    displayName: 'Few',
    objective: 'agents',
    level: 'P1',
    begin: '2026-01-01T11:00:00Z',
    end: null,
    endedUnwatched: false,
    valueText: '5 agents',
  };
  const section = (interactive: boolean): El =>
    incidentsSection({
      report: workspace([], { incidents: [incident], alerts: [] }),
      now,
      view: { ...FIRST_VIEW, window: '1d' },
      clock: clockface('UTC'),
      interactive,
    });
  const buttons = (element: El | string): readonly El[] =>
    typeof element === 'string'
      ? []
      : [...(element.tag === 'button' ? [element] : []), ...element.children.flatMap(buttons)];

  it('offer the draft of a post-mortem each, by keyboard too, and none in a file', () => {
    const [button] = buttons(section(true));
    assert.equal(textOf(button ?? ''), 'Draft post-mortem');
    assert.match(button?.attributes['aria-label'] ?? '', /^Draft post-mortem: Few, 1 Jan 2026, 11:00$/);
    const action = JSON.parse(button?.attributes['data-action'] ?? '') as PageAction;
    assert.deepEqual(action, { type: 'postMortem', key: incident.key, begin: incident.begin } satisfies PageAction);
    assert.deepEqual(act(FIRST_VIEW, action), { view: FIRST_VIEW, send: action });
    assert.doesNotMatch(JSON.stringify(section(false)), /postMortem|Draft/);
  });
});
