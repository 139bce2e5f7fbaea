/**
 * The only place of a program at which a component is shown, by weaker signs than those by which there is one of it for sure: what
 * is around it may be any component that does not tell by its name that it hides, repeats or exchanges what is in it. What is shown
 * at one place, by what is itself shown at one, up to a fixed place of the page, tells nothing of being there many times.
 */
import type { Question } from '../../facts/exportFacts';
import { callsNamed } from '../../program/callNames';
import type { FileProgram } from '../../program/program';
import type { Declaration } from '../../program/scopes';
import {
  type ClassNode,
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isClassNode,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { hidesByProperty, makesRoot, mayComeAndGo, mayLeaveOut, putsAtRoot, unmounting } from '../../words/components';
import { isPlaceOfPage } from '../../words/pages';
import { isExportsObject } from '../../words/program';
import { isContentOfRoot, rootCallOf } from './rootElements';
import { elementOf, hasKey, isAlwaysGiven, isOpening, type Opening, outermost } from './shownAlways';

/** What has to be so of the exports of the file. */
export type Sole = readonly Question[];

type Seen = ReadonlySet<ts.Node>;

/** Of one use of a component: undefined where it may come and go, or is something else. */
export function soleUse(use: ts.Expression, program: FileProgram, seen: Seen = new Set()): Sole | undefined {
  const outer = wrapped(use);
  const up = outer.parent;
  if (isOpening(up)) return hasKey(up) ? undefined : placed(elementOf(up), program, seen);
  return rootCallOf(outer) ? [] : soleMade(outer, program, seen);
}

/** Of a component of this file. */
export function soleOf(
  component: FunctionNode | ClassNode,
  program: FileProgram,
  seen: Seen = new Set(),
): Sole | undefined {
  // The name of an expression, `observer(class Clock { … })`, is its own.
  const isNamed = !ts.isClassExpression(component) && !ts.isFunctionExpression(component);
  const declaration = isNamed ? program.scopes.declarationOf(component) : undefined;
  if (declaration) return soleDeclared(declaration, program, seen);
  if (ts.isFunctionDeclaration(component) || ts.isClassDeclaration(component)) return [{ as: 'sole', of: ['default'] }];
  return soleMade(wrapped(component as ts.Expression), program, seen);
}

function soleDeclared(declaration: Declaration, program: FileProgram, seen: Seen): Sole | undefined {
  if (declaration.writes.length > 0 || seen.has(declaration.node)) return undefined;
  const names = [...program.scopes.exports].filter(([, one]) => one === declaration).map(([name]) => name);
  const [use, more] = declaration.references.filter(isShowing);
  if (more) return undefined;
  if (!use) return names.length > 0 ? [{ as: 'sole', of: names }] : undefined;
  const here = soleUse(use, program, new Set([...seen, declaration.node]));
  return here && names.length > 0 ? [...here, { as: 'unseen', of: names }] : here;
}

/** Neither exported, nor only asked for what it has: `Clock.propTypes = …`. */
function isShowing(use: ts.Expression): boolean {
  const { parent } = wrapped(use);
  return !(
    ts.isJsxClosingElement(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isPropertyAccessExpression(parent)
  );
}

/** `export default connect(select)(Clock)`, `const Clock = memo(…)` */
function soleMade(value: ts.Expression, program: FileProgram, seen: Seen): Sole | undefined {
  let at = value;
  for (let up = at.parent; ts.isCallExpression(up) && up.arguments[0] === at; up = at.parent) {
    if (mayLeaveOut(calledName(up))) return undefined;
    at = wrapped(up);
  }
  const { parent } = at;
  if (ts.isExportAssignment(parent) || (isAssignment(parent) && isExportsObject(parent.left.getText())))
    return [{ as: 'sole', of: ['default'] }];
  const declaration = ts.isVariableDeclaration(parent) ? program.scopes.declarationOf(parent) : undefined;
  return declaration && soleDeclared(declaration, program, seen);
}

/** Of an element, or of what stands for one. */
function placed(element: ts.Expression, program: FileProgram, seen: Seen): Sole | undefined {
  const drawn = outermost(element, program, mayShowAlways, true);
  if (!drawn) return undefined;
  if (ts.isCallExpression(drawn.parent)) return isPutOnPage(drawn.parent, drawn, program) ? [] : undefined;
  // `const app = <Shell />; render(app, place);`
  const named = ts.isVariableDeclaration(drawn.parent) ? program.scopes.declarationOf(drawn.parent) : undefined;
  const [use, more] = named?.writes.length === 0 ? named.references : [];
  if (use && !more && !seen.has(drawn)) return placed(use, program, new Set([...seen, drawn]));
  const fn = enclosingFunction(drawn);
  return fn && isAlwaysGiven(drawn, fn, program) ? drawnBy(fn, program, seen) : undefined;
}

/** Of what a function always gives. */
function drawnBy(fn: FunctionNode, program: FileProgram, seen: Seen): Sole | undefined {
  if (isClassNode(fn.parent) && fn.name?.getText() === 'render') return soleOf(fn.parent, program, seen);
  const outer = wrapped(fn as ts.Expression);
  if (ts.isCallExpression(outer.parent) && isContentOfRoot(fn))
    return isPutOnPage(outer.parent, outer, program) ? [] : undefined;
  // `<main>{this.drawHead()}</main>`
  const { calls, values } = program.callees.usesOf(fn);
  const [call, more] = calls;
  if (!call) return ts.isMethodDeclaration(fn) ? undefined : soleOf(fn, program, seen);
  return more || values.length > 0 || seen.has(fn) ? undefined : placed(call, program, new Set([...seen, fn]));
}

/** Does nothing tell that it hides, repeats or exchanges what is in it? */
function mayShowAlways({ tagName, attributes }: Opening): boolean {
  const name = tagName.getText().split('.').pop() ?? '';
  return /^[a-z]|Provider$/.test(name) || !(mayComeAndGo(tagName.getText()) || hidesByProperty(attributes.getText()));
}

/** `render(<App />, document.getElementById('app'))`: however often it is called, there is one at a place, if nothing takes it away. */
function isPutOnPage(call: ts.CallExpression, put: ts.Expression, program: FileProgram): boolean {
  const [first, second] = call.arguments;
  if (first !== put || !putsAtRoot(calledName(call)) || callsNamed(program, unmounting).length > 0) return false;
  const valueBehind = (expression: ts.Expression): ts.Expression => {
    const value = unwrap(expression);
    const known = ts.isIdentifier(value) ? program.scopes.resolve(value)?.initializer : undefined;
    return known ? unwrap(known) : value;
  };
  const callee = unwrap(call.expression);
  const root = ts.isPropertyAccessExpression(callee) ? valueBehind(callee.expression) : call;
  const given = ts.isCallExpression(root) && makesRoot(calledName(root)) ? root.arguments[0] : second;
  const place = given && valueBehind(given);
  if (!place) return false;
  // What another module keeps is as fixed.
  const base = ts.isPropertyAccessExpression(place) ? unwrap(place.expression) : place;
  return (
    isPlaceOfPage(place.getText()) || (ts.isIdentifier(base) && program.scopes.resolve(base)?.imported !== undefined)
  );
}
