/**
 * `a.pipe(b)` ends `b` when `a` ends, and does nothing else: when the one fails or closes first, the other stays open. Judged
 * for the end that this function opens, where the other is the caller's or is known to fail by a handler of its errors.
 */

import type { Acquisition } from '../acquiring/acquisitions';
import { eventOfHandler } from '../acquiring/receivers';
import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import type { Frequency } from '../ownership/lifetime/frequency/frequency';
import { isExported, nameOf } from '../ownership/lifetime/frequency/functionNames';
import { nameIn } from '../ownership/lifetime/frequency/occasions';
import { fatesOf } from '../ownership/values/fate';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { shortText } from '../syntax/shortText';
import {
  calledName,
  enclosingFunction,
  isAssignment,
  isFunctionNode,
  isWithin,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { isGesture } from '../words/events';
import { listenMethods } from '../words/listeners';
import { joinsPath } from '../words/program';
import { endsFilling } from '../words/releases';
import { comesOverNetwork } from '../words/requests';
import { pipes } from '../words/streams';
import { isTeardown } from '../words/teardowns';
import { failsUnheard, isKeptInMemory, isOnlyUsedHere } from './quietEnds';

/** The finding for an end of a pipe that nothing closes when the other end is gone; undefined when something may. */
export function judgePipe(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  const { piped } = kind;
  const fn = enclosingFunction(node);
  if (!piped || !result || !fn) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || frequency.level === 'setup') return undefined;
  const uses = usesOf(result, engine);
  if (!uses) return undefined;
  const pipes = uses.flatMap((use) => (piped.end === 'source' ? pipeFrom(use) : pipeInto(use)));
  const [pipe] = pipes;
  if (pipes.length !== 1 || !pipe) return undefined;
  const further = piped.end === 'sink' ? usesOfResult(pipe.call, engine) : [];
  if (![...uses, ...further].every((use) => isPipe(use, pipe) || isHarmless(use, kind, engine))) return undefined;
  const other = piped.end === 'source' ? targetsOf(pipe.call).at(-1) : firstOf(pipe.call);
  if (!other || !mayEndFirst(other, pipe.call, node, fn, engine)) return undefined;
  const isQuiet =
    piped.end === 'source'
      ? isKeptInMemory(targetsOf(pipe.call), piped, engine)
      : failsUnheard(other, pipe.call, piped, engine);
  if (isQuiet === true) return undefined;
  if (piped.from && !alternativesOf(other).some((one) => isFrom(one, piped.from, engine))) return undefined;
  const name = shortText(other);
  return {
    kind: piped.as,
    mechanism: 'error-or-early-exit-path',
    severity: isQuiet === 'mostly' || isSeldom(acquisition, other, fn, frequency, engine) ? 'low' : 'medium',
    confidence: 'medium',
    message:
      piped.end === 'source'
        ? `The ${kind.noun} stays open when \`${name}\` closes or fails first: \`pipe\` does not destroy its source.`
        : `The ${kind.noun} stays open when \`${name}\` fails or is cut off: \`pipe\` ends its target only at the end of its source.`,
    advice: 'Use `pipeline`, which destroys both ends, or destroy it when the other end closes.',
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
      { role: 'exit', message: `\`${name}\` may end first`, range: rangeOf(other) },
      frequencyStep(frequency, node),
    ],
  };
}

/** Is it hardly ever that the other end fails first, or hardly ever done at all? */
function isSeldom(
  { kind: { piped }, node }: Acquisition,
  other: ts.Expression,
  fn: ts.Node,
  frequency: Frequency,
  engine: Engine,
): boolean {
  // Somebody does it by hand.
  if (isGesture(nameIn(frequency.occasion))) return true;
  // One page of the program's own is read at once, before anybody goes; what works on this machine alone hardly ever fails.
  if (piped?.end === 'source') return isOwnFile(node.arguments?.[0], engine) || isMadeHere(other, fn, engine);
  if (isFilledHere(other, fn, engine) || isOfArchive(other, engine)) return true;
  // What belongs to something that is given, and of which nothing shows that it may fail.
  const place = engine.program.places.of(unwrap(other));
  return frequency.level !== 'hot' && (place?.path.length ?? 0) > 0 && !handlesErrorsOf(place?.key ?? '', fn, engine);
}

