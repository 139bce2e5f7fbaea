/** Our own scan as a whole process, by the built command line: cost, files, and a hash of what it found. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { costOf } from './cost.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The same findings give the same text, whatever order they come in. */
function hashOf(findings) {
  const lines = findings
    .map(({ path, kind, severity, confidence, range }) => JSON.stringify([path, kind, severity, confidence, range]))
    .sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12);
}

/**
 * Scans a folder once.
 * @param cache where analyses are kept; null for none
 */
export async function scanCost(folder, work, cache, cli = resolve(root, 'dist/cli.js')) {
  mkdirSync(work, { recursive: true });
  const output = join(work, 'findings.json');
  const args = [
    cli,
    'check',
    folder,
    '--fail-on',
    'never',
    '--min-confidence',
    'low',
    '--format',
    'json',
    '--output',
    output,
  ];
  const cost = await costOf(process.execPath, cache === null ? [...args, '--no-cache'] : args, {
    env: cache === null ? {} : { XDG_CACHE_HOME: cache },
  });
  if (cost.status !== 0) throw new Error(`the scan ended with ${cost.status ?? cost.signal}: ${cost.stderr}`);
  const { code } = JSON.parse(readFileSync(output, 'utf8'));
  return { ...cost, files: code.files.analysed, findings: code.findings.length, hash: hashOf(code.findings) };
}
