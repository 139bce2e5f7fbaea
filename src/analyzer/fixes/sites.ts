/**
 * Where a release can be written so that it runs when the owner ends: the clean-up of an effect, the teardown of a class,
 * or a teardown that the class's framework names with certainty and that is yet to be made.
 */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { TextEdit } from '../findings/findings';
import type { Owner } from '../program/members';
import { cleanupEffects, componentTeardowns } from '../resources/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isClassNode,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { insertAfter, insertAt, insertInto, type Layout, ownReturns } from './layout';
import type { Vantage } from './names';
import { type Release, statementOf } from './release';

export interface Site {
  /** Code here sees the local variables of `vantage.node`, or the members of its owner. */
  readonly scope: 'local' | 'member';
  readonly vantage: Vantage;
  /** "the clean-up of the effect", "`destroy`" */
  readonly words: string;
  /** The function or block in which acquisitions are seen by the release. */
  readonly body: ts.Block | undefined;
  readonly write: (release: Release, isAsync: boolean) => readonly TextEdit[] | undefined;
}

/** The site for what a draft leaves open; undefined where no place is certain. */
export function siteFor(open: Open, engine: Engine, layout: Layout): Site | undefined {
  return (
    effectSite(open, engine, layout) ?? teardownSite(open, engine, layout) ?? newTeardownSite(open, engine, layout)
  );
}

/** The effect around a node whose callback may return a clean-up. */
function effectAround(node: ts.Node, engine: Engine): ts.ArrowFunction | ts.FunctionExpression | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) continue;
    const call = wrapped(fn).parent;
    if (!ts.isCallExpression(call) || call.arguments[0] === undefined || unwrap(call.arguments[0]) !== fn) continue;
    const name = engine.program.origins.nameOf(unwrap(call.expression));
    if (engine.types.matches(name, cleanupEffects)) return fn;
  }
  return undefined;
}

function effectSite({ acquisition }: Open, engine: Engine, layout: Layout): Site | undefined {
  const effect = effectAround(acquisition.node, engine);
  if (!effect || hasModifier(effect, ts.SyntaxKind.AsyncKeyword) || effect.asteriskToken) return undefined;
  const words = 'the clean-up of the effect';
  const vantage: Vantage = { node: effect.body, owner: engine.program.members.ownerAt(effect.body) };
  const { newline, unit, semicolon } = layout;
  const asFunction = (release: Release, indent: string): string =>
    release.guard === undefined
      ? `return () => ${release.expression}${semicolon}`
      : `return () => {${newline}${indent}${unit}${statementOf(release, semicolon)}${newline}${indent}}${semicolon}`;
  if (!ts.isBlock(effect.body)) {
    const { body } = effect;
    const indent = layout.indentAt(effect.getStart());
    const inner = indent + unit;
    return {
      scope: 'local',
      vantage,
      words,
      body: undefined,
      write: (release) => [
        insertAt(body.getStart(), `{${newline}${inner}`),
        insertAt(body.end, `${semicolon}${newline}${inner}${asFunction(release, inner)}${newline}${indent}}`),
      ],
    };
  }
  const { body } = effect;
  const returns = ownReturns(effect);
  const given = returns.filter(({ expression }) => expression !== undefined);
  // A way out between the acquisition and the clean-up would leave it open.
  const leavesBetween = returns.some(
    (one) => one.expression === undefined && one.pos > acquisition.node.pos && !isWithin(one, acquisition.node),
  );
  const last = body.statements.at(-1);
  if (leavesBetween || !last) return undefined;
  const [only] = given;
  if (!only)
    return ts.isReturnStatement(last) || ts.isThrowStatement(last)
      ? undefined
      : {
          scope: 'local',
          vantage,
          words,
          body,
          write: (release) => [insertAfter(last, (indent) => asFunction(release, indent), layout)],
        };
  if (given.length > 1 || only.parent !== body || only.pos < acquisition.node.pos || !only.expression) return undefined;
  const value = unwrap(only.expression);
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return undefined;
  return {
    scope: 'local',
    vantage,
    words,
    body,
    write: (release) => insertInto(value, () => statementOf(release, semicolon), layout),
  };
}