/** A file whose name the program knows: `createReadStream(path.join(root, 'index.html'))`, `send(response, notFound)`. */
function isOwnFile(path: ts.Expression | undefined, { program }: Pick<Engine, 'program'>, depth = 0): boolean {
  const value = path && unwrap(path);
  if (!value || depth > 3) return false;
  if (typeof constantOf(value, program.scopes) === 'string') return true;
  if (ts.isTemplateExpression(value)) return /\.\w+$/.test(value.templateSpans.at(-1)?.literal.text ?? '');
  if (ts.isCallExpression(value))
    return (
      joinsPath(value.expression.getText()) && typeof constantOf(value.arguments.at(-1), program.scopes) === 'string'
    );
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (!declaration || (declaration.kind !== 'parameter' && declaration.path?.length !== 0)) return false;
  const given = declaration.kind === 'parameter' ? argumentsFor(declaration, program) : [declaration.initializer];
  const all = given && [...given, ...declaration.writes.map((write) => write.value)];
  return all !== undefined && all.length > 0 && all.every((one) => isOwnFile(one, { program }, depth + 1));
}

/** What the calls in this file give for a parameter; undefined where others may give what nobody sees here. */
function argumentsFor(
  { node, scope: { func } }: Declaration,
  program: FileProgram,
): readonly ts.Expression[] | undefined {
  if (!func || !ts.isParameter(node) || isExported(func, nameOf(func, program.scopes), program.scopes))
    return undefined;
  const index = func.parameters.indexOf(node);
  return program.callees.usesOf(func).calls.flatMap((call) => call.arguments?.[index] ?? []);
}

/** `file.pipe(unzip.parse())`, `const out = createWriteStream(copy); file.pipe(out);`: made for the pipe alone, and of no network. */
function isMadeHere(other: ts.Expression, fn: ts.Node, { program }: Engine): boolean {
  const value = unwrap(other);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (declaration && !(isWithin(declaration.node, fn) && isOnlyUsedHere(declaration, (method) => !pipes(method))))
    return false;
  const made = declaration ? declaration.initializer && unwrap(declaration.initializer) : value;
  if (!made || !(ts.isCallExpression(made) || ts.isNewExpression(made)) || declaration?.writes.length) return false;
  return !comesOverNetwork(calledName(made)) && !(declaration && comesOverNetwork(declaration.name));
}

/** `archive.on('entry', (header, entry) => entry.pipe(out))`: a part of what is read already. */
function isOfArchive(other: ts.Expression, engine: Engine): boolean {
  const value = unwrap(other);
  const node = ts.isIdentifier(value) ? engine.program.scopes.resolve(value)?.node : undefined;
  const fn = node && ts.isParameter(node) && isFunctionNode(node.parent) ? node.parent : undefined;
  return fn !== undefined && eventOfHandler(fn, engine.program) === 'entry';
}

/** `archive.pipe(output); archive.file(path); archive.finalize();`: nobody else ends what this function makes, fills and finishes. */
function isFilledHere(other: ts.Expression, fn: ts.Node, { program }: Engine): boolean {
  let value = unwrap(other);
  // `archive.glob('*').on('error', failed).pipe(output)`
  while (ts.isCallExpression(value) || ts.isPropertyAccessExpression(value)) value = unwrap(value.expression);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (!declaration || declaration.kind === 'parameter' || !isWithin(declaration.node, fn)) return false;
  return declaration.references.some((use) => finishes(use, program));
}

