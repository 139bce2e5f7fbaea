/** The draft of a post-mortem: what the records say, what nobody knows, and nothing that people have to say. */
import assert from 'node:assert/strict';
import { beganMeanwhile } from '../../../src/page/overlap';
import { clockface } from '../../../src/page/words';
import type { HistoryReport, IncidentReport } from '../../../src/report/historyReport';
import { postMortem } from '../../../src/report/postMortem';
import { recordedSpan } from '../../../src/report/recordedSpan';
import type { WorkspaceReport } from '../../../src/report/report';
import { objective, place, workspace } from './reports';

const utc = clockface('UTC');
const MINUTE = 60_000;
/** When the report is made. */
const NOW = '2025-10-06T20:30:00.000Z';
const at = (minutesAgo: number): string => new Date(Date.parse(NOW) - minutesAgo * MINUTE).toISOString();

function incident(changes: Partial<IncidentReport> = {}): IncidentReport {
  return {
    key: 'few/agents',
    policy: 'few',
    displayName: 'Fewer than 6 agents active',
    objective: 'agents',
    level: 'P1',
    begin: at(40),
    end: at(10),
    endedUnwatched: false,
    valueText: '5 agents',
    ...changes,
  };
}

/** An hour in steps of a minute: good, then bad from 42 to 12 minutes ago, with silence and a gap in it. */
function history(changes: Partial<HistoryReport> = {}): HistoryReport {
  const letters = Array.from({ length: 60 }, (_, index) => {
    const ago = 60 - index;
    return ago <= 30 && ago > 25 ? 'n' : ago <= 20 && ago > 18 ? '.' : ago <= 42 && ago > 12 ? 'b' : 'g';
  });
  return {
    measure: 'value',
    measureText: 'agents, the worst of each step',
    limit: 8,
    better: 'higher',
    budget: 'judged',
    own: '1h',
    windows: [
      {
        key: '1h',
        label: '1 hour',
        from: at(60),
        stepMinutes: 1,
        states: letters.join(''),
        measured: letters.map((letter, index) => (letter === 'g' ? 12 : letter === 'b' ? 4 + (index % 2) : null)),
        remaining: letters.map((_, index) => 0.9 - index * 0.01),
        summary: '',
      },
    ],
    ...changes,
  };
}

function reportWith(changes: Partial<WorkspaceReport> = {}, own = objective({ history: history() })): WorkspaceReport {
  return workspace([own], { incidents: [incident()], activity: [], ...changes });
}

function draft(report: WorkspaceReport, incidents = report.incidents): string {
  return (postMortem(report, incidents, utc) ?? assert.fail('no draft')).markdown;
}

/** The lines below a heading. */
function section(markdown: string, heading: string): string {
  const [, rest] = markdown.split(`\n## ${heading}\n`);
  return (rest ?? assert.fail(`no section ${heading}`)).split('\n## ')[0] ?? '';
}

