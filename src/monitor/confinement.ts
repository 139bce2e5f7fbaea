/** Nothing outside a root is read through a link inside it. */
import type { FileSystem } from './ports';

/** Is a path the root or below it? Both are real paths of one system. */
export function isInside(path: string, root: string): boolean {
  const separator = root.includes('\\') ? '\\' : '/';
  return path === root || path.startsWith(root.endsWith(separator) ? root : `${root}${separator}`);
}

/** Does the path, followed through all its links, stay below the root? False for what does not exist. */
export async function staysInside(fs: FileSystem, path: string, root: string): Promise<boolean> {
  const [real, rootReal] = await Promise.all([fs.realpath(path), fs.realpath(root)]);
  return real.ok && rootReal.ok && isInside(real.value, rootReal.value);
}