/** By a call on it, or in a function of this file that is given it. */
function finishes(use: ts.Expression, program: FileProgram, depth = 0): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up))
    return endsFilling(up.name.text) && ts.isCallExpression(up.parent) && up.parent.expression === up;
  if (!ts.isCallExpression(up) || depth > 2) return false;
  const index = up.arguments.indexOf(outer);
  return program.callees.of(up).some((target) => {
    const parameter = target.parameters[index];
    const given = parameter && program.scopes.declarationOf(parameter);
    return given?.references.some((inner) => finishes(inner, program, depth + 1)) === true;
  });
}

interface Pipe {
  readonly call: ts.CallExpression;
  readonly use: ts.Expression;
}

/** The expressions that stand for the stream: itself, or its local variable; undefined where others get it. */
function usesOf(result: ts.Expression, engine: Engine): readonly ts.Expression[] | undefined {
  const fates = fatesOf(result, engine.program);
  const [only] = fates;
  if (fates.length !== 1 || !only) return undefined;
  if (only.kind === 'used' || only.kind === 'passed') return [result];
  if (only.kind !== 'stored' || only.place.root.kind !== 'declaration' || only.place.path.length > 0) return undefined;
  const { declaration } = only.place.root;
  if (declaration.scope.func === undefined || declaration.kind === 'parameter' || declaration.kind === 'using')
    return undefined;
  // `let source; if (isPath) source = open(path);`: what it is given besides is no stream of ours.
  const isOwnWrite = (reference: ts.Expression): boolean => {
    const write = wrapped(reference).parent;
    return isAssignment(write) && write.left === wrapped(reference) && isPlainWrite(write, result);
  };
  return declaration.references.filter((reference) => reference !== declaration.node && !isOwnWrite(reference));
}

/** `const out = source.pipe(fs.createWriteStream(path))`: what a pipe gives is its target. */
function usesOfResult(call: ts.CallExpression, { program }: Engine): readonly ts.Expression[] {
  const up = wrapped(call).parent;
  return (ts.isVariableDeclaration(up) ? program.scopes.declarationOf(up) : undefined)?.references ?? [];
}

/** Does the statement give a variable the stream, or what the caller or nobody gave? */
function isPlainWrite(write: ts.BinaryExpression, result: ts.Expression): boolean {
  if (!ts.isExpressionStatement(write.parent)) return false;
  const right = unwrap(write.right);
  return (
    isWithin(result, right) ||
    ts.isIdentifier(right) ||
    ts.isPropertyAccessExpression(right) ||
    right.kind === ts.SyntaxKind.NullKeyword
  );
}

/** `stream.pipe(target)`, also behind registrations: `stream.on('error', f).pipe(target)`. */
function pipeFrom(use: ts.Expression): readonly Pipe[] {
  let at: ts.Expression = use;
  for (;;) {
    const access = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return [];
    if (pipes(access.name.text)) return [{ call: access.parent, use }];
    if (!listenMethods.has(access.name.text)) return [];
    at = access.parent;
  }
}

/** `source.pipe(stream)` */
function pipeInto(use: ts.Expression): readonly Pipe[] {
  const outer = wrapped(use);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer) return [];
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && pipes(callee.name.text) ? [{ call, use }] : [];
}

function isPipe(use: ts.Expression, pipe: Pipe): boolean {
  return use === pipe.use;
}

/** Listens to it, or looks at one of its properties; ends nothing and hands it to nobody. */
function isHarmless(use: ts.Expression, kind: ResourceKind, engine: Engine): boolean {
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== wrapped(use)) return false;
  if (!ts.isCallExpression(access.parent)) return !isTeardown(access.name.text);
  if (listenMethods.has(access.name.text)) return !startsWith(access.parent, engine);
  // Sets it up, with nothing to be run later.
  return (
    kind.fluent?.includes(access.name.text) === true &&
    access.parent.arguments.every((argument) => engine.program.callees.functionsOf(argument).length === 0)
  );
}

/** What happens once it is open is followed no further. */
function startsWith(call: ts.CallExpression, engine: Engine): boolean {
  const event = constantOf(call.arguments[0], engine.program.scopes);
  return event === 'open' || event === 'ready';
}