describe('draft of a post-mortem', () => {
  it('says when it began and ended, in which zone, how long it took, how severe it was and what it was about', () => {
    const text = draft(reportWith());
    assert.match(text, /^# Post-mortem \(draft\): Fewer than 6 agents active\n/);
    assert.match(text, /Times are those of UTC/);
    const summary = section(text, 'Summary');
    assert.match(summary, /Severity P1 \(P1 is the most severe/);
    assert.match(
      summary,
      /\| P1 \| Fewer than 6 agents active \| Agents: active count \| 6 Oct 2025, 19:50 \(2025-10-06T19:50:00Z\) \| 6 Oct 2025, 20:20 .* \| 30 min \| 5 agents \|/,
    );
    const zone = postMortem(reportWith(), reportWith().incidents, clockface('America/New_York'))?.markdown ?? '';
    assert.match(zone, /America\/New\\_York/);
    assert.match(zone, /6 Oct 2025, 15:50 \(2025-10-06T19:50:00Z\)/);
  });

  it('has the definition, the record of then and the figures of now, each with its source, age and way of counting', () => {
    const observed = section(draft(reportWith()), 'What was observed');
    assert.match(
      observed,
      /\*\*Definition\*\* \(as it is now; Built-in definition\): target \\>= 8 agents active; .*rolling 30d; source Agent status files/,
    );
    assert.match(
      observed,
      /\*\*Alert\*\* Fewer than 6 agents active \(P1\): fires when value &lt; 6 \(as defined now\)/,
    );
    assert.match(observed, /\*\*Value that fired\*\* .*: 5 agents \(recorded by the alert\)/);
    assert.match(
      observed,
      /4 agents at worst; a miss in 21 of 31 steps of 1 min; counted: agents, the worst of each step \(source: the history/,
    );
    assert.match(
      observed,
      /\*\*Now\*\* \(6 Oct 2025, 20:30\): violating; 2 agents; source Agent status files, 5 min old; counted: fresh and not declared off/,
    );
    assert.match(
      observed,
      /which need not be what it was then:\n {2}- \[Agent-1\]\(\/agent_workspaces\/Agent-1\/status\.json#L3\) silent/,
    );
  });

  it('says how much of the error budget was spent, exact to the step, and when that is not known', () => {
    assert.match(
      draft(reportWith()),
      /Error budget\*\*: 31 points spent; 71% left before it, 40% at its end, exact to 1 min/,
    );
    const first = draft(reportWith({ incidents: [incident({ begin: at(60) })] }));
    assert.match(first, /spent is not known; left before it not known, at its end 40%/);
    assert.match(draft(reportWith({}, objective({ history: history({ budget: null }) }))), /none; nothing may fail/);
    const recovered = history();
    const [window] = recovered.windows;
    const rising = {
      ...recovered,
      windows: [
        {
          ...(window ?? assert.fail()),
          remaining: recovered.windows[0]?.remaining.map((_, index) => index / 100) ?? [],
        },
      ],
    };
    assert.match(draft(reportWith({}, objective({ history: rising }))), /nothing spent on balance/);
  });

  it('names every stretch without data, and what ended while nobody watched', () => {
    const unknown = section(
      draft(reportWith({ incidents: [incident({ endedUnwatched: true })] })),
      'What is not known',
    );
    assert.match(unknown, /Agents: active count: no data between 6 Oct 2025, 20:00 and 6 Oct 2025, 20:05/);
    assert.match(
      unknown,
      /nothing was recorded \(nobody watched, or there were no events\) between 6 Oct 2025, 20:10 and 6 Oct 2025, 20:12/,
    );
    assert.match(unknown, /Fewer than 6 agents active: when it really ended; nobody watched/);
    const older = section(draft(reportWith({ incidents: [incident({ begin: at(90) })] })), 'What is not known');
    assert.match(older, /its record begins at 6 Oct 2025, 19:30/);
    for (const none of [objective(), objective({ history: history({ windows: [] }) })]) {
      const text = draft(reportWith({}, none));
      assert.match(section(text, 'What is not known'), /what it measured in this time was not recorded/);
      assert.match(text, /nothing; no history of this objective reaches it/);
    }
  });

  it('tells what happened in order: alerts, what people said of them, refreshes; each once', () => {
    const other = incident({ key: 'slow/agents', displayName: 'Slow', level: 'P2', begin: at(50), end: at(20) });
    const report = reportWith({
      incidents: [incident(), other],
      alerts: [],
      activity: [
        { at: at(5), kind: 'refresh-ok', text: 'a refresh after it' },
        { at: at(10), kind: 'alert-resolve', text: 'P1 Fewer than 6 agents active resolved (agents: 9 agents)' },
        { at: at(15), kind: 'refresh-failed', text: 'Refresh failed' },
        { at: at(25), kind: 'alert-flapping', text: 'P2 Slow keeps firing and resolving' },
        { at: at(30), kind: 'alert-acknowledge', text: 'Fewer than 6 agents active (agents) is acknowledged' },
        // A session that does not remember tells of it as new.
        { at: at(35), kind: 'alert-fire', text: 'P1 Fewer than 6 agents active fired (agents: 4 agents)' },
        { at: at(40), kind: 'alert-fire', text: 'P1 Fewer than 6 agents active fired (agents: 5 agents)' },
      ],
    });
    const rows = section(draft(report, [incident()]), 'Timeline')
      .split('\n')
      .filter((line) => /^\| \d/.test(line));
    assert.deepEqual(
      rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''))),
      [
        [
          '6 Oct 2025, 19:50',
          'P2 Slow was firing already, since 6 Oct 2025, 19:40 (Agents: active count) (another alert)',
        ],
        ['6 Oct 2025, 19:50', 'P1 Fewer than 6 agents active fired (Agents: active count: 5 agents)'],
        ['6 Oct 2025, 20:00', 'Fewer than 6 agents active (agents) is acknowledged'],
        ['6 Oct 2025, 20:05', 'P2 Slow keeps firing and resolving'],
        ['6 Oct 2025, 20:10', 'P2 Slow ended (another alert)'],
        ['6 Oct 2025, 20:15', 'Refresh failed'],
        ['6 Oct 2025, 20:20', 'P1 Fewer than 6 agents active ended'],
      ],
    );
  });

  it('knows of an acknowledgement and a snooze of an earlier session, and of an alert that goes on', () => {
    const [alert] = workspace([]).alerts;
    const text = draft(
      reportWith({
        incidents: [incident({ end: null })],
        alerts: [
          {
            ...(alert ?? assert.fail()),
            acknowledgedAt: at(20),
            snooze: { from: at(15), until: null, untilChange: true },
          },
        ],
      }),
    );
    assert.match(section(text, 'Timeline'), /20:10 \| P1 Fewer than 6 agents active was acknowledged/);
    assert.match(section(text, 'Timeline'), /20:15 \| P1 Fewer than 6 agents active was snoozed/);
    assert.match(section(text, 'Summary'), /still firing \| 40 min so far/);
  });

  it('leaves to people what only people know', () => {
    const text = draft(reportWith());
    for (const heading of ['Impact', 'Root cause', 'What went well', 'What went badly'])
      assert.match(section(text, heading).trim(), /^_To be filled in\. [^\n]*\?_$/, heading);
    assert.match(
      section(text, 'Action items'),
      /^\n_To be filled in\._\n\n\| action \| owner \| due \|\n\|---\|---\|---\|\n\| \| \| \|\n$/,
    );
  });

  it('of several that overlap is one draft, with each in its own time', () => {
    const other = incident({
      key: 'slow/latency',
      objective: 'latency',
      displayName: 'Slow',
      level: 'P2',
      begin: at(30),
    });
    const long = incident({ key: 'old/agents', displayName: 'Old', begin: at(600), end: null });
    const before = incident({ key: 'gone/agents', displayName: 'Gone', begin: at(700), end: at(500) });
    const all = [other, incident(), long, before];
    const now = Date.parse(NOW);
    assert.deepEqual(
      beganMeanwhile(all, all[1] ?? assert.fail(), now),
      [other],
      'what had long been firing is another matter',
    );
    assert.deepEqual(beganMeanwhile(all, long, now), [all[1], other]);
    const text = draft(reportWith({ incidents: all }), [incident(), other]);
    assert.match(text, /^# Post-mortem \(draft\): Fewer than 6 agents active and 1 alert more\n/);
    assert.match(text, /### latency\n\nThe definition in force has no objective of this name now/);
    assert.match(section(text, 'Timeline'), /P1 Old was firing already, since 6 Oct 2025, 10:30 .*another alert/);
    assert.doesNotMatch(section(text, 'Timeline'), /Gone/);
  });

  it('is none of an incident that is not known', () => {
    assert.equal(postMortem(reportWith(), [], utc), null);
    assert.equal(postMortem(reportWith(), [{ key: 'few/agents', begin: at(1) }], utc), null);
  });

  it('takes hostile names as text: no markup, no link, no line of their own', () => {
    const evil =
      '](http://evil.example) <img src=x onerror=alert(1)>\n# Heading | cell `code` @everyone \u202e\u001b[31m';
    const own = objective({
      displayName: evil,
      description: evil,
      valueText: evil,
      targetText: evil,
      windowText: evil,
      runbook: evil,
      history: history({ measureText: evil }),
      unit: evil,
      evidence: { source: evil, observedAt: NOW, method: evil, places: [] },
      causes: [
        {
          kind: 'finding',
          label: evil,
          detail: evil,
          severity: 'high',
          fingerprint: '0',
          place: { ...place('a.ts', 0, 0), uri: 'file:///w/a)%20[b](c`.ts' },
        },
        { kind: 'agent', label: evil, detail: evil, agentId: 'x', place: null },
      ],
    });
    const text = draft(
      reportWith(
        {
          incidents: [incident({ displayName: evil, valueText: evil })],
          activity: [{ at: at(20), kind: 'refresh-ok', text: evil }],
          definition: { source: 'workspace', places: [], state: 'last-good', message: evil, isApt: true },
        },
        own,
      ),
    );
    assert.doesNotMatch(text, /<img/);
    assert.doesNotMatch(text, /(?<!\\)\]\(http/);
    assert.doesNotMatch(text, /^# Heading/m);
    assert.doesNotMatch(text, /@everyone/);
    for (const unseen of ['\u202e', '\u001b']) assert.ok(!text.includes(unseen));
    assert.doesNotMatch(text, /https?:/);
    // The one link is ours, and its address stays within its brackets.
    assert.deepEqual(
      [...text.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, target]) => target),
      ['/a%29%20%5Bb%5D%28c%60.ts#L1'],
    );
    for (const row of text.split('\n').filter((line) => line.startsWith('| P1')))
      assert.equal(row.split(/(?<!\\)\|/).length, 9, row);
  });

  it('links to files of other folders by their whole address', () => {
    const cause = {
      kind: 'source',
      label: 'x',
      detail: '',
      place: { ...place('b.ts', 1, 0), uri: 'file:///other/b.ts' },
    } as const;
    assert.match(draft(reportWith({}, objective({ causes: [cause] }))), /\[x\]\(file:\/\/\/other\/b\.ts#L2\)/);
  });

  it('stays readable of a long list of events and causes', () => {
    const activity = Array.from({ length: 300 }, (_, index) => ({
      at: at(20),
      kind: 'refresh-ok',
      text: `event ${index}`,
    }));
    const causes = Array.from({ length: 60 }, (_, index) => ({
      kind: 'source' as const,
      label: `cause ${index}`,
      detail: '',
      place: null,
    }));
    const text = draft(reportWith({ activity }, objective({ causes })));
    assert.match(text, /… and 102 more events\./);
    assert.match(text, /… and 40 more$/m);
  });
});

describe('record of a stretch', () => {
  it('comes from the finest series that reaches back to it', () => {
    const long = history();
    const [hour] = long.windows;
    const day = {
      ...(hour ?? assert.fail()),
      key: '1d' as const,
      from: at(1440),
      stepMinutes: 10,
      states: 'g'.repeat(144),
      measured: Array.from({ length: 144 }, () => 9),
      remaining: Array.from({ length: 144 }, () => 0.5),
    };
    const both = { ...long, windows: [day, ...long.windows] };
    const span = (from: number, to: number) => ({ from: Date.parse(at(from)), to: Date.parse(at(to)) });
    assert.equal(recordedSpan(both, span(40, 10))?.stepMinutes, 1);
    assert.equal(recordedSpan(both, span(90, 10))?.stepMinutes, 10);
    assert.equal(recordedSpan(both, span(90, 10))?.knownFrom, null);
    assert.equal(recordedSpan(long, span(400, 300)), null);
  });
});
