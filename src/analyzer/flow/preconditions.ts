/**
 * Functions that make sure of something before they go on: `if (!this.range) throw …`, a check of a name that is always the
 * same. They throw where the program itself is wrong, and then each time: nobody meets that in a program that works.
 */
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import {
  type CallLike,
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
  return isSame || thrown.every(isForWantOfField);
}

function isForWantOfField(thrown: ts.Node): boolean {
  const then = ts.isBlock(thrown.parent) ? thrown.parent : thrown;
  const asked = then.parent;
  return ts.isIfStatement(asked) && asked.thenStatement === then && wantsField.test(asked.expression.getText());
}

/** A constant, or a field that is given when its owner is made and never again. */
function isFixed(given: ts.Expression, { scopes, places }: FileProgram): boolean {
  if (constantOf(given, scopes) !== undefined) return true;
  const place = places.of(unwrap(given));
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const member = place.root.owner.members.get(place.path[0] ?? '');
  return (
    member?.values.every(({ node }) => (enclosingFunction(node)?.kind ?? isConstructor) === isConstructor) === true
  );
}
