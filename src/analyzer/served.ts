/**
 * Which functions of other files does a file call again and again: with each request, each message, each change that it is told
 * of? And which of the arguments is another one each time? What the file does for a caller of its own is said with that.
 */

import { exportNames } from './exported';
import type { Served } from './exportFacts';
import { fileRoleOf } from './fileRole';
import { keepsComing } from './growth/evidence';
import { byName, memberName } from './growth/keys';
import { isSentFromOutside } from './growth/outside';
import { isShortLivedName } from './growth/words';
import { visitNodes } from './nodeIndex';
import type { Name } from './origins';
import type { Frequencies, Frequency } from './ownership/lifetime/frequency/frequency';
import { withoutLoops } from './ownership/lifetime/frequency/occasions';
import { routesOf } from './ownership/lifetime/frequency/routes';
import { isByHandEvent } from './ownership/words/events';
import { answersByDecorator } from './ownership/words/requests';
import type { FileProgram } from './program';
import type { Declaration, FileScopes } from './scopes';
import { calls } from './selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from './syntax';

/** What is called of a module. */
export interface ServedCall {
  readonly module: string;
  /** An export, a member of it after a dot, or a method of its instances after a `#`. */
  readonly name: string;
  readonly served: readonly Served[];
}

/** Of one name more are of no use. */
const mostOfOne = 6;

/** The calls of a bound file that are served. */
export function servedCalls(program: FileProgram, frequencies: Frequencies): readonly ServedCall[] {
  // What a test does is gone with its process: the census does not count it.
  if (fileRoleOf(program.path, '') === 'test') return [];
  if (!program.scopes.declarations.some(({ imported }) => imported && mayBeOwn(imported.module))) return [];
  const found = new Map<string, { module: string; name: string; served: Map<string, Served> }>();
  const runners = new Map<FunctionNode, readonly Runner[]>();
  const renewals = renewalsIn(program);
  visitNodes(program.sourceFile, calls, (call) => {
    const fn = enclosingFunction(call);
    if (!fn) return undefined;
    const called = calledOf(call, program);
    if (!called?.name.module || !mayBeOwn(called.name.module)) return undefined;
    const { module, name } = called.name;
    const key = `${module} ${name}`;
    let known = found.get(key);
    if (known?.served.size === mostOfOne) return undefined;
    let running = runners.get(fn);
    if (!running) {
      running = runnersOf(fn, program, frequencies);
      runners.set(fn, running);
    }
    for (const runner of running) {
      if (called.instance && !outlives(called.instance, runner.fn, program, frequencies)) continue;
      // Of what is neither sent nor a caller's the arguments say nothing.
      const isTold = runner.by !== undefined || runner.isSent === true;
      const given = isTold ? call.arguments.map((argument) => renewed(argument, runner, renewals, program)) : [];
      while (given.at(-1) === null) given.pop();
      const as = `${runner.isSent === true} ${given.join(',')} ${runner.by?.join(' ') ?? '-'}`;
      if (known?.served.has(as) || known?.served.size === mostOfOne) continue;
      const one: Served = {
        ...(runner.by ? { by: runner.by } : {}),
        ...(runner.isSent ? { isSent: true } : {}),
        ...(given.length > 0 ? { given } : {}),
      };
      if (!known) {
        known = { module, name, served: new Map() };
        found.set(key, known);
      }
      known.served.set(as, one);
    }
    return undefined;
  });
  return [...found.values()].map(({ module, name, served }) => ({ module, name, served: [...served.values()] }));
}

/** A relative path or an alias; what has a bare name is a library. */
function mayBeOwn(module: string): boolean {
  return module.includes('/') || module.startsWith('.');
}

interface Called {
  readonly name: Name;
  /** What the method is called on, where that is an instance. */
  readonly instance?: ts.Expression | undefined;
}

/** What a call names of an import: a function, a member, or a method of what was made of an imported class. */
function calledOf(call: ts.CallExpression, { origins, scopes }: FileProgram): Called | undefined {
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee)) {
    const imported = scopes.resolve(callee)?.imported;
    if (imported) return { name: imported };
    const given = givenBy(callee, origins);
    return given && { name: { module: given.module, name: `${given.name}()#` }, instance: callee };
  }
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { text } = callee.name;
  const of = unwrap(callee.expression);
  const imported = ts.isIdentifier(of) ? scopes.resolve(of)?.imported : undefined;
  if (imported) return { name: { module: imported.module, name: `${imported.name}.${text}` } };
  if (!ts.isIdentifier(of) && !isOfThis(of)) return undefined;
  for (const value of [of, ...entriesOf(of, scopes)])
    for (const origin of origins.of(value)) {
      const made = origin.kind === 'new' ? origin.callee : origin.kind === 'annotated' ? origin.type : undefined;
      if (made?.module === undefined) continue;
      return { name: { module: made.module, name: `${made.name}#${text}` }, instance: value === of ? of : undefined };
    }
  const given = givenBy(of, origins);
  return given && { name: { module: given.module, name: `${given.name}()#${text}` }, instance: of };
}

