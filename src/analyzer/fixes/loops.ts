/** What arms itself again each time: its latest handle is kept, and released when the owner ends. */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { Fix, TextEdit } from '../findings/findings';
import { type FunctionNode, hasModifier, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import { typeOf } from './keeping';
import { insertBefore, type Layout } from './layout';
import { freshName, nameFromNoun } from './names';
import { store } from './races';
import { releaseOf } from './release';
import type { Site } from './sites';

/** A variable beside the function that is armed; undefined where one of the places that arm it cannot keep its handle. */
export function stopLoop({ acquisition, loop }: Open, site: Site, engine: Engine, layout: Layout): Fix | undefined {
  const { result, node, kind } = acquisition;
  const { body } = site;
  if (!loop || !result || !body || site.scope !== 'local') return undefined;
  // What waits in between arms it again after its end.
  if (hasModifier(loop, ts.SyntaxKind.AsyncKeyword)) return undefined;
  const statement = body.statements.find((one) => one.pos <= loop.pos && loop.end <= one.end);
  if (!statement) return undefined;
  const arming = armings(node, loop, body, engine);
  if (!arming) return undefined;
  const name = freshName(nameFromNoun(kind.noun), engine);
  const release = releaseOf(acquisition, { text: name, missing: 'undefined' }, site.vantage, engine);
  const written = release && site.write(release, false);
  const type = layout.isTypeScript ? typeOf(result, statement, engine) : undefined;
  if (!release || !written || (layout.isTypeScript && type === undefined)) return undefined;
  const stores = arming.map((call) => store(wrapped(call), name, layout));
  if (stores.some((edits) => edits.length === 0)) return undefined;
  const declared: TextEdit = insertBefore(
    statement,
    () => `let ${name}${type === undefined ? '' : `: ${type} | undefined`}${layout.semicolon}`,
    layout,
  );
  return {
    title: `Add \`${release.expression}\` to ${site.words}`,
    edits: [declared, ...stores.flat(), ...written],
  };
}

/** Every call that arms the same function. */
function armings(
  node: ts.Node,
  loop: FunctionNode,
  body: ts.Block,
  engine: Engine,
): readonly ts.CallExpression[] | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const found: ts.CallExpression[] = [];
  walk(body, (inner) => {
    if (!ts.isCallExpression(inner) || inner.expression.getText() !== node.expression.getText()) return undefined;
    const [callback] = inner.arguments;
    if (inner === node || (callback && engine.program.callees.functionsOf(unwrap(callback)).includes(loop)))
      found.push(inner);
    return undefined;
  });
  return found;
}
