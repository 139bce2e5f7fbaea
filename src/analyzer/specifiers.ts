/** What a file says of the module that it loads: its name, or a pattern where a part of the name is told by the program. */
import { ts, unwrap } from './syntax';

/** `'./feed'` as it is, `../layouts/${name}.vue` as `../layouts/*.vue`; undefined for what may be anything. */
export function specifierOf(argument: ts.Expression): string | undefined {
  const value = unwrap(argument);
  if (ts.isStringLiteralLike(value)) return value.text;
  if (!ts.isTemplateExpression(value) || !/^\.{1,2}\//.test(value.head.text)) return undefined;
  return [value.head.text, ...value.templateSpans.map(({ literal }) => literal.text)].join('*');
}

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