/** The imported function whose result a value is: `const feed = createFeed()`. */
function givenBy(value: ts.Expression, origins: FileProgram['origins']): Name | undefined {
  for (const origin of origins.of(value))
    if (origin.kind === 'call' && origin.callee.module !== undefined) return origin.callee;
  return undefined;
}

/** `const limit = limits[kind]` of `const limits = { login: new Limit(5), api: new Limit(50) }`: what the table holds. */
function entriesOf(of: ts.Expression, scopes: FileScopes): readonly ts.Expression[] {
  const entry = ts.isIdentifier(of) ? scopes.resolve(of)?.initializer : undefined;
  const access = entry && unwrap(entry);
  const table = access && ts.isElementAccessExpression(access) ? unwrap(access.expression) : undefined;
  const declaration = table && ts.isIdentifier(table) ? scopes.resolve(table) : undefined;
  const made = declaration?.scope.func === undefined && declaration?.initializer && unwrap(declaration.initializer);
  if (!made || !ts.isObjectLiteralExpression(made)) return [];
  return made.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? unwrap(one.initializer) : []));
}

/** `this.limits` */
function isOfThis(of: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(of) && of.expression.kind === ts.SyntaxKind.ThisKeyword;
}

interface Runner {
  /** The function that is run. */
  readonly fn: FunctionNode;
  /** Names by which other files run it; absent where something outside does. */
  readonly by?: readonly string[];
  /** By what somebody outside sends. */
  readonly isSent?: boolean;
}

/** Who runs a function: handlers that it is in, or that its calls are in, and functions that others may call. */
function runnersOf(
  inner: FunctionNode | undefined,
  program: FileProgram,
  frequencies: Frequencies,
  depth = 0,
): readonly Runner[] {
  const found: Runner[] = [];
  for (let fn = inner; fn; fn = enclosingFunction(fn)) {
    if (isDecorated(fn)) return [...found, { fn, isSent: true }];
    if (isAgain(frequencies.ofFunction(fn))) return [...found, { fn, isSent: isOfSent(fn, frequencies) }];
    const by = namesOf(fn, program);
    if (by.length > 0) found.push({ fn, by });
    const { calls: callers } = program.callees.usesOf(fn);
    if (depth < 3)
      for (const call of callers.slice(0, mostOfOne))
        if (!isWithin(call, fn)) found.push(...runnersOf(enclosingFunction(call), program, frequencies, depth + 1));
  }
  return found;
}

/** A request, a message, or what is listened to for each of them: `res.on('finish', …)`. */
function isOfSent(handler: FunctionNode, frequencies: Frequencies): boolean {
  for (let fn: FunctionNode | undefined = handler; fn; fn = enclosingFunction(fn)) {
    const { isRequest = false, occasion } = frequencies.ofFunction(fn);
    if (isRequest || isSentFromOutside(withoutLoops(occasion))) return true;
  }
  return false;
}

/** `@Post() create(…)` */
function isDecorated(fn: FunctionNode): boolean {
  const decorators = ts.canHaveDecorators(fn) ? (ts.getDecorators(fn) ?? []) : [];
  return decorators.some(
    ({ expression }) => ts.isCallExpression(expression) && answersByDecorator(calledName(expression)),
  );
}

/** An event, a request, a tick: not what a person does by hand, and not what draws. */
function isAgain({ level, isLooped = false, isRare = false, occasion }: Frequency): boolean {
  if (level !== 'hot' || isLooped || isRare) return false;
  const one = withoutLoops(occasion);
  switch (one.kind) {
    case 'request':
    case 'tick':
    case 'handler':
      return true;
    case 'event':
      return !isByHandEvent(one.name);
    default:
      return false;
  }
}

/** The names by which other files come to a function, also as a method of what is made of a class. */
export function namesOf(fn: FunctionNode, program: FileProgram): readonly string[] {
  const found = new Set(routesOf(fn, program.callees.usesOf(fn).values, program)?.names);
  const exported = program.once(exportNames);
  for (const { owner, member } of program.members.holdersOf(fn)) {
    if (owner.kind === 'object') continue;
    for (const name of exported.get(owner.node) ?? exported.get(owner.declaration?.node ?? owner.node) ?? [])
      found.add(`${name}${member.isStatic ? '.' : '#'}${member.name}`);
    // `export const store = new Store()`
    for (const { parent } of owner.declaration?.references ?? [])
      if (ts.isNewExpression(parent))
        for (const name of exported.get(parent) ?? []) found.add(`${name}.${member.name}`);
  }
  for (const { maker, member } of givenOutBy(fn, program))
    for (const name of routesOf(maker, program.callees.usesOf(maker).values, program)?.names ?? [])
      found.add(`${name}()#${member}`);
  return [...found];
}

