/** Which function of this file does a call run, and who calls a function? */

import { select, visitNodes } from '../syntax/nodeIndex';
import { NodeTable } from '../syntax/nodeTable';
import { accesses, propertyAccesses } from '../syntax/selections';
import { type CallLike, type FunctionNode, isFunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { timerCalls } from '../words/callbacks';
import { isEventMethod } from '../words/events';
import { runsFunction } from '../words/functions';
import { listenMethods, makesServer, unlistenMethods } from '../words/listeners';
import { bindTarget, isBindCall } from './bound';
import { fixedKey, memberAccessOf } from './memberNames';
import { functionBehind, type Member, type Members, type Owner } from './members';
import type { FileScopes } from './scopes';

const running = select<FunctionNode | CallLike>(
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
);

export interface Uses {
  readonly calls: readonly CallLike[];
  /** The function is used as a value: passed, stored, returned. */
  readonly values: readonly ts.Expression[];
}

export type MemberUse = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export interface Callees {
  /** Bodies in this file that a call may run (several for a member assigned several functions). */
  readonly of: (call: CallLike) => readonly FunctionNode[];
  /** Functions that an expression denotes: inline function, named function, method. */
  readonly functionsOf: (expression: ts.Expression) => readonly FunctionNode[];
  /** Owner that an expression's value is an instance of: `this`, `new C()`, a variable or member given one. */
  readonly ownerOfValue: (expression: ts.Expression) => Owner | undefined;
  /** Uses of a function within this file. */
  readonly usesOf: (fn: FunctionNode) => Uses;
  /** `x.name`, `x['name']` and what else names a member that is fixed, by its name, in source order. */
  readonly accesses: ReadonlyMap<string, readonly MemberUse[]>;
  /** Functions run by `fn`: those it calls, transitively, and those written inside it. Contains `fn`. */
  readonly reachedFrom: (fn: FunctionNode) => ReadonlySet<FunctionNode>;
}

/** `const timer = setTimeout(fn)`, `const server = createServer(fn)`: the name is not the function's. */
function keepsCallback(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return timerCalls.has(name) || listenMethods.has(name) || isEventMethod(name) || makesServer(name);
}

/** `source.off('data', this.onData)`: who takes a handler away does not run it. */
function isRemoval(call: CallLike): boolean {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && unlistenMethods.has(callee.name.text);
}

/** Builds the call resolver of one file. */
export function createCallees(sourceFile: ts.SourceFile, scopes: FileScopes, members: Members): Callees {
  const memberUses = new Map<string, MemberUse[]>();
  visitNodes(sourceFile, accesses, (node) => {
    const name = ts.isPropertyAccessExpression(node) ? node.name.text : fixedKey(node.argumentExpression, scopes);
    if (name === undefined) return undefined;
    const uses = memberUses.get(name);
    if (uses) uses.push(node);
    else memberUses.set(name, [node]);
    return undefined;
  });

  /** null: no owner is known. */
  const owners = new NodeTable<Owner | null>(sourceFile);
  const functions = new NodeTable<readonly FunctionNode[]>(sourceFile);

  /** @param before members whose values were followed: fields that are given each other's values are followed once */
  const findOwner = (expression: ts.Expression, depth: number, before?: Set<Member>): Owner | undefined => {
    if (depth > 6) return undefined;
    const value = unwrap(expression);
    if (value.kind === ts.SyntaxKind.ThisKeyword) return members.ownerAt(value);
    if (ts.isNewExpression(value) && ts.isIdentifier(value.expression)) {
      const declaration = scopes.resolve(value.expression);
      if (!declaration) return undefined;
      return (
        members.ownerOf(declaration.node) ??
        (declaration.initializer ? members.ownerOf(unwrap(declaration.initializer)) : undefined)
      );
    }
    if (ts.isObjectLiteralExpression(value)) return members.ownerOf(value);
    if (ts.isIdentifier(value)) {
      const declaration = scopes.resolve(value);
      if (!declaration) return undefined;
      if (ts.isClassDeclaration(declaration.node)) return members.ownerOf(declaration.node);
      const type = typeOwner(
        ts.isVariableDeclaration(declaration.node) || ts.isParameter(declaration.node)
          ? declaration.node.type
          : undefined,
      );
      if (type) return type;
      const given =
        declaration.initializer && declaration.path?.length === 0
          ? declaration.initializer
          : declaration.writes[0]?.value;
      return given ? findOwner(given, depth + 1, before) : undefined;
    }
    const access = memberAccessOf(value, scopes);
    if (access) {
      // Most values have no member on their way.
      const seen = before ?? new Set<Member>();
      const member = findOwner(access.object, depth + 1, seen)?.members.get(access.name);
      if (!member || seen.has(member)) return undefined;
      seen.add(member);
      const type = typeOwner(member.type);
      if (type) return type;
      for (const { value: given } of member.values) {
        const found = given ? findOwner(given, depth + 1, seen) : undefined;
        if (found) return found;
      }
    }
    return undefined;
  };
  const ownerOfValue = (expression: ts.Expression): Owner | undefined => {
    const known = owners.get(expression);
    if (known !== undefined) return known ?? undefined;
    const owner = findOwner(expression, 0);
    owners.set(expression, owner ?? null);
    return owner;
  };
  const typeOwner = (type: ts.TypeNode | undefined): Owner | undefined => {
    if (!type || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
    const declaration = scopes.lookup(type.typeName.text, type);
    return declaration ? members.ownerOf(declaration.node) : undefined;
  };

  const functionsOf = (expression: ts.Expression): readonly FunctionNode[] => {
    let found = functions.get(expression);
    if (!found) {
      found = findFunctions(unwrap(expression));
      functions.set(expression, found);
    }
    return found;
  };

  const findFunctions = (value: ts.Expression): readonly FunctionNode[] => {
    if (ts.isFunctionExpression(value) || ts.isArrowFunction(value)) return [value];
    if (ts.isIdentifier(value)) {
      const declaration = scopes.resolve(value);
      const fn = declaration ? functionBehind(declaration) : undefined;
      return fn ? [fn] : noFunctions;
    }
    const access = memberAccessOf(value, scopes);
    // What a getter gives is not the getter.
    if (access)
      return (ownerOfValue(access.object)?.members.get(access.name)?.functions ?? []).filter(
        (fn) => !ts.isGetAccessor(fn) && !ts.isSetAccessor(fn),
      );
    // handler.bind(this), handler.call(this)
    const target = isBindCall(value) ? bindTarget(value) : undefined;
    return target ? functionsOf(target) : noFunctions;
  };

  const of = (call: CallLike): readonly FunctionNode[] => {
    const callee = unwrap(call.expression);
    if (ts.isNewExpression(call)) {
      const owner = ownerOfValue(call);
      return owner?.construct ? [owner.construct] : [];
    }
    if (callee.kind === ts.SyntaxKind.SuperKeyword) {
      const owner = members.ownerAt(call);
      const base = owner?.base ? unwrap(owner.base) : undefined;
      const declaration = base && ts.isIdentifier(base) ? scopes.resolve(base) : undefined;
      const construct = declaration ? members.ownerOf(declaration.node)?.construct : undefined;
      return construct ? [construct] : [];
    }
    if (ts.isPropertyAccessExpression(callee) && runsFunction(callee.name.text)) {
      const direct = functionsOf(callee.expression);
      if (direct.length > 0) return direct;
    }
    return functionsOf(callee);
  };

  const usesCache = new Map<FunctionNode, Uses>();
  const usesOf = (fn: FunctionNode): Uses => {
    const known = usesCache.get(fn);
    if (known) return known;
    const calls: CallLike[] = [];
    const values: ts.Expression[] = [];
    const use = (node: ts.Expression): void => {
      const outer = wrapped(node);
      const up = outer.parent;
      if ((ts.isCallExpression(up) || ts.isNewExpression(up)) && up.expression === outer) calls.push(up);
      else if (
        ts.isPropertyAccessExpression(up) &&
        up.expression === outer &&
        runsFunction(up.name.text) &&
        ts.isCallExpression(up.parent)
      )
        calls.push(up.parent);
      else values.push(node);
    };
    if (ts.isFunctionDeclaration(fn) || (ts.isFunctionExpression(fn) && fn.name)) {
      for (const reference of scopes.declarationOf(fn)?.references ?? []) use(reference);
    }
    if (ts.isFunctionExpression(fn) || ts.isArrowFunction(fn)) {
      let at: ts.Expression = wrapped(fn);
      // useCallback(fn), debounce(fn) given to a name: uses of the name are uses of the function
      if (
        ts.isCallExpression(at.parent) &&
        at.parent.arguments[0] === at &&
        ts.isVariableDeclaration(at.parent.parent) &&
        !keepsCallback(at.parent)
      )
        at = at.parent;
      const up = at.parent;
      if (ts.isVariableDeclaration(up) && up.initializer === at)
        for (const reference of scopes.declarationOf(up)?.references ?? []) use(reference);
      else if (ts.isCallExpression(up) && up.expression === at) calls.push(up);
      else if (!(ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up) || ts.isBinaryExpression(up)))
        values.push(fn);
    }
    // Members: every access of that name on a value of the owner. Accesses on unknown values are not counted.
    for (const owner of members.madeBy(fn))
      for (const reference of owner.declaration?.references ?? []) {
        const up = wrapped(reference).parent;
        if (ts.isNewExpression(up) && up.expression === wrapped(reference)) calls.push(up);
        else if (owner.kind !== 'constructor' && !ts.isHeritageClause(up.parent)) values.push(reference);
      }
    for (const { owner, member } of ts.isGetAccessor(fn) ? [] : members.holdersOf(fn))
      for (const access of memberUses.get(member.name) ?? [])
        if (ownerOfValue(access.expression) === owner) use(access);
    const uses: Uses = { calls, values };
    usesCache.set(fn, uses);
    return uses;
  };

  /** `get view() { return this.panel; }`: bodies that run where the property is read, by owner and name. */
  let getters: ReadonlyMap<Owner, ReadonlyMap<string, readonly FunctionNode[]>> | undefined;
  const gettersOf = (owner: Owner): ReadonlyMap<string, readonly FunctionNode[]> | undefined => {
    getters ??= new Map(
      members.owners.flatMap((one) => {
        const own = [...one.members].flatMap(([name, member]) => {
          const found = member.functions.filter((fn) => ts.isGetAccessor(fn));
          return found.length > 0 ? [[name, found] as const] : [];
        });
        return own.length > 0 ? [[one, new Map(own)] as const] : [];
      }),
    );
    return getters.get(owner);
  };
  /** Getters of its own object that the function reads. */
  const readBy = (fn: FunctionNode): readonly FunctionNode[] => {
    const owner = members.ownerAt(fn.body ?? fn);
    const own = owner && gettersOf(owner);
    const found: FunctionNode[] = [];
    if (own)
      visitNodes(fn, propertyAccesses, (node) => {
        if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword)
          found.push(...(own.get(node.name.text) ?? []));
        return undefined;
      });
    return found;
  };

  const reachCache = new Map<FunctionNode, ReadonlySet<FunctionNode>>();
  const reachedFrom = (fn: FunctionNode): ReadonlySet<FunctionNode> => {
    const known = reachCache.get(fn);
    if (known) return known;
    const reached = new Set<FunctionNode>([fn]);
    const queue: FunctionNode[] = [fn];
    const reach = (one: FunctionNode): void => {
      if (reached.has(one)) return;
      reached.add(one);
      queue.push(one);
    };
    for (let next = queue.pop(); next; next = queue.pop()) {
      readBy(next).forEach(reach);
      visitNodes(next, running, (node) => {
        if (isFunctionNode(node)) reach(node);
        else {
          of(node).forEach(reach);
          if (node.arguments && !isRemoval(node))
            for (const argument of node.arguments) functionsOf(argument).forEach(reach);
        }
        return undefined;
      });
    }
    reachCache.set(fn, reached);
    return reached;
  };

  return { of, functionsOf, ownerOfValue, usesOf, reachedFrom, accesses: memberUses };
}

const noFunctions: readonly FunctionNode[] = [];
