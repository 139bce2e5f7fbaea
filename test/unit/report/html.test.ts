/** The report as an HTML file: complete, self-contained, and safe whatever names hold. */
import assert from 'node:assert/strict';
import { h } from '../../../src/page/element';
import { clockface } from '../../../src/page/words';
import { gateElements, gateReport } from '../../../src/report/gate';
import { escapeHtml, toHtml } from '../../../src/report/html';
import { htmlDocument } from '../../../src/report/htmlExport';
import { sloMarkdown } from '../../../src/report/markdownExport';
import type { WorkspaceReport } from '../../../src/report/report';
import { code, finding, objective, place, workspace } from './reports';

const utc = clockface('UTC');

/** A report in which every text that comes from files or agents is hostile. */
function hostile(text: string): WorkspaceReport {
  const report = workspace([objective({ state: 'violating' })], {
    code: code({ findings: [finding()] }),
    agents: {
      observedAt: null,
      found: 1,
      active: 0,
      expected: null,
      agents: [
        {
          id: 'a',
          folder: 'Agent-1',
          name: 'x',
          active: false,
          activeReason: 'x',
          declared: 'active',
          statusText: 'x',
          phase: 'x',
          mission: 'x',
          points: 1,
          openTasks: 1,
          doneTasks: 1,
          blockers: ['x'],
          lastSeen: null,
          seenBy: 'x',
          fieldTime: null,
          fileTime: null,
          limitMinutes: 15,
          reading: 'old',
          place: place('x', 0, 0),
          warnings: [{ kind: 'x', message: 'x', place: place('x', 0, 0) }],
        },
      ],
    },
    incidents: [
      {
        key: 'k',
        policy: 'p',
        displayName: 'x',
        objective: 'o',
        level: 'P1',
        begin: '2025-10-06T20:00:00.000Z',
        end: null,
        endedUnwatched: false,
        valueText: 'x',
      },
    ],
    queues: [{ path: 'x', entries: 1, byStatus: { x: 1 }, newestAt: null, note: 'x' }],
    refresh: {
      state: 'failed',
      at: null,
      message: 'x',
      commands: [{ command: 'x', exitCode: 1, durationMs: 1, output: 'x', outcome: 'failed' }],
    },
    problems: [{ kind: 'x', level: 'error', message: 'x', place: place('x', 0, 0) }],
    activity: [{ at: '2025-10-06T20:00:00.000Z', kind: 'x', text: 'x' }],
  });
  const words = new Set([
    'uri',
    'level',
    'state',
    'severity',
    'confidence',
    'at',
    'begin',
    'end',
    'generatedAt',
    'observedAt',
    'kind',
    'family',
    'declared',
    'reading',
    'outcome',
    'lastSeen',
    'scannedAt',
    'since',
    'worst',
    'mechanism',
    'role',
  ]);
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) =>
      typeof value === 'string' && !words.has(key) ? `${value}${text}` : value,
    ),
  ) as WorkspaceReport;
}

describe('HTML', () => {
  it('escapes what is text, shows control characters, keeps lines', () => {
    assert.equal(escapeHtml(`<a href="x">'&\u0007\u202e\n`), '&lt;a href=&quot;x&quot;&gt;&#39;&amp;\\u0007\\u202e\n');
    assert.equal(toHtml(h('a', { title: '"><script>' }, '</a>')), '<a title="&quot;&gt;&lt;script&gt;">&lt;/a&gt;</a>');
    assert.equal(toHtml(h('input', { checked: true })), '<input checked>');
  });

  it('has no way to make an element, an attribute or a handler from text', () => {
    for (const tag of ['a b', 'a>', '', '1', 'x/']) assert.throws(() => toHtml(h(tag)), JSON.stringify(tag));
    for (const name of ['a b', 'onclick', 'OnLoad', 'x"', '', 'a=b'])
      assert.throws(() => toHtml(h('p', { [name]: 'x' })), name);
  });

  const attacks = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</style></title></head><body onload=alert(1)>',
    '<!-- -->',
    '&lt;script&gt;',
    "$& $` $' $1",
    '\u0000\u001b[31m\u202e',
    'javascript:alert(1)',
  ];
  for (const attack of attacks)
    it(`is not moved by ${JSON.stringify(attack)} in any name`, () => {
      const plain = htmlDocument(hostile(''), utc);
      const text = htmlDocument(hostile(attack), utc);
      const tags = (document: string): readonly string[] =>
        [...document.matchAll(/<\/?[a-z][^\s>]*/gi)].map(([tag]) => tag);
      assert.deepEqual(tags(text), tags(plain), 'the same elements as with harmless names');
      // Values are escaped: a tag ends with its first `>`, and what is left without them are names.
      const names = [...text.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag.replace(/"[^"]*"/g, ''));
      assert.deepEqual(
        names.filter((tag) => /<(?:script|img|iframe|link|base|form)\b|\son/i.test(tag)),
        [],
      );
      assert.deepEqual(
        [...text.matchAll(/ (?:href|src|style|srcset|action)="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#')),
        [],
      );
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in the file
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e]/);
    });

  it('is one file: no script, no address, a policy that forbids both, colours for light and dark', () => {
    const text = htmlDocument(workspace([objective()]), utc);
    assert.match(text, /^<!DOCTYPE html>\n<html lang="en"><head>/);
    assert.match(text, /default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;/);
    assert.doesNotMatch(text, /https?:\/\/|url\(|@import|<link|<script|<button/);
    assert.match(text, /prefers-color-scheme: dark/);
    // A file has no buttons.
    for (const [, name] of text.matchAll(/var\(--vscode-([\w-]+)\)/g))
      if (!/^(?:button|toolbar)|[aA]ctive/.test(name ?? ''))
        assert.ok(text.includes(`--vscode-${name}: `), `${name} has no colour in a file`);
    for (const heading of ['Objectives', 'Objectives in detail', 'Alerts', 'Leak findings', 'Agents', 'Snapshots'])
      assert.ok(text.includes(`>${heading}</h2>`), heading);
    assert.match(text, /Report of 6 Oct 2025, 20:30 \(UTC\)/);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(text.includes(`id="${target}"`), target);
  });

  it('begins with the answer of the gate where there is one', () => {
    const gate = gateReport({
      outcome: 'violation',
      strict: false,
      measured: 1,
      defined: 2,
      policy: 'any',
      comparison: null,
    });
    const text = htmlDocument(workspace([objective()]), utc, gateElements(gate));
    assert.ok(text.indexOf('Gate: not met') < text.indexOf('>Objectives</h2>') && text.includes('Gate: not met'));
  });
});

describe('Markdown report', () => {
  it('has budgets, trends, incidents, agents and snapshots', () => {
    const one = objective({
      budget: {
        kind: 'time',
        allowed: 40,
        used: 10,
        remaining: 0.75,
        text: '10 of 40 min used',
        burn: null,
        outage: null,
      },
      trend: { of: 'budget', direction: 'down', meaning: 'worse', over: '1 day', text: '−12.4 points in 1 day' },
    });
    const text = sloMarkdown({ ...hostile(''), services: workspace([one]).services });
    assert.match(text, /\| 75% left \| ↘ −12\.4 points in 1 day \|/);
    assert.match(text, /<summary>1 incident<\/summary>\n\n\| level \|/);
    assert.match(text, /\| P1 \| x \| o \| 2025-10-06 20:00 UTC \| – \| 30 min \| x \| firing \|/);
    assert.match(text, /<summary>Agents: 0 of 1 active<\/summary>/);
    assert.doesNotMatch(sloMarkdown(hostile('<img src=x>')), /<img/);
  });
});
