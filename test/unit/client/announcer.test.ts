/** What a window shows of the announcements, and what it keeps for later. */
import assert from 'node:assert/strict';
import { Announcer } from '../../../src/client/announcer';
import type { AlertReport, AnnouncementReport } from '../../../src/report/report';
import { workspace } from '../report/reports';

const loud = { notify: true, quiet: false };
const quiet = { notify: true, quiet: true };
let ids = 0;

function said(
  kind: AnnouncementReport['kind'],
  level: AnnouncementReport['level'],
  ...alerts: readonly string[]
): AnnouncementReport {
  return {
    id: `${++ids}`,
    at: '2026-01-01T00:00:00Z',
    kind,
    level,
    text: `${kind} ${alerts.join(' ')}`,
    alerts,
    runbook: null,
  };
}

function alert(key: string, changes: Partial<AlertReport> = {}): AlertReport {
  const [example] = workspace([]).alerts;
  return { ...(example ?? assert.fail()), key, displayName: key, ...changes };
}

/** A report; announcements are listed the newest first. */
const report = (announcements: readonly AnnouncementReport[], alerts: readonly AlertReport[] = []) =>
  workspace([], { announcements: announcements.toReversed(), alerts });
const texts = (shown: readonly AnnouncementReport[]) => shown.map(({ text }) => text);

describe('notifications', () => {
  it('are each shown once: P1 as it comes, P2 once until the window closes, P3 never', () => {
    const announcer = new Announcer();
    const all = [said('fire', 'P1', 'a'), said('fire', 'P2', 'b'), said('fire', 'P3', 'c')];
    assert.deepEqual(texts(announcer.update(report(all), loud)), ['fire a', 'fire b']);
    assert.deepEqual(announcer.update(report(all), loud), []);
    const again = [...all, said('fire', 'P1', 'a'), said('fire', 'P2', 'b')];
    assert.deepEqual(texts(announcer.update(report(again), loud)), ['fire a']);
  });

  it('are not shown of a definition that nobody chose and that nothing but code feeds', () => {
    const announcer = new Announcer();
    const one = report([said('fire', 'P1', 'a')]);
    const unasked = { ...one, definition: { ...one.definition, isApt: false } };
    assert.deepEqual(announcer.update(unasked, loud), []);
    assert.deepEqual(texts(announcer.update(report([said('fire', 'P1', 'b')]), loud)), ['fire b']);
  });

  it('tell the end of a P1 whose beginning was shown, and of nothing else', () => {
    const announcer = new Announcer();
    const first = [said('fire', 'P1', 'a'), said('fire', 'P2', 'b')];
    announcer.update(report(first), loud);
    const ends = [...first, said('resolve', 'P1', 'a'), said('resolve', 'P2', 'b'), said('resolve', 'P1', 'other')];
    assert.deepEqual(texts(announcer.update(report(ends), loud)), ['resolve a']);
  });

  it('are held back while it must be quiet; then one tells what still fires and is not snoozed', () => {
    const announcer = new Announcer();
    const all = [
      said('fire', 'P2', 'a'),
      said('fire', 'P1', 'b', 'c'),
      said('fire', 'P1', 'd'),
      said('resolve', 'P1', 'd'),
      said('fire', 'P3', 'e'),
    ];
    const snooze = { from: '2026-01-01T00:00:00Z', until: null, untilChange: false };
    const alerts = [alert('a'), alert('b'), alert('c', { snooze }), alert('d', { state: 'inactive' }), alert('e')];
    assert.deepEqual(announcer.update(report(all, alerts), quiet), []);
    const shown = announcer.update(report(all, alerts), loud);
    assert.deepEqual(
      shown.map(({ text, level, alerts: keys }) => [text, level, keys]),
      [['2 SLO alerts firing (a, b)', 'P1', ['a', 'b']]],
    );
    assert.deepEqual(announcer.update(report(all, alerts), loud), []);
  });

  it('say nothing afterwards of what is over, nor of what fired while they were off', () => {
    const announcer = new Announcer();
    const one = [said('fire', 'P1', 'a')];
    announcer.update(report(one, [alert('a')]), quiet);
    assert.deepEqual(announcer.update(report(one, [alert('a', { state: 'inactive' })]), loud), []);
    const two = [...one, said('fire', 'P1', 'b')];
    assert.deepEqual(announcer.update(report(two, [alert('b')]), { notify: false, quiet: false }), []);
    assert.deepEqual(announcer.update(report(two, [alert('b')]), loud), []);
  });
});
