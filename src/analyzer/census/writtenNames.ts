/**
 * Modules that a function loads by a name that it is given, ``load = (name) => require(`./stores/${name}`)``: where all of its calls
 * are seen and each writes the name, these modules and no others.
 */
import type { FileProgram } from '../program/program';
import { specifierOf } from '../program/specifiers';
import { enclosingFunction, type FunctionNode, ts, unwrap } from '../syntax/syntax';

/** More names than anybody writes one by one. */
const most = 300;
/** More calls than are looked at for one parameter. */
const mostCalls = 2_000;
const deepest = 4;

/** What callers give for each parameter; undefined too while it is asked for, as who calls itself may make any name. */
function givenTexts(): Map<ts.ParameterDeclaration, readonly string[] | undefined> {
  return new Map();
}

/** What may be loaded: a module by its name, all that callers write, or else a pattern; none for what may be anything. */
export function specifiersOf(argument: ts.Expression, program: FileProgram): readonly string[] {
  const one = specifierOf(argument);
  if (one === undefined || !one.includes('*')) return one === undefined ? [] : [one];
  return textsOf(argument, program, 0) ?? [one];
}

/** The modules behind a name that is declared by what loads one: `const bare = require(…)`. */
export function modulesBehind(
  module: string,
  declared: ts.Expression | undefined,
  program: FileProgram,
): readonly string[] {
  if (!module.includes('*') || !declared) return [module];
  let value = unwrap(declared);
  while (ts.isPropertyAccessExpression(value) || ts.isAwaitExpression(value)) value = unwrap(value.expression);
  const [argument] = ts.isCallExpression(value) ? value.arguments : [];
  return argument && specifierOf(argument) === module ? specifiersOf(argument, program) : [module];
}

/** All texts that an expression may be; undefined where one of them is not written in this file. */
function textsOf(expression: ts.Expression, program: FileProgram, depth: number): readonly string[] | undefined {
  const value = unwrap(expression);
  if (ts.isStringLiteralLike(value)) return [value.text];
  if (depth > deepest) return undefined;
  if (ts.isTemplateExpression(value)) {
    let texts: readonly string[] = [value.head.text];
    for (const { expression: told, literal } of value.templateSpans) {
      const parts = textsOf(told, program, depth);
      if (!parts || parts.length * texts.length > most) return undefined;
      texts = texts.flatMap((before) => parts.map((part) => before + part + literal.text));
    }
    return texts;
  }
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.writes.length > 0) return undefined;
  const { node } = declaration;
  const fn = ts.isParameter(node) ? enclosingFunction(node.name) : undefined;
  if (!fn || !ts.isParameter(node) || node.initializer) return undefined;
  const known = program.once(givenTexts);
  if (!known.has(node)) {
    known.set(node, undefined);
    known.set(node, given(fn, fn.parameters.indexOf(node), program, depth + 1));
  }
  return known.get(node);
}

/** What all callers give at this position. */
function given(fn: FunctionNode, index: number, program: FileProgram, depth: number): readonly string[] | undefined {
  const { calls, values } = program.callees.usesOf(fn);
  if (index < 0 || values.length > 0 || calls.length === 0 || calls.length > mostCalls) return undefined;
  if (isOfOthers(fn, program)) return undefined;
  const found = new Set<string>();
  for (const call of calls) {
    if (call.arguments?.some((one) => ts.isSpreadElement(one))) return undefined;
    const argument = call.arguments?.[index];
    const texts = argument && textsOf(argument, program, depth);
    if (!texts || found.size + texts.length > most) return undefined;
    for (const text of texts) found.add(text);
  }
  return [...found];
}

/** Who else may call it is not seen: a method, or what is exported. */
function isOfOthers(fn: FunctionNode, { scopes }: FileProgram): boolean {
  const declaration = scopes.declarationOf(ts.isFunctionDeclaration(fn) ? fn : fn.parent);
  return !scopes.isModule || !declaration || [...scopes.exports.values()].includes(declaration);
}
