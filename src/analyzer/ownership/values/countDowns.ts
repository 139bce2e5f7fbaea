/** `setInterval(() => { if (left > 0) show(--left); else location.reload(); }, 1000)`: a clock that soon ends its page. */
import { ts, unwrap } from '../../syntax/syntax';
import { leavesPage } from '../../words/pages';

const soon = 5000;

/** Is it called every few seconds, for what leaves the page? */
export function countsDownToEnd(node: ts.Node): boolean {
  const [callback, delay] = ts.isCallExpression(node) ? node.arguments : [];
  const every = delay && unwrap(delay);
  return (
    every !== undefined &&
    ts.isNumericLiteral(every) &&
    Number(every.text) <= soon &&
    leavesPage(callback?.getText() ?? '')
  );
}
