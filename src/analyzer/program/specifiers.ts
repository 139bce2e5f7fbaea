/** What a file says of the module that it loads: its name, or a pattern where a part of the name is told by the program. */
import { ts, unwrap } from '../syntax/syntax';

/** `'./feed'` as it is, `../layouts/${name}.vue` as `../layouts/*.vue`; undefined for what may be anything. */
export function specifierOf(argument: ts.Expression): string | undefined {
  const value = unwrap(argument);
  if (ts.isStringLiteralLike(value)) return value.text;
  if (!ts.isTemplateExpression(value) || !/^\.{1,2}\//.test(value.head.text)) return undefined;
  return [value.head.text, ...value.templateSpans.map(({ literal }) => literal.text)].join('*');
}