/** Targets of a chain: `a.pipe(gzip).pipe(response)`. */
function targetsOf(call: ts.CallExpression): readonly ts.Expression[] {
  const targets = call.arguments.slice(0, 1);
  for (let at: ts.Expression = call; ; ) {
    const access = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return targets;
    at = access.parent;
    if (pipes(access.name.text)) targets.push(...access.parent.arguments.slice(0, 1));
    else if (!listenMethods.has(access.name.text)) return targets;
  }
}

/** First source of a chain. */
function firstOf(call: ts.CallExpression): ts.Expression | undefined {
  let at: ts.Expression = call;
  while (ts.isCallExpression(at)) {
    const callee: ts.Expression = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    if (!pipes(callee.name.text) && !listenMethods.has(callee.name.text)) return at;
    at = unwrap(callee.expression);
  }
  return at;
}

/** The caller's stream, or one whose failure the function handles and then leaves ours alone. */
function mayEndFirst(
  other: ts.Expression,
  call: ts.CallExpression,
  opened: ts.Node,
  fn: ts.Node,
  engine: Engine,
): boolean {
  const [value = other, ...further] = alternativesOf(other);
  if (further.some((one) => mayEndFirst(one, call, opened, fn, engine))) return true;
  if (engine.types.of(value).has('process-stream')) return false;
  if (handlesErrorsInChain(call, opened, engine)) return true;
  const place = engine.program.places.of(value);
  const root = place?.root.kind === 'declaration' ? place.root.declaration : undefined;
  if (root?.kind === 'parameter' && root.scope.func && isWithin(call, root.scope.func)) return true;
  return place !== undefined && handlesErrorsOf(place.key, fn, engine);
}

/** `buffer || request`: each of them. */
function alternativesOf(expression: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(expression);
  return ts.isBinaryExpression(value) &&
    (value.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
      value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    ? [...alternativesOf(value.left), ...alternativesOf(value.right)]
    : [value];
}

/** Is the other end one that comes over the network, by its type or by its name? */
function isFrom(other: ts.Expression, from: NonNullable<ResourceKind['piped']>['from'], engine: Engine): boolean {
  const types = engine.types.of(other);
  const name = (ts.isPropertyAccessExpression(other) ? other.name.text : other.getText()).toLowerCase();
  return (
    from !== undefined && (from.types.some((type) => types.has(type)) || from.named.some((end) => name.endsWith(end)))
  );
}

/** `source.on('error', reject).pipe(target)`, `source.pipe(target).on('error', reject)` */
function handlesErrorsInChain(call: ts.CallExpression, opened: ts.Node, engine: Engine): boolean {
  const isErrorHandler = (one: ts.CallExpression): boolean =>
    ts.isPropertyAccessExpression(one.expression) &&
    listenMethods.has(one.expression.name.text) &&
    constantOf(one.arguments[0], engine.program.scopes) === 'error';
  for (let at: ts.Expression = call; ; ) {
    const access = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) break;
    at = access.parent;
    if (isErrorHandler(access.parent)) return true;
  }
  for (let at: ts.Expression = call; ts.isCallExpression(at); ) {
    const callee: ts.Expression = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee)) break;
    // Of the stream's own errors nothing follows for the other end.
    if (at !== call && isErrorHandler(at) && !isWithin(opened, callee.expression)) return true;
    at = unwrap(callee.expression);
  }
  return false;
}

function handlesErrorsOf(key: string, fn: ts.Node, engine: Engine): boolean {
  let found = false;
  walk(fn, (inner) => {
    if (!ts.isCallExpression(inner) || found) return !found;
    const callee = unwrap(inner.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      listenMethods.has(callee.name.text) &&
      constantOf(inner.arguments[0], engine.program.scopes) === 'error' &&
      engine.program.places.of(unwrap(callee.expression))?.key === key
    )
      found = true;
    return !found;
  });
  return found;
}
