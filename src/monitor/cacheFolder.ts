/** Where analyses are kept between sessions, one file for each root; the folder is bounded, and cleans up after what was killed. */
import { createHash } from 'node:crypto';
import type { Clock, FileSystem } from './ports';

/** All files of the folder together; the least recently written go first. */
const maxBytes = 512 * 1024 * 1024;
const maxAgeMs = 60 * 24 * 60 * 60_000;
/** A write takes seconds: what is older was left by a process that is gone. */
const maxTemporaryAgeMs = 60 * 60_000;

/** File of a root, by its absolute path: readable, and never that of another root. */
export function cacheFileOf(fs: FileSystem, folder: string, root: string): string {
  const readable = root.replace(/[^\w.-]+/g, '-').slice(-60);
  return fs.join(folder, `${readable}-${createHash('sha1').update(root).digest('hex').slice(0, 16)}.cache`);
}

/**
 * Removes what was left behind and what exceeds the bounds.
 * @param keep the file that is in use, which stays
 */
export async function pruneCacheFolder(fs: FileSystem, clock: Clock, folder: string, keep: string): Promise<void> {
  const listed = await fs.list(folder);
  if (!listed.ok) return;
  const now = clock.now();
  const files: { readonly path: string; readonly size: number; readonly mtimeMs: number }[] = [];
  for (const { name, kind } of listed.value) {
    // Nothing that was not written here is touched.
    if (kind !== 'file' || !/\.cache(?:\.[\w.]+\.tmp)?$|^%2F.*\.json$/.test(name)) continue;
    const path = fs.join(folder, name);
    const stat = await fs.stat(path);
    if (!stat.ok || path === keep) continue;
    const { size, mtimeMs } = stat.value;
    const limit = name.endsWith('.tmp') ? maxTemporaryAgeMs : maxAgeMs;
    if (now - mtimeMs > limit) await fs.remove(path);
    else files.push({ path, size, mtimeMs });
  }
  const own = await fs.stat(keep);
  let total = own.ok ? own.value.size : 0;
  for (const { path, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    total += size;
    if (total > maxBytes) await fs.remove(path);
  }
}
