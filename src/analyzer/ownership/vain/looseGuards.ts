/**
 * Releases in a teardown behind a condition that has nothing to do with the acquisition: the menu is open, the prop is
 * set. What was acquired without that condition stays whenever it does not hold at the end.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import {
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  statementsOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { asksElement, givenFields, stateField } from '../../words/components';
import { tellsOfEnd } from '../../words/events';
import { unmountHooks } from '../../words/hooks';
import { endWords } from '../../words/states';
import { endsForGood } from '../../words/teardowns';
import { type Needed, neededFor } from '../lost/guards';
import { statementsBefore } from '../lost/sequence';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { fatesOf } from '../values/fate';

/** Findings for what a teardown releases only under a condition that the acquisition knows nothing of. */
export function findLooselyGuarded(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const acquisition of acquisitions) {
    const { node, kind } = acquisition;
    const setUp = enclosingFunction(node);
    if (!setUp || told.has(node) || kind.oneShot || !beginsLife(node, setUp, engine)) continue;
    const sites = releasesOf(acquisition, engine);
    const guards = sites.map((site) => looseGuard(site, acquisition, setUp, engine));
    const [guard] = guards;
    if (!guard || guards.some((one) => one === undefined)) continue;
    const participle = kind.participle ?? 'released';
    const text = guard.condition.getText().replace(/\s+/g, ' ');
    drafts.push({
      kind: kind.id,
      mechanism: 'no-release-on-dispose',
      severity: kind.severity === 'low' ? 'low' : 'medium',
      confidence: 'medium',
      message: `This ${kind.noun} is ${participle} on line ${lineOf(sites[0] ?? node)} only ${guard.holds ? 'if' : 'unless'} \`${text}\`, which need not be so at the end: it was begun in any case.`,
      advice: `Have it ${participle} before the condition is looked at.`,
      node,
      trail: [
        { role: 'acquired', message: 'Begun here, in any case', range: rangeOf(node) },
        { role: 'exit', message: 'Behind this condition', range: rangeOf(guard.condition) },
        { role: 'release', message: 'Ended here', range: rangeOf(sites[0] ?? node) },
      ],
    });
  }
  return drafts;
}

/** In a function that begins the life of an instance or mount, and on each way through it. */
function beginsLife(node: ts.Node, setUp: FunctionNode, engine: Engine): boolean {
  for (let at: ts.Node = node; at !== setUp && at.parent; at = at.parent)
    if (
      ts.isIfStatement(at.parent) ||
      ts.isConditionalExpression(at.parent) ||
      ts.isCaseOrDefaultClause(at.parent) ||
      ts.isIterationStatement(at.parent, false)
    )
      return false;
  if (statementsBefore(node, setUp).some((one) => ts.isIfStatement(one))) return false;
  const { level } = engine.frequency.of(node);
  return level === 'mount' || level === 'instance';
}

/** All sites of the file that end the acquisition. */
function releasesOf(acquisition: Acquisition, engine: Engine): readonly ts.Node[] {
  const { form, result, kind } = acquisition;
  if (form.form === 'registration')
    return findRemovals(acquisition, engine)
      .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
      .map((removal) => removal.node);
  const stored = result && fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.kind !== 'stored') return [];
  return engine.releasesOf(kind).byPlace.get(stored.place.key) ?? [];
}

/** The condition of a teardown without which the release does not run, and which the acquisition does not bring about. */
function looseGuard(site: ts.Node, acquisition: Acquisition, setUp: FunctionNode, engine: Engine): Needed | undefined {
  const fn = enclosingFunction(site);
  if (!fn || !isEnd(fn, setUp)) return undefined;
  const needed = neededFor(site, fn);
  const about = acquisition.node.getText() + site.parent.getText();
  return needed.find(({ condition, holds }) => {
    const place = engine.program.places.of(condition);
    return place !== undefined && !about.includes(lastName(place)) && isLoose(place, holds, setUp, fn, engine);
  });
}

function lastName({ path, root }: Place): string {
  return path.at(-1) ?? (root.kind === 'declaration' ? root.declaration.name : '');
}

