/** Files that a program may load by a pattern of their paths. It knows no syntax: the server asks it without the parser. */

/** The paths that a pattern may mean in the file at `from`, of those that end as it says. */
export function matching(from: string, pattern: string, paths: Iterable<string>): readonly string[] {
  const folder = from.split('/').slice(0, -1);
  const parts = pattern.split('/');
  while (parts[0] === '.' || parts[0] === '..') if (parts.shift() === '..' && folder.pop() === undefined) return [];
  const [before = '', ...rest] = [...folder, ...parts].join('/').split('*');
  const last = rest.at(-1) ?? '';
  const isNamed = /\.\w+$/.test(last);
  return [...paths].filter((path) => {
    const name = isNamed ? path : path.replace(/\.\w+$/, '');
    return name.length >= before.length + last.length && name.startsWith(before) && name.endsWith(last);
  });
}