function teardownSite({ teardown, acquisition }: Open, engine: Engine, layout: Layout): Site | undefined {
  const owner = teardown && engine.program.members.ownerAt(teardown.node.body ?? teardown.node);
  if (!teardown?.node.body || !owner || engine.program.members.ownerAt(acquisition.node) !== owner) return undefined;
  return inMember(owner, teardown.name, teardown.node, layout);
}

function inMember(owner: Owner, name: string, fn: FunctionNode, layout: Layout): Site | undefined {
  const { body } = fn;
  if (!body || ts.isConstructorDeclaration(fn)) return undefined;
  const isAsyncFunction = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
  return {
    scope: 'member',
    vantage: { node: body, owner },
    words: `\`${name}\``,
    body: undefined,
    write: (release, isAsync) =>
      insertInto(
        fn,
        () => statementOf(release, layout.semicolon, isAsync && isAsyncFunction ? 'await ' : ''),
        layout,
        // What the release names may be let go of in the teardown itself.
        /this\.\w+ = (?:null|undefined)\b/.test(body.getText()) ? 'start' : undefined,
      ),
  };
}

/** The function of the owner, directly below it, that a node stands in; `constructor` also for field initialisers. */
export function memberAround(node: ts.Node, owner: Owner): string | undefined {
  let member: string | undefined;
  for (let up: ts.Node | undefined = node; up && up !== owner.node; up = up.parent) {
    if (ts.isConstructorDeclaration(up)) member = 'constructor';
    else if (ts.isPropertyDeclaration(up)) member = isFunctionValue(up) ? propertyNameText(up.name) : 'constructor';
    else if (ts.isMethodDeclaration(up)) member = propertyNameText(up.name);
  }
  return member;
}

function isFunctionValue({ initializer }: ts.PropertyDeclaration): boolean {
  return initializer !== undefined && isFunctionNode(unwrap(initializer));
}

function newTeardownSite({ acquisition, teardown }: Open, engine: Engine, layout: Layout): Site | undefined {
  const owner = engine.program.members.ownerAt(acquisition.node);
  if (teardown || !owner || !isClassNode(owner.node)) return undefined;
  const { node } = owner;
  const member = memberAround(acquisition.node, owner);
  const rule = componentTeardowns.find(
    (candidate) =>
      (owner.base !== undefined &&
        candidate.bases !== undefined &&
        engine.types.matches(engine.program.origins.nameOf(owner.base), candidate.bases)) ||
      (candidate.decorators !== undefined &&
        ts.canHaveDecorators(node) &&
        (ts.getDecorators(node) ?? []).some(
          ({ expression }) =>
            ts.isCallExpression(expression) &&
            engine.types.matches(engine.program.origins.nameOf(expression.expression), candidate.decorators ?? []),
        )),
  );
  if (!rule || member === undefined || !rule.acquiredIn.includes(member)) return undefined;
  const known = owner.members.get(rule.method);
  if (known) {
    // Declared, with an empty body.
    const [fn] = known.functions;
    return fn && known.functions.length === 1 ? inMember(owner, rule.method, fn, layout) : undefined;
  }
  // The class that a decorated one extends may have a teardown of its own, which this one would hide.
  if (rule.decorators && owner.base) return undefined;
  const around = node.members.find((one) => isWithin(acquisition.node, one) && isFunctionNode(one));
  const last = around ?? node.members.at(-1);
  if (!last) return undefined;
  return {
    scope: 'member',
    vantage: { node: last, owner },
    words: `\`${rule.method}\``,
    body: undefined,
    write: (release) => {
      const { newline, unit, semicolon } = layout;
      const indent = layout.indentAt(last.getStart());
      const inner = indent + unit;
      const type = layout.isTypeScript ? ': void' : '';
      const isOverride = layout.isTypeScript && rule.callsSuper && usesOverride(node);
      const parent = rule.callsSuper ? `${newline}${inner}super.${rule.method}()${semicolon}` : '';
      return [
        insertAt(
          layout.lineEnd(last.end),
          `${newline}${newline}${indent}${isOverride ? 'override ' : ''}${rule.method}()${type} {${parent}${newline}${inner}${statementOf(release, semicolon)}${newline}${indent}}`,
        ),
      ];
    },
  };
}

function usesOverride(node: ts.ClassLikeDeclaration): boolean {
  return node.members.some((member) => hasModifier(member, ts.SyntaxKind.OverrideKeyword));
}
