/** Alerts in the tree: what is said of them, and what the menus may offer. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { alertNodes } from '../../../src/client/alertNodes';
import type { AlertReport } from '../../../src/report/report';
import { workspace } from '../report/reports';

const now = Date.parse('2026-01-01T12:00:00Z');
const minutes = (count: number) => new Date(now + count * 60_000).toISOString();
const manifest = JSON.parse(readFileSync(resolve(__dirname, '../../../package.json'), 'utf8'));

function alert(changes: Partial<AlertReport> = {}): AlertReport {
  const [example] = workspace([]).alerts;
  return { ...(example ?? assert.fail()), since: minutes(-180), ...changes };
}
const only = (changes: Partial<AlertReport> = {}) => {
  const [node] = alertNodes([alert(changes)], 'agents', now);
  return node ?? assert.fail();
};
const until = (minute: number | null, untilChange = false) => ({
  from: minutes(-1),
  until: minute === null ? null : minutes(minute),
  untilChange,
});

/** Commands that the context menu of a node offers, as its `viewItem` patterns say. */
function offered(context: string): readonly string[] {
  const entries = manifest.contributes.menus['view/item/context'] as { command: string; when: string; group: string }[];
  return entries
    .filter(({ when, group }) => {
      const patterns = [...when.matchAll(/viewItem =~ \/(.*?)\/(?= &&|$)/g)];
      return (
        !group.startsWith('inline') &&
        patterns.length > 0 &&
        patterns.every((pattern) => new RegExp(pattern[1] ?? '').test(context))
      );
    })
    .map(({ command }) => command.slice('sloLens.'.length));
}

describe('alerts in the tree', () => {
  it('stand below their objective while they are pending, firing or snoozed, the most severe first', () => {
    const alerts = [
      alert({ key: 'low', level: 'P2', state: 'pending' }),
      alert({ key: 'high', level: 'P1' }),
      alert({ key: 'quiet', state: 'inactive' }),
      alert({ key: 'asleep', level: 'P3', state: 'inactive', snooze: until(null) }),
      alert({ key: 'else', objective: 'other' }),
    ];
    assert.deepEqual(
      alertNodes(alerts, 'agents', now).map(({ argument }) => argument),
      ['high', 'low', 'asleep'],
    );
  });

  it('say since when, who is on it, for how long it is silent and who silences it', () => {
    assert.equal(only().description, 'firing since 3 h ago');
    assert.equal(
      only({ acknowledgedAt: minutes(-5), snooze: until(58) }).description,
      'firing since 3 h ago, acknowledged, snoozed for 58 min more',
    );
    assert.equal(only({ snooze: until(20 * 60) }).description, 'firing since 3 h ago, snoozed for 20 h more');
    assert.equal(only({ snooze: until(null, true) }).description, 'firing since 3 h ago, snoozed until it changes');
    assert.equal(only({ inhibitedBy: 'p1' }).description, 'firing since 3 h ago, silenced by p1');
    assert.equal(only({ state: 'inactive', snooze: until(null) }).description, 'not firing, snoozed in this workspace');
  });

  it('keep their colour when they are snoozed: it mutes the voice, not the truth', () => {
    assert.deepEqual(
      [only({ snooze: until(null) }).color, only({ snooze: until(null) }).icon],
      ['list.errorForeground', 'bell-slash'],
    );
    assert.equal(only({ state: 'pending' }).color, undefined);
  });

  it('show the text of files as text', () => {
    assert.match(
      only({ displayName: '[x](command:evil)', meaning: '<b>' }).tooltip,
      /\\\[x\\\]\\\(command:evil\\\)[\s\S]*\\<b\\>/,
    );
  });

  it('offer what can be done, and nothing else', () => {
    const firing = ['openAlertCause', 'draftPostMortem', 'acknowledgeAlert', 'snoozeAlert'];
    assert.deepEqual(offered(only().context), firing);
    assert.deepEqual(offered(only({ runbook: 'x.md' }).context), [
      'openAlertCause',
      'openAlertRunbook',
      'draftPostMortem',
      'acknowledgeAlert',
      'snoozeAlert',
    ]);
    assert.deepEqual(offered(only({ snooze: until(5), acknowledgedAt: minutes(0) }).context), [
      'openAlertCause',
      'draftPostMortem',
      'unacknowledgeAlert',
      'unsnoozeAlert',
    ]);
    assert.deepEqual(offered(only({ state: 'inactive', snooze: until(5) }).context), ['unsnoozeAlert']);
    assert.deepEqual(offered('objective'), []);
  });
});
