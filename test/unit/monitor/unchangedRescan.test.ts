/** A scan that finds everything as it was kept asks no file about another; one that does not, asks. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import { detached } from '../../../src/analyzer/detached';
import { decodeCache, encodeCache } from '../../../src/monitor/code/analysisCache';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { type Entry, withTimes } from '../../../src/monitor/code/scanEntry';
import { entryOf, lineOf } from '../../../src/monitor/code/writtenEntry';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const oneTurn = async (): Promise<void> => undefined;

describe('kept analyses', () => {
  const key = 'key';
  const written = (): Promise<Uint8Array> => encodeCache(key, 'all stand', ['a', 'b'], oneTurn);
  async function read(bytes: Uint8Array, forKey = key) {
    const lines: string[] = [];
    const take = (line: string): boolean => lines.push(line) > 0;
    return { note: await decodeCache(bytes, forKey, take, oneTurn), lines };
  }

  it('say what holds for all of them only where all are whole', async () => {
    const bytes = await written();
    assert.deepEqual(await read(bytes), { note: 'all stand', lines: ['a', 'b'] });
    assert.deepEqual(await read(bytes, 'other'), { note: null, lines: [] });
    const damaged = Buffer.from(bytes);
    damaged[damaged.lastIndexOf('b\n')] = 0x39;
    assert.deepEqual(await read(damaged), { note: null, lines: ['a'] });
  });

  it('that were cut off give the lines before', async () => {
    const bytes = await written();
    const before = Buffer.from(bytes).lastIndexOf('b\n');
    assert.deepEqual(await read(bytes.subarray(0, before)), { note: null, lines: ['a'] });
    assert.deepEqual(await read(bytes.subarray(0, before + 2)), { note: null, lines: ['a', 'b'] });
  });

  it('lose no line but the damaged one, whichever byte it is', async () => {
    const bytes = await written();
    for (let at = Buffer.from(bytes).indexOf(10) + 1; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const { note, lines } = await read(damaged);
      assert.equal(note, null);
      const isLineEnd = bytes[at] === 10;
      assert.ok(isLineEnd || lines.length > 0, `${at}: ${lines}`);
      assert.ok(lines.every((line) => line === 'a' || line === 'b'));
    }
  });

  it('say in writing what they said before it', () => {
    const text = 'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n';
    const content = { size: 1, mtimeMs: 2.5, hash: 'h', lines: 3, skip: null };
    const analysed = (path: string, source: string): Entry => ({
      ...content,
      analysis: detached(analyzeFile({ path, text: source }, { severityOverrides: {} })),
    });
    const entries: readonly Entry[] = [
      analysed('a.ts', text),
      analysed('a.ts', 'export const a = new Map();\n'),
      analysed('a.ts', 'export const = ;\n'),
      { ...content, analysis: null },
      {
        ...content,
        skip: 'generated',
        analysis: null,
        imports: [{ module: './b', names: ['\tb\nü\u2028\u{1f600}\x7f'] }],
      },
    ];
    for (const entry of entries) {
      const line = lineOf('a.ts', entry);
      assert.match(line, /^[\t -~]+$/);
      const [path, back] = entryOf(line) ?? assert.fail('no entry');
      assert.equal(path, 'a.ts');
      assert.equal(lineOf('a.ts', back), line);
      const { analysis, ...rest } = withTimes(back, back.size, back.mtimeMs);
      const { findings, summary, lookups } = analysis ?? {};
      const plain = analysis ? { path, findings, summary, lookups } : null;
      assert.deepEqual({ ...rest, analysis: plain }, entry);
    }
    for (const bad of ['', '\t', '[]\tnull\tnull', '[1,2,3,"h",4,null]\tnull\tnull', '["a"'])
      assert.equal(entryOf(bad), undefined);
  });
});

const helper = (does: string): string =>
  `import type { FileHandle } from 'node:fs/promises';\nexport async function end(file: FileHandle) {\n  await file.${does}();\n}\n`;
const user =
  "import fs from 'node:fs/promises';\nimport { end } from './helper';\nexport async function read(path: string) {\n  const file = await fs.open(path);\n  await end(file);\n}\n";
/** Imports the helper by its words alone, and is not parsed. */
const bystander = "import { end } from './helper';\nexport const finish = end;\n";

describe('a rescan', () => {
  const files = ['helper.ts', 'user.ts', 'bystander.ts'].map((path) => ({ path, absolute: `/w/${path}` }));

  async function kept() {
    const fs = new MemoryFileSystem();
    fs.write('/w/helper.ts', helper('close'), 1);
    fs.write('/w/user.ts', user, 1);
    fs.write('/w/bystander.ts', bystander, 1);
    const scan = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
    const { files: said } = await scan.scan(files, never, () => undefined);
    assert.deepEqual(
      said.flatMap(({ findings }) => findings),
      [],
    );
    return { fs, bytes: await scan.save() };
  }

  async function again(fs: MemoryFileSystem, bytes: Uint8Array): Promise<readonly string[]> {
    const scan = new CodeScan(fs, new FakeClock(20_000), { severityOverrides: {} });
    await scan.load(bytes);
    const { files: said } = await scan.scan(files, never, () => undefined);
    return said.flatMap(({ path, findings }) => findings.map(({ kind }) => `${path} ${kind}`));
  }

  it('of unchanged files says the same', async () => {
    const { fs, bytes } = await kept();
    assert.deepEqual(await again(fs, bytes), []);
    assert.match(Buffer.from(bytes).toString('utf8').split('\n')[0] ?? '', /"note":"/);
  });
  it('after a helper was changed tells its users', async () => {
    const { fs, bytes } = await kept();
    fs.write('/w/helper.ts', helper('sync'), 9_000);
    assert.deepEqual(await again(fs, bytes), ['user.ts handle/fs-filehandle']);
  });
  it('after the helper is gone does not go by what it was', async () => {
    const { fs, bytes } = await kept();
    await fs.remove('/w/helper.ts');
    const scan = new CodeScan(fs, new FakeClock(20_000), { severityOverrides: {} });
    await scan.load(bytes);
    const left = files.filter(({ path }) => path !== 'helper.ts');
    const fresh = new CodeScan(fs, new FakeClock(20_000), { severityOverrides: {} });
    const said = await scan.scan(left, never, () => undefined);
    assert.deepEqual(said.files, (await fresh.scan(left, never, () => undefined)).files);
  });
  it('goes by an edit that came after it', async () => {
    const { fs, bytes } = await kept();
    const scan = new CodeScan(fs, new FakeClock(20_000), { severityOverrides: {} });
    await scan.load(bytes);
    await scan.scan(files, never, () => undefined);
    scan.setOverride('helper.ts', helper('sync'));
    scan.analyzeOne('helper.ts', helper('sync'));
    const linked = await scan.relink((path) => `/w/${path}`);
    assert.deepEqual(
      linked.flatMap(({ path, findings }) => findings.map(({ kind }) => `${path} ${kind}`)),
      ['user.ts handle/fs-filehandle'],
    );
  });
});
