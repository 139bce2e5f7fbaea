/** What is known of the methods of a class, and of the instances that functions make. */

import type { Acquisition } from '../acquiring/acquisitions';
import { givenBy } from '../acquiring/gives';
import type { Engine } from '../engine';
import { withBases } from '../ownership/instances/bases';
import { instancesOf } from '../ownership/instances/instances';
import { wrappedBy } from '../ownership/instances/wrappers';
import { gives, returnedBy } from '../ownership/values/returned';
import type { Owner } from '../program/members';
import { visitNodes } from '../syntax/nodeIndex';
import { instantiations } from '../syntax/selections';
import { enclosingFunction, type FunctionNode, ts, unwrap } from '../syntax/syntax';
import type { ExportFact, Holding, MethodFact } from './exportFacts';

/** The methods of a class, its own and those of bases in this file, that give something open. */
export function methodFacts(
  owner: Owner,
  engine: Engine,
  acquisitions: readonly Acquisition[],
): Pick<ExportFact, 'methods'> {
  const methods: Record<string, MethodFact> = {};
  for (const at of withBases(owner, engine)) {
    for (const { name, functions, isStatic } of at.members.values()) {
      const [fn] = functions;
      const key = isStatic ? `.${name}` : name;
      // A getter gives the same each time, or is meant to.
      if (!fn || functions.length > 1 || ts.isGetAccessor(fn) || Object.hasOwn(methods, key)) continue;
      const returned = returnedBy(fn);
      const gives = givenBy(fn, engine, acquisitions);
      const makes = madeBy(fn, returned, engine, acquisitions);
      if (gives || makes.length > 0)
        methods[key] = {
          ...(gives ? { gives } : {}),
          ...(makes.length > 0 ? { makes } : {}),
        };
    }
  }
  return Object.keys(methods).length > 0 ? { methods } : {};
}

/** What the instance keeps open that every return of the function makes anew. */
export function madeBy(
  fn: FunctionNode,
  returned: readonly ts.Expression[],
  engine: Engine,
  acquisitions: readonly Acquisition[],
): readonly Holding[] {
  if (returned.length === 0 || fn.asteriskToken) return [];
  const instances = instancesOf(engine, acquisitions);
  let found: readonly Holding[] = [];
  visitNodes(fn, instantiations, (node) => {
    if (!ts.isNewExpression(node) || enclosingFunction(node) !== fn || found.length > 0) return undefined;
    const holds = instances.made(node);
    if (holds.length > 0 && returned.every((value) => gives(value, node, engine)))
      found = holds.flatMap((holding) => {
        if (holding.keptBy === undefined) return [holding];
        const argument = node.arguments?.[holding.keptBy];
        const position = argument && parameterBehind(argument, fn, engine);
        return position === undefined ? [] : [{ ...holding, keptBy: position }];
      });
    return undefined;
  });
  return found.length > 0 ? found : wrappedBy(fn, acquisitions, engine);
}

function parameterBehind(argument: ts.Expression, fn: FunctionNode, engine: Engine): number | undefined {
  const root = engine.program.places.of(unwrap(argument))?.root;
  const node = root?.kind === 'declaration' ? root.declaration.node : undefined;
  const position = node && ts.isParameter(node) ? fn.parameters.indexOf(node) : -1;
  return position === -1 ? undefined : position;
}
