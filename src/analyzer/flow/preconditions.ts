/**
 * Functions that make sure of something before they go on: `if (!this.range) throw …`, a check of a name that is always the
 * same. They throw where the program itself is wrong, and then each time: nobody meets that in a program that works.
 */
import { constantOf } from '../program/constants';
import { isEmptyValue } from '../program/emptyValues';
import type { FileProgram } from '../program/program';
import {
  type CallLike,
  conditionsAround,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';

const isConstructor = ts.SyntaxKind.Constructor;
/** `!this.range`, `this.uri === undefined` */
const wantsField = /^(?:!this\.[\w.#]+|this\.[\w.#]+ ===? (?:undefined|null))$/;

/** Does all that the function throws itself tell of a mistake of the program, as this call has it? */
export function onlyMakesSure(fn: FunctionNode, call: CallLike, program: FileProgram): boolean {
  const thrown: ts.Node[] = [];
  let asksOwner = false;
  walk(fn, (node) => {
    asksOwner ||= node.kind === ts.SyntaxKind.ThisKeyword;
    if (ts.isThrowStatement(node)) thrown.push(node);
    return node === fn || !isFunctionNode(node);
  });
  if (thrown.length === 0) return false;
  const given = call.arguments ?? [];
  const isSame = !asksOwner && given.length > 0 && given.every((one) => isFixed(one, program));
  return thrown.every((one) => (isSame && asksOnlyGiven(one, fn, program)) || isForWantOfField(one, program));
}

/** Not what the function itself has read or done, nor a place that others move: `if (text[at] !== sign) throw …`. */
function asksOnlyGiven(thrown: ts.Node, fn: FunctionNode, { scopes }: FileProgram): boolean {
  const asked = conditionsAround(thrown);
  let isGiven = asked.length > 0;
  for (const condition of asked)
    walk(condition, (node) => {
      if (!ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node))
        return isGiven;
      const declaration = scopes.resolve(node);
      isGiven &&=
        declaration !== undefined &&
        (fn.parameters.some((one) => one === declaration.node) || constantOf(node, scopes) !== undefined);
      return isGiven;
    });
  return isGiven;
}

/** One that nothing takes away again: without its connection an owner may well be asked for more. */
function isForWantOfField(thrown: ts.Node, { members }: FileProgram): boolean {
  const then = ts.isBlock(thrown.parent) ? thrown.parent : thrown;
  const asked = then.parent;
  if (!ts.isIfStatement(asked) || asked.thenStatement !== then) return false;
  const text = asked.expression.getText();
  const [, field = ''] = /this\.([\w#]+)/.exec(text) ?? [];
  return (
    wantsField.test(text) &&
    members
      .ownerAt(thrown)
      ?.members.get(field)
      ?.values.every(({ value, node }) => !value || !isEmptyValue(value) || isOfMaking(node)) !== false
  );
}

/** Where an owner gives a field its first value. */
function isOfMaking(node: ts.Node): boolean {
  return (enclosingFunction(node)?.kind ?? isConstructor) === isConstructor;
}

/** A constant, or a field that is given when its owner is made and never again. */
function isFixed(given: ts.Expression, { scopes, places }: FileProgram): boolean {
  if (constantOf(given, scopes) !== undefined) return true;
  const place = places.of(unwrap(given));
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const member = place.root.owner.members.get(place.path[0] ?? '');
  return member?.values.every(({ node }) => isOfMaking(node)) === true;
}
