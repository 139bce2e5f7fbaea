/** A kind that was renamed: what named it before still counts; and kinds of many libraries say what it is that is left open. */
import assert from 'node:assert/strict';
import { type AnalyzerOptions, analyzeFile } from '../../../src/analyzer/analyzer';
import { allKinds, builtIn } from '../../../src/analyzer/resources/catalogue';
import { readConfig } from '../../../src/monitor/config';
import { rulePage } from '../../../src/report/rulePage';

const query = (): string => `import { createConnection } from 'mysql2';
export function count(url, done) {
  const connection = createConnection(url);
  connection.query('SELECT 1', (error, rows) => done(rows));
}`;
const drawn = (more = ''): string => `import { useEffect } from 'react';
import { Chart } from 'chart.js';
export function View({ at, data }) {
  useEffect(() => {
    ${more}
    const chart = new Chart(at, data);
    chart.render();
  }, [at, data]);
  return null;
}`;
const analyzed = (text: string, options: Partial<AnalyzerOptions> = {}) =>
  analyzeFile({ path: 'src/view.tsx', text }, { severityOverrides: {}, ...options }).findings;

describe('a kind that had another id', () => {
  it('is found by it, and each id is unique', () => {
    const names = allKinds.flatMap(({ id, formerly = [] }) => [id, ...formerly]);
    assert.equal(new Set(names).size, names.length);
    assert.equal(builtIn.kind('handle/widget')?.id, 'handle/library-object');
  });

  it('is silenced by a comment that names it as before, and by one that names it as now', () => {
    for (const name of ['handle/widget', 'handle/library-object']) {
      const file = analyzed(drawn(`// slo-lens-ignore-next-line ${name} -- one for the page`));
      assert.deepEqual(
        [file.findings.length, file.suppressed.length, file.suppressionProblems.length],
        [0, 1, 0],
        name,
      );
    }
    const other = analyzed(drawn('// slo-lens-ignore-next-line handle/audio-context -- another kind'));
    assert.equal(other.findings.length, 1);
  });

  it('has the severity that a configuration gives its former id; the one that it has now goes first', () => {
    const severity = (severityOverrides: AnalyzerOptions['severityOverrides']) =>
      analyzed(drawn(), { severityOverrides }).findings.map((one) => one.severity);
    assert.deepEqual(severity({ 'handle/widget': 'low' }), ['low']);
    assert.deepEqual(severity({ 'handle/widget': 'off' }), []);
    assert.deepEqual(severity({ 'handle/widget': 'off', 'handle/library-object': 'low' }), ['low']);
    const { problems, config } = readConfig('{ "severity": { "handle/widget": "low" } }', 'c.json');
    assert.deepEqual([problems.length, config.severity['handle/widget']], [0, 'low']);
    assert.equal(readConfig('{ "severity": { "handle/widgett": "low" } }', 'c.json').problems.length, 1);
  });

  it('keeps its fingerprints: a baseline goes on to hold them', () => {
    assert.deepEqual(
      analyzed(drawn()).findings.map(({ kind, fingerprint }) => [kind, fingerprint]),
      [['handle/library-object', 'bdc76a0c297d47fc']],
    );
  });

  it('says on its page what it was called', () => {
    const kind = builtIn.kind('handle/library-object');
    assert.match(kind ? rulePage(kind) : '', /formerly `handle\/widget`, which still counts/);
  });
});

describe('what a library makes', () => {
  const noun = (text: string): string =>
    analyzed(text).findings[0]?.message.replace(/^(?:The|This) ([\w ]+?) (?:`|in|is|stays|made|that).*$/, '$1') ?? '';
  const mounted = (header: string, made: string): string => `import { useEffect } from 'react';
${header}
export function View({ at }) {
  useEffect(() => {
    const thing = ${made};
    thing.on('x', () => at.hidden = true);
  }, [at]);
  return null;
}`;

  it('is called what it is, not by the name of another product or a word for all', () => {
    assert.equal(noun(query()), 'database connection');
    assert.equal(noun(mounted("import { Chart } from 'chart.js';", 'new Chart(at, {})')), 'chart');
    assert.equal(noun(mounted("import { Howl } from 'howler';", "new Howl({ src: ['a.mp3'] })")), 'sound');
    assert.equal(noun(mounted("import L from 'leaflet';", 'L.map(at)')), 'map');
    assert.equal(noun(mounted("import Piscina from 'piscina';", 'new Piscina({})')), 'worker pool');
  });
});
