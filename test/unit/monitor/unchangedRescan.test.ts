/** A scan that finds everything as it was kept asks no file about another; one that does not, asks. */
import assert from 'node:assert/strict';
import { decodeCache, encodeCache } from '../../../src/monitor/code/analysisCache';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const oneTurn = async (): Promise<void> => undefined;
const isPair = (value: unknown): value is [string, number] => Array.isArray(value) && value.length === 2;

describe('kept analyses', () => {
  it('say what holds for all of them only where all are whole', async () => {
    const bytes = await encodeCache(
      'key',
      'all stand',
      [
        ['a', 1],
        ['b', 2],
      ],
      oneTurn,
    );
    const read = (text: Uint8Array) => decodeCache(text, 'key', isPair, oneTurn);
    assert.equal((await read(bytes)).note, 'all stand');
    assert.equal((await decodeCache(bytes, 'other', isPair, oneTurn)).note, null);
    const damaged = Buffer.from(bytes);
    damaged[damaged.length - 3] = 0x39;
    assert.deepEqual(await read(damaged), { entries: [['a', 1]], note: null });
    const cut = await read(bytes.subarray(0, bytes.length - 4));
    assert.deepEqual(cut, { entries: [['a', 1]], note: null });
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