interface GivenOut {
  /** The function that makes it, and gives it to its caller. */
  readonly maker: FunctionNode;
  /** What it is called in the object that is given; empty for what is given itself. */
  readonly member: string;
}

/** `return { publish, close() { … } }`, `return (key) => …` */
function givenOutBy(fn: FunctionNode, program: FileProgram): readonly GivenOut[] {
  const found: GivenOut[] = [];
  const { values } = program.callees.usesOf(fn);
  for (const value of ts.isMethodDeclaration(fn) ? [fn] : [fn as ts.Expression, ...values]) {
    const outer = ts.isMethodDeclaration(value) ? value : wrapped(value);
    const property = ts.isMethodDeclaration(outer) ? outer : outer.parent;
    const isMember =
      ts.isMethodDeclaration(property) ||
      ts.isPropertyAssignment(property) ||
      ts.isShorthandPropertyAssignment(property);
    const given = isMember ? property.parent : outer;
    if (!ts.isExpression(given)) continue;
    const maker = returnedFrom(given, program);
    const member = isMember ? propertyNameText(property.name) : '';
    if (maker && maker !== fn && member !== undefined) found.push({ maker, member });
  }
  return found;
}

/** The function that returns a value, itself or as a variable of its own. */
function returnedFrom(value: ts.Expression, { scopes }: FileProgram): FunctionNode | undefined {
  const up = wrapped(value).parent;
  if (ts.isReturnStatement(up)) return enclosingFunction(up);
  if (isFunctionNode(up) && up.body === wrapped(value)) return up;
  if (!ts.isVariableDeclaration(up)) return undefined;
  const uses = scopes.declarationOf(up)?.references ?? [];
  const returned = uses.map((use) => wrapped(use).parent).find((one) => ts.isReturnStatement(one));
  return returned && enclosingFunction(returned);
}

/** Is the argument another one each time? Of a parameter of the function that is run, whoever calls it has to say. */
function renewed(
  argument: ts.Expression,
  { fn, by, isSent }: Runner,
  isAnother: (value: ts.Expression) => boolean,
  program: FileProgram,
): true | number | null {
  const value = unwrap(argument);
  if (isAnother(value) || (isSent && isOfWhatIsSent(value, fn, program))) return true;
  const declaration = by && ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  const index = declaration && ts.isParameter(declaration.node) ? fn.parameters.indexOf(declaration.node) : -1;
  return index < 0 ? null : index;
}

/** Whether a value is another one each time; of a variable it is the same wherever it is given, and asked once. */
function renewalsIn(program: FileProgram): (value: ts.Expression) => boolean {
  const known = new Map<ts.Expression | Declaration, boolean>();
  return (value) => {
    const of = (ts.isIdentifier(value) && program.scopes.resolve(value)) || value;
    let is = known.get(of);
    if (is === undefined) {
      is = !ts.isLiteralExpression(value) && keepsComing(value, { program });
      known.set(of, is);
    }
    return is;
  };
}

/** `message.author.id` of the handler that is given the message: who has sent it, or what it is about. */
function isOfWhatIsSent(value: ts.Expression, fn: FunctionNode, { scopes }: FileProgram): boolean {
  if (!ts.isPropertyAccessExpression(value)) return false;
  let root: ts.Expression = value;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const node = ts.isIdentifier(root) ? scopes.resolve(root)?.node : undefined;
  const named = byName(memberName(value));
  return node?.parent === fn && (named === 'id' || named === 'open' || named === 'transient');
}

/** Is it there before the function is run, and after? */
function outlives(instance: ts.Expression, fn: FunctionNode, program: FileProgram, frequencies: Frequencies): boolean {
  if (ts.isIdentifier(instance)) {
    const variable = program.scopes.resolve(instance);
    // `setInterval(() => { meter = new Meter(); }, hour)`: another one takes its place.
    if (variable?.initializer && variable.writes.some(({ value }) => value && ts.isNewExpression(unwrap(value))))
      return false;
    const maker = variable?.scope.func;
    return !maker || (maker !== fn && isWithin(fn, maker) && frequencies.ofFunction(maker).level !== 'hot');
  }
  const owner = program.members.ownerAt(instance);
  return owner !== undefined && frequencies.instancesOf(owner) !== 'many' && !isShortLivedName(owner.name);
}
