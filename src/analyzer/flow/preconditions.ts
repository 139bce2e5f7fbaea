/**
 * Functions that make sure of something before they go on: `if (!this.range) throw …`. They throw where the program itself is
 * wrong, and then each time: nobody meets that in a program that works.
 */
import { isEmptyValue } from '../program/emptyValues';
import type { FileProgram } from '../program/program';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, walk } from '../syntax/syntax';

const isConstructor = ts.SyntaxKind.Constructor;
/** `!this.range`, `this.uri === undefined` */
const wantsField = /^(?:!this\.[\w.#]+|this\.[\w.#]+ ===? (?:undefined|null))$/;

/** Does all that the function throws itself tell of a mistake of the program? */
export function onlyMakesSure(fn: FunctionNode, program: FileProgram): boolean {
  const thrown: ts.Node[] = [];
  walk(fn, (node) => {
    if (ts.isThrowStatement(node)) thrown.push(node);
    return node === fn || !isFunctionNode(node);
  });
  return thrown.length > 0 && thrown.every((one) => isForWantOfField(one, program));
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
