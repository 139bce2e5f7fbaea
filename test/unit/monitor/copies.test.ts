/** What a build puts together from sources says what they say: it is told at the source, and little at the copy. */
import assert from 'node:assert/strict';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const source =
  'export function saveBoard(board) {\n  const link = document.createElement("a");\n  link.href = URL.createObjectURL(new Blob([board]));\n  link.click();\n}\n';
const joined = `${Array.from({ length: 60 }, (_, at) => `export const part${String(at)} = () => ${String(at)};\n`).join('')}${source}`;

async function scanned(files: Readonly<Record<string, string>>) {
  const fs = new MemoryFileSystem();
  for (const [path, text] of Object.entries(files)) fs.write(`/w/${path}`, text, 1);
  const scan = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
  const walked = Object.keys(files).map((path) => ({ path, absolute: `/w/${path}` }));
  const { files: told } = await scan.scan(walked, never, () => undefined);
  const severities = Object.fromEntries(
    told.map(({ path, findings }) => [path, findings.map(({ severity }) => severity)]),
  );
  return { scan, told, severities };
}

describe('copies of a source', () => {
  it('the file in the folder of what is built weighs little, and its trail ends at the source', async () => {
    const { told, severities } = await scanned({ 'dist/board.js': `\n\n${source}`, 'src/board.js': source });
    assert.deepEqual(severities, { 'dist/board.js': ['low'], 'src/board.js': ['medium'] });
    const [copy] = told.find(({ path }) => path === 'dist/board.js')?.findings ?? [];
    const last = copy?.trail.at(-1);
    assert.deepEqual(
      [last?.message, last?.file, last?.range.startLine],
      ['The same stands here, of which this file is made', 'src/board.js', 2],
    );
  });
  it('so does a file that is joined from several, wherever it lies', async () => {
    const { severities } = await scanned({ 'js/all.js': joined, 'lib/js/board.js': source });
    assert.deepEqual(severities, { 'js/all.js': ['low'], 'lib/js/board.js': ['medium'] });
  });
  it('two files of the same size are two places to mend', async () => {
    const { severities } = await scanned({ 'a/board.js': source, 'b/board.js': source });
    assert.deepEqual(severities, { 'a/board.js': ['medium'], 'b/board.js': ['medium'] });
  });
  it('what is built and stands alone is told there', async () => {
    const { severities } = await scanned({ 'dist/board.js': source });
    assert.deepEqual(severities, { 'dist/board.js': ['medium'] });
  });
  it('a test that does the same is no source', async () => {
    const { severities } = await scanned({ 'public/board.js': source, 'test/board.js': source });
    assert.deepEqual(severities['public/board.js'], ['medium']);
  });
  it('other words are another finding', async () => {
    const { severities } = await scanned({
      'dist/board.js': source.replaceAll('saveBoard', 'exportBoard'),
      'src/board.js': source,
    });
    assert.deepEqual(severities, { 'dist/board.js': ['medium'], 'src/board.js': ['medium'] });
  });
  it('an edit of the copy says so at once', async () => {
    const { scan } = await scanned({ 'dist/board.js': source, 'src/board.js': source });
    const { findings } = scan.analyzeOne('dist/board.js', `${source}// edited\n`);
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['low'],
    );
  });
});