/** A teardown of the whole, or the clean-up that an effect returns. */
function isEnd(fn: FunctionNode, setUp: FunctionNode): boolean {
  const name = fn.name ? propertyNameText(fn.name) : undefined;
  if (name !== undefined && endsForGood(name)) return true;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const up = wrapped(fn).parent;
  if (ts.isReturnStatement(up)) return enclosingFunction(up) === setUp;
  if (ts.isPropertyDeclaration(up)) return endsForGood(propertyNameText(up.name) ?? '');
  return ts.isCallExpression(up) && ts.isIdentifier(up.expression) && unmountHooks.has(up.expression.text);
}

/** A state that comes and goes on other occasions, or a choice of who made the instance. */
function isLoose(place: Place, holds: boolean, setUp: FunctionNode, teardown: FunctionNode, engine: Engine): boolean {
  const { root, path } = place;
  const name = lastName(place);
  if (endWords.test(name) || tellsOfEnd(name)) return false;
  if (root.kind === 'owner') {
    const [field = ''] = path;
    if (path.length === 2 && field === stateField) return !isAskedIn(setUp, name);
    if (path.length === 2 && givenFields.has(field)) return holds && !isAskedIn(setUp, name);
    if (path.length !== 1) return false;
    const member = root.owner.members.get(field);
    const getter = member?.functions.find((fn) => ts.isGetAccessor(fn));
    if (getter) return asksAnother(getter) && !isAskedIn(setUp, name);
    const comesAndGoes = engine.uses.writes(place.key).filter((write) => {
      const fn = enclosingFunction(write);
      return fn !== undefined && fn !== teardown && !ts.isConstructorDeclaration(fn);
    });
    const reached = engine.program.callees.reachedFrom(setUp);
    const isSetHere = comesAndGoes.some((write) => {
      const fn = enclosingFunction(write);
      return fn !== undefined && !isHandlerIn(fn, setUp) && reached.has(fn);
    });
    return (
      !isSetHere &&
      comesAndGoes.some((write) => turnsTo(write, holds)) &&
      comesAndGoes.some((write) => turnsTo(write, !holds)) &&
      !isAskedIn(setUp, name)
    );
  }
  if (root.kind !== 'declaration' || path.length > 0 || !ts.isArrowFunction(teardown)) return false;
  // What the component was given: the same at both times, so where it does not hold nobody ever removes it.
  const { declaration } = root;
  const isGiven = declaration.kind === 'parameter' || ts.isBindingElement(declaration.node);
  return (
    holds && isGiven && declaration.writes.length === 0 && declaration.scope.func !== setUp && !isAskedIn(setUp, name)
  );
}

/** A handler that is only written in the set-up and runs later. */
function isHandlerIn(fn: FunctionNode, setUp: FunctionNode): boolean {
  return fn !== setUp && isWithin(fn, setUp);
}

/** `this.open = !this.open`, `= true`, `= value`: what the assignment may turn it to. */
function turnsTo(write: ts.BinaryExpression, wanted: boolean): boolean {
  const value = unwrap(write.right);
  if (value.kind === ts.SyntaxKind.TrueKeyword) return wanted;
  if (value.kind === ts.SyntaxKind.FalseKeyword) return !wanted;
  return ts.isPrefixUnaryExpression(value);
}

/** `get open() { return this.hasAttribute('open'); }` */
function asksAnother(getter: FunctionNode): boolean {
  const body = statementsOf(getter.body);
  const [only] = body;
  const value = only && ts.isReturnStatement(only) && only.expression ? unwrap(only.expression) : undefined;
  if (body.length !== 1 || !value || !ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  return ts.isPropertyAccessExpression(callee) && asksElement(callee.name.text);
}

/** Does the set-up ask for it, too, or name it at all? */
function isAskedIn(setUp: FunctionNode, name: string): boolean {
  return name === '' || new RegExp(`\\b${name.replace(/\W/g, '')}\\b`).test(textWithoutHandlers(setUp));
}

function textWithoutHandlers(fn: FunctionNode): string {
  if (fn.body && !ts.isBlock(fn.body)) return fn.body.getText();
  return statementsOf(fn.body)
    .filter((one) => !ts.isFunctionDeclaration(one) && !ts.isReturnStatement(one))
    .map((one) => one.getText())
    .join('\n');
}
