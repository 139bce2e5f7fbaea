/**
 * Releases in real code, and the same code without one of them: most leak fixes add exactly such a call, so taking it out again
 * gives real code with a known fault. Words only: nothing here knows the catalogue of the analyzer.
 */
import { createHash } from 'node:crypto';
import { ts } from '../../../src/analyzer/syntax/syntax';

export type Group = 'listener' | 'timer' | 'handle' | 'disposable' | 'cache';

/** Where the release stands: in what ends its owner, in the clean-up that a function returns, on a way out, at an end event. */
export type Occasion = 'teardown' | 'returned' | 'finally' | 'catch' | 'end-event';

export interface Release {
  readonly group: Group;
  readonly occasion: Occasion;
  /** From 1. */
  readonly line: number;
  /** The call in one line, at most 100 characters. */
  readonly call: string;
  /** Stands for the call in what is committed: no piece of the code itself is. */
  readonly digest: string;
  /** What goes with it: offsets of the statement, of resets of the same place beside it, of an `if` that asks for it only. */
  readonly spans: readonly (readonly [start: number, end: number])[];
}

const words: Readonly<Record<Group, RegExp>> = {
  listener:
    /^(?:removeEventListener|removeListener|off|removeAllListeners|unlisten|unobserve|unwatch|unsubscribe|disconnect|unregister)$/,
  timer: /^(?:clearInterval|clearTimeout|cancelAnimationFrame|clearImmediate|cancelIdleCallback)$/,
  handle:
    /^(?:close|closeSync|end|release|terminate|kill|quit|rm|unlink|rmSync|unlinkSync|revokeObjectURL|unpipe|shutdown|stop|delete(?:Texture|Buffer|Framebuffer|Program|Shader))$/,
  disposable: /^(?:dispose|destroy)$/,
  cache: /^(?:delete|clear)$/,
};
const teardown =
  /^_*(?:dispose|destroy|close|stop|disconnect|cleanup|teardown|unmount|detach|shutdown|terminate)\w*$|^(?:componentWillUnmount|ngOnDestroy|onDestroy|disconnectedCallback|beforeDestroy|destroyed|beforeUnmount|unmounted|onRemove|remove|deactivate|_final|end|kill|quit)$/i;
const ends = /^(?:close|closed|end|ended|exit|finish|error|disconnect|disconnected|destroy|abort|timeout)$/;

/** The releases of a file that stand where something ends. */
export function releasesOf(path: string, text: string): readonly Release[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Release[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) {
      const call = callOf(node.expression);
      const name = call && nameOf(call);
      const group = (Object.keys(words) as Group[]).find((one) => name !== undefined && words[one].test(name));
      const occasion = group && occasionOf(node);
      // A call of a plain function `close()` may mean anything; timers are cleared by such.
      if (call && group && occasion && (group === 'timer' || ts.isPropertyAccessExpression(call.expression)))
        found.push({
          group,
          occasion,
          line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
          ...named(call),
          spans: spansOf(node, call, group).map((one) => [one.getStart(), one.end] as const),
        });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The text without a release; lines stay where they are. */
export function without(text: string, { spans }: Release): string {
  let result = text;
  for (const [start, end] of [...spans].sort((a, b) => b[0] - a[0]))
    result = `${result.slice(0, start)};${result.slice(start, end).replace(/[^\n]/g, '')}${result.slice(end)}`;
  return result;
}

function callOf(expression: ts.Expression): ts.CallExpression | undefined {
  let at = expression;
  for (;;) {
    if (ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at) || ts.isVoidExpression(at)) at = at.expression;
    else if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      at = at.right;
    else if (
      ts.isCallExpression(at) &&
      ts.isPropertyAccessExpression(at.expression) &&
      /^(?:then|catch|finally)$/.test(at.expression.name.text)
    )
      at = at.expression.expression;
    else return ts.isCallExpression(at) ? at : undefined;
  }
}

function named(call: ts.CallExpression): Pick<Release, 'call' | 'digest'> {
  const text = call.getText().replace(/\s+/g, ' ').slice(0, 100);
  return { call: text, digest: createHash('sha1').update(text).digest('hex').slice(0, 12) };
}

function nameOf({ expression }: ts.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : undefined;
}

function occasionOf(node: ts.Node): Occasion | undefined {
  let at = node;
  for (; at.parent && !ts.isFunctionLike(at.parent); at = at.parent) {
    if (ts.isCatchClause(at)) return 'catch';
    if (ts.isTryStatement(at.parent) && at.parent.finallyBlock === at) return 'finally';
  }
  const fn = at.parent;
  if (!fn) return undefined;
  const { parent } = fn;
  const named =
    fn.name?.getText() ??
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
      ? parent.name.getText()
      : ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left)
        ? parent.left.name.text
        : undefined);
  if (named !== undefined)
    return teardown.test(named.replace(/^#/, '')) || named.includes('ispose]') ? 'teardown' : undefined;
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return 'returned';
  if (!ts.isCallExpression(parent)) return undefined;
  const [event] = parent.arguments;
  return /^(?:on|once|addListener|addEventListener)$/.test(nameOf(parent) ?? '') &&
    event &&
    ts.isStringLiteralLike(event) &&
    ends.test(event.text)
    ? 'end-event'
    : undefined;
}

/** With the statement go the resets of the same place beside it, and an `if` that asks for nothing else. */
function spansOf(statement: ts.ExpressionStatement, call: ts.CallExpression, group: Group): readonly ts.Node[] {
  const [argument] = call.arguments;
  const takesIt =
    group === 'timer' ||
    /^(?:revokeObjectURL|closeSync|rm|rmSync|unlink|unlinkSync|delete\w+)$/.test(nameOf(call) ?? '');
  const released = takesIt
    ? argument
    : ts.isPropertyAccessExpression(call.expression)
      ? call.expression.expression
      : undefined;
  const place = released && plain(released);
  if (place === undefined || place === 'this' || group === 'listener' || group === 'cache') return [statement];
  const isReset = (one: ts.Statement): boolean =>
    ts.isExpressionStatement(one) &&
    ((ts.isBinaryExpression(one.expression) &&
      one.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      plain(one.expression.left) === place &&
      /^(?:null|undefined|void 0|0|-1|'')$/.test(one.expression.right.getText())) ||
      (ts.isDeleteExpression(one.expression) && plain(one.expression.expression) === place));
  const block = statement.parent;
  const gone = ts.isBlock(block) ? block.statements.filter((one) => one === statement || isReset(one)) : [statement];
  const isAll = !ts.isBlock(block) || gone.length === block.statements.length;
  const around = ts.isBlock(block) ? block.parent : block;
  if (
    !isAll ||
    !ts.isIfStatement(around) ||
    around.elseStatement ||
    (around.thenStatement !== block && around.thenStatement !== statement) ||
    !plain(around.expression).includes(place)
  )
    return gone;
  return ts.isBlock(around.parent)
    ? around.parent.statements.filter((one) => one === around || isReset(one))
    : [around];
}

function plain(expression: ts.Expression): string {
  return expression.getText().replace(/[!?]/g, '');
}
