/** Many files through one buffer, on the real system: each is lent its own content, and none is followed out of its place. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeMany } from '../../../src/monitor/node/nodeMany';
import type { FileLook } from '../../../src/monitor/ports';

describe('many files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-many-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const visit = async (
    names: readonly string[],
    wants: (name: string, look: FileLook | null) => boolean,
    maxBytes = 1_000_000,
  ) => {
    const looks = new Map<string, FileLook | null>();
    const texts = new Map<string, string>();
    await nodeMany.visit(
      names.map((name) => join(folder, name)),
      maxBytes,
      {
        look: (index, look) => {
          const name = names[index] ?? '';
          looks.set(name, look && { ...look });
          return wants(name, look);
        },
        take: (index, content) =>
          texts.set(names[index] ?? '', content.ok ? Buffer.from(content.value).toString() : content.error.code),
      },
    );
    return { looks, texts };
  };

  it('gives each its own content, also one that is longer than the buffer, and reads only what is wanted', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${index}.json`);
    const textOf = (index: number): string => String(index).repeat(index === 7 ? 150_000 : index === 8 ? 0 : index);
    for (const [index, name] of names.entries()) writeFileSync(join(folder, name), textOf(index));
    const { looks, texts } = await visit([...names, 'none.json'], (_, look) => look !== null && look.size % 2 === 0);
    assert.equal(looks.get('none.json'), null);
    for (const [index, name] of names.entries()) {
      const { size, mtimeMs, ino } = statSync(join(folder, name));
      assert.deepEqual(looks.get(name), { kind: 'file', size, mtimeMs, id: ino }, name);
      assert.equal(texts.get(name), size % 2 === 0 ? textOf(index) : undefined, name);
    }
  });

  it('refuses what is too large, follows no link, waits for no pipe and reads no folder', async () => {
    writeFileSync(join(folder, 'large'), 'x'.repeat(200_000));
    writeFileSync(join(folder, 'edge'), 'x'.repeat(100_000));
    writeFileSync(join(folder, 'secret'), 'secret');
    symlinkSync(join(folder, 'secret'), join(folder, 'link'));
    mkdirSync(join(folder, 'folder'));
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe')]);
    const names = ['large', 'edge', 'link', 'folder', ...(process.platform === 'win32' ? [] : ['pipe'])];
    const { looks, texts } = await visit(names, () => true, 100_000);
    assert.deepEqual(
      names.map((name) => looks.get(name)?.kind),
      ['file', 'file', 'symlink', 'directory', 'other'].slice(0, names.length),
    );
    assert.deepEqual([texts.get('large'), texts.get('edge')?.length], ['ETOOBIG', 100_000]);
    assert.ok(['ELOOP', 'EMLINK'].includes(texts.get('link') ?? ''), texts.get('link'));
    assert.equal(texts.get('folder'), 'EISDIR');
    assert.ok(!texts.has('pipe') || texts.get('pipe') === '', texts.get('pipe'));
  });
});
