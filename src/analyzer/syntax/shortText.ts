/** Code as it is quoted in messages. */
import type { ts } from './syntax';

/** The code of a node on one line, cut after 40 letters. */
export function shortText(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
