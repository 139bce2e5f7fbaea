/** A kind that was renamed: what named it before still counts; and kinds of many libraries say what it is that is left open. */
import assert from 'node:assert/strict';
import { type AnalyzerOptions, analyzeFile } from '../../../src/analyzer/analyzer';
import { allKinds, builtIn } from '../../../src/analyzer/resources/catalogue';
import { readConfig } from '../../../src/monitor/config';
import { rulePage } from '../../../src/report/rulePage';

const query = (more = '', module = 'mysql2'): string => `import { createConnection } from '${module}';
export function count(url, done) {
  ${more}
  const connection = createConnection(url);
  connection.query('SELECT 1', (error, rows) => done(rows));
}`;
const analyzed = (text: string, options: Partial<AnalyzerOptions> = {}) =>
  analyzeFile({ path: 'src/count.ts', text }, { severityOverrides: {}, ...options }).findings;

describe('a kind that had another id', () => {
  it('has names of no product that it is not about, and each former one is unique', () => {
    const names = allKinds.flatMap(({ id, formerly = [] }) => [id, ...formerly]);
    assert.equal(new Set(names).size, names.length);
    assert.equal(builtIn.kind('handle/pg-client')?.id, 'handle/database-client');
  });

  it('is silenced by a comment that names it as before, and by one that names it as now', () => {
    for (const name of ['handle/pg-client', 'handle/database-client']) {
      const file = analyzed(query(`// slo-lens-ignore-next-line ${name} -- one for the process`));
      assert.deepEqual(
        [file.findings.length, file.suppressed.length, file.suppressionProblems.length],
        [0, 1, 0],
        name,
      );
    }
    const other = analyzed(query('// slo-lens-ignore-next-line handle/mysql-pool-connection -- another kind'));
    assert.equal(other.findings.length, 1);
  });

  it('has the severity that a configuration gives its former id; the one that it has now goes first', () => {
    const severity = (severityOverrides: AnalyzerOptions['severityOverrides']) =>
      analyzed(query(), { severityOverrides }).findings.map((one) => one.severity);
    assert.deepEqual(severity({ 'handle/pg-client': 'low' }), ['low']);
    assert.deepEqual(severity({ 'handle/pg-client': 'off' }), []);
    assert.deepEqual(severity({ 'handle/pg-client': 'off', 'handle/database-client': 'low' }), ['low']);
    const { problems, config } = readConfig('{ "severity": { "handle/pg-client": "low" } }', 'c.json');
    assert.deepEqual([problems.length, config.severity['handle/pg-client']], [0, 'low']);
    assert.equal(readConfig('{ "severity": { "handle/pg-clint": "low" } }', 'c.json').problems.length, 1);
  });

  it('keeps its fingerprints: a baseline goes on to hold them', () => {
    assert.deepEqual(
      analyzed(query()).findings.map(({ kind, fingerprint }) => [kind, fingerprint]),
      [['handle/database-client', 'c2b79f90c092c476']],
    );
  });

  it('says on its page what it was called', () => {
    const kind = builtIn.kind('handle/database-client');
    assert.match(kind ? rulePage(kind) : '', /formerly `handle\/pg-client`, which still counts/);
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
