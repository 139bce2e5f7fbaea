/** Caches of clients: what is made per key must be closed, by its name or because the end of the owner closes each. */

import type { Engine } from '../engine';
import { containerOf } from '../ownership/values/releases';
import { isFunctionNode, ts, unwrap, walk } from '../syntax/syntax';
import { takesOutOrEmpties } from '../words/collections';
import { isTeardown } from '../words/teardowns';
import { type Collection, isInWholeTeardown } from './collections';

const clientMakers =
  /^(?:\w*(?:Client|Pool|Connection|Socket|Agent|Subject|Channel|Session|Browser|Consumer|Producer|Sequelize|DataSource)|Redis|Queue|Worker)$/;

/** `new Pool(…)`, `createClient(…)`: the value is something that must be closed. */
export function makesClient(value: ts.Expression | undefined, engine: Engine, depth = 0): boolean {
  const inner = value && unwrap(value);
  if (!inner) return false;
  if (ts.isIdentifier(inner) && depth === 0) {
    const declaration = engine.program.scopes.resolve(inner);
    const given = [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])];
    return given.some((one) => makesClient(one, engine, 1));
  }
  let made = false;
  walk(inner, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const text = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      if (clientMakers.test(ts.isNewExpression(node) ? text : text.replace(/^(?:create|make|connect|open)/, '')))
        made = true;
    }
    return !made;
  });
  return made;
}

/** The teardown of the owner goes through the entries and ends each: `for (const pool of this.pools.values()) pool.close()`. */
export function endsEach({ container }: Collection, engine: Engine): boolean {
  if (container.holder !== 'instance' || !container.owner) return false;
  let found = false;
  walk(container.owner.node, (node) => {
    if (found || !ts.isCallExpression(node)) return !found;
    const callee = unwrap(node.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      isTeardown(callee.name.text) &&
      !takesOutOrEmpties(callee.name.text) &&
      isInWholeTeardown(node) &&
      containerOf(callee.expression, engine.program) === container.place.key
    )
      found = true;
    return !found;
  });
  return found;
}
