/**
 * How often does a piece of code run? Once per process, once per instance, per mount, per call, or hot (events, timers,
 * requests). A resource that is acquired once by design is no leak; what repeats multiplies.
 */

import { exportNames } from '../../exported';
import type { Question } from '../../exportFacts';
import { declaredName, memberAccessOf } from '../../memberNames';
import type { Member, Owner } from '../../members';
import { select, visitNodes } from '../../nodeIndex';
import type { Place } from '../../places';
import type { FileProgram } from '../../program';
import { returnedBy } from '../../returned';
import { binaries, calls } from '../../selections';
import { isInstanceScript, isRootComponent } from '../../singleFile';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isClassNode,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax';
import {
  continuations,
  isCommand,
  mayTakeHandler,
  readyCalls,
  runsAgain,
  storeCalls,
  synchronousCallbacks,
  testCalls,
  timerCalls,
} from '../words/callbacks';
import { componentDecorators, isShownContent, isViewBox, rootComponents, watchGroups } from '../words/components';
import { isEventMethod, isRareEvent, isReadyEvent, oneShotEvents } from '../words/events';
import {
  effectHooks,
  leaveHooks,
  memoHooks,
  mountHooks,
  renderHooks,
  runsOnMount,
  teardownHooks,
  tellsOfBeginning,
} from '../words/hooks';
import { handlerCalls, listenMethods } from '../words/listeners';
import { isOfProcess, isProcess, makesMany, singletonDecorators, singletonMembers } from '../words/owners';
import { isExportsObject } from '../words/program';
import { emptiesFirst, isTakingAway, takesCleanUp } from '../words/releases';
import { isRequestPair } from '../words/requests';
import { isSetup, onceEntryPoints, startsWhole } from '../words/starts';
import { isEndState, saysDone, saysOver } from '../words/states';
import { rootElementsOf } from './rootElements';

const jsxNodes = select<ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment>(
  ts.SyntaxKind.JsxElement,
  ts.SyntaxKind.JsxSelfClosingElement,
  ts.SyntaxKind.JsxFragment,
);

export type Level =
  /** At most once per process or page. */
  | 'once'
  /** A set-up function by its name and use: presumably once, not provably. */
  | 'setup'
  /** Once per instance of a class. */
  | 'instance'
  /** Once per mount of a component. */
  | 'mount'
  /** Each call of a function that others may call any number of times. */
  | 'call'
  /** Events, timers, requests, loops, renders. */
  | 'hot'
  | 'unknown';

export interface Frequency {
  readonly level: Level;
  /** "each call of exported `open`": completes the sentence "runs …". */
  readonly why: string;
  /** An event that a person or an extension brings about a few times in a session. */
  readonly isRare?: boolean;
  /** Only because of a loop, which ends. */
  readonly isLooped?: boolean;
  /** By its parameters it answers a request, of which there is no end. */
  readonly isRequest?: boolean;
  /** It holds only if each of these is answered by yes. */
  readonly given?: readonly Question[];
}

export type Instances = 'single' | 'many' | 'unknown';

export interface Frequencies {
  readonly of: (node: ts.Node) => Frequency;
  readonly ofFunction: (fn: FunctionNode) => Frequency;
  /** How many instances of an owner live in one process. */
  readonly instancesOf: (owner: Owner) => Instances;
  /** How often instances of an owner are made. */
  readonly ofInstances: (owner: Owner) => Frequency;
  /** How often a function runs that is given to a call. */
  readonly ofGiven: (call: CallLike, argument: ts.Expression) => Frequency;
}

/** Says of an own export whether all other files together make, call or put it up once. */
export type IsOnce = (question: Question) => boolean;

const rank: Readonly<Record<Level, number>> = { once: 0, setup: 1, instance: 2, unknown: 3, mount: 4, call: 5, hot: 6 };

/** The more frequent of two. */
export function moreFrequent(a: Frequency, b: Frequency): Frequency {
  const most = weight(b) > weight(a) ? b : a;
  if (!a.given && !b.given) return most;
  return { ...most, given: [...new Set([...(a.given ?? []), ...(b.given ?? [])])] };
}

function weight({ level, isRare }: Frequency): number {
  return rank[level] - (isRare ? 0.5 : 0);
}

const once: Frequency = { level: 'once', why: 'once, when the module is loaded' };
const inLoop: Frequency = { level: 'unknown', why: 'in a loop' };

/**
 * Builds the frequency judge of one file; answers are cached.
 * @param isOnce what other files do with the exports of this one
 * @param isStrict once is only what is seen to be so: names that tell of a set-up or of a service are not believed, and a loop
 * in what runs once makes many
 */
export function createFrequency(program: FileProgram, isOnce: IsOnce, isStrict = false): Frequencies {
  const { callees, members, scopes, places } = program;
  const cache = new Map<FunctionNode, Frequency>();
  const running = new Set<FunctionNode>();
  const isOnlyOne = isRootComponent(program.path);
  const rootElements = rootElementsOf(program);
  const onlyInstance: Frequency = { level: 'once', why: 'once, in the root component' };

  const of = (node: ts.Node): Frequency => {
    let looped: ts.Node | undefined;
    let guarded: Frequency | undefined;
    for (let at: ts.Node = node, up = node.parent; up; at = up, up = up.parent) {
      if (isLoopBody(up, at)) looped ??= up;
      if (ts.isIfStatement(up) && (up.thenStatement === at || up.elseStatement === at))
        guarded ??= guardOf(up, up.thenStatement === at);
      // `client ??= open()`
      if (isFilling(up) && up.right === at) guarded ??= guardedBy(places.of(unwrap(up.left)), up);
      if (ts.isPropertyDeclaration(up) && up.initializer === at) {
        const owner = members.ownerOf(up.parent);
        if (hasModifier(up, ts.SyntaxKind.StaticKeyword)) return of(up.parent);
        return owner ? instanceFrequency(owner) : { level: 'instance', why: 'once per instance' };
      }
      if (isFunctionNode(up)) {
        if (isStrict && looped && !isSmallLoop(looped)) return inLoop;
        const flag = guarded ?? earlyReturnGuard(up, node);
        const base = ofFunction(up);
        if (flag) return rank[flag.level] < rank[base.level] ? flag : base;
        if (looped && rank[base.level] >= rank.call && !isSmallLoop(looped))
          return { ...base, level: 'hot', isLooped: true, why: `in a loop, ${base.why}` };
        return base;
      }
    }
    return isStrict && looped && !isSmallLoop(looped) ? inLoop : once;
  };

  const instanceFrequency = (owner: Owner): Frequency => {
    const { instances, given } = count(owner);
    switch (instances) {
      case 'single':
        return {
          level: 'once',
          why: `once: \`${owner.name}\` has a single instance`,
          ...(given.length > 0 ? { given } : {}),
        };
      case 'many':
        return { level: 'instance', why: `once per instance of \`${owner.name}\`, of which there are many` };
      case 'unknown':
        return { level: 'instance', why: `once per instance of \`${owner.name}\`` };
    }
  };

  const ofFunction = (fn: FunctionNode): Frequency => {
    const known = cache.get(fn);
    if (known) return known;
    if (running.has(fn)) return { level: 'once', why: 'by recursion' };
    running.add(fn);
    const result = compute(fn);
    running.delete(fn);
    cache.set(fn, result);
    return result;
  };

  const compute = (fn: FunctionNode): Frequency => {
    const owner = members.madeBy(fn)[0];
    if (owner && (ts.isConstructorDeclaration(fn) || owner.kind === 'constructor')) return instanceFrequency(owner);
    if (isInstanceScript(fn))
      return isOnlyOne ? onlyInstance : { level: 'mount', why: 'for each instance of the component' };
    const name = nameOf(fn);
    if (isComponent(fn, name)) return { level: 'hot', why: `each render of \`${name}\`` };
    const uses = callees.usesOf(fn);
    let result: Frequency | undefined;
    const add = (frequency: Frequency): void => {
      result = result ? moreFrequent(result, frequency) : frequency;
    };
    for (const call of uses.calls) if (!isWithinFunction(call, fn)) add(of(call));
    const routes = routesOf(fn, uses.values);
    for (const value of uses.values) if (!routes?.values.has(value)) add(ofValue(value, fn));
    const often = routes && !isOften(result) ? calledElsewhere(routes.names, name) : undefined;
    if (often) add(often);
    else for (const value of routes?.values ?? []) add(ofValue(value, fn));
    const watched = watchedBy(fn);
    if (watched !== undefined) return { level: 'hot', why: `each change of \`${watched}\`` };
    const handled = handlerProperty(fn);
    if (handled !== undefined) add({ level: 'hot', why: `each \`${handled}\`` });

    const memberOwner = members.holdersOf(fn)[0]?.owner;
    if (memberOwner) {
      if (mountHooks.has(name))
        return isOnlyOne
          ? onlyInstance
          : instancesOf(memberOwner) === 'single'
            ? instanceFrequency(memberOwner)
            : { level: 'mount', why: `each mount (\`${name}\`)` };
      // Who may call a private one that draws by itself is seen here.
      const isSeen = isPrivate(fn) && uses.values.length === 0 && uses.calls.length > 0 && givesNothing(fn);
      if (renderHooks.has(name) && (name !== 'render' || (rendersAgain(fn) && !isSeen)))
        return { level: 'hot', why: `each \`${name}\`` };
      if (leaveHooks.has(name)) return { level: 'hot', why: `each \`${name}\`` };
      // Whoever has the instance may call it.
      if (isStrict && !often && !isPrivate(fn) && !hasModifier(fn, ts.SyntaxKind.ProtectedKeyword))
        return memberOwner.kind === 'class' && startsWhole(name)
          ? moreFrequent(instanceFrequency(memberOwner), result ?? once)
          : { level: 'unknown', why: `when \`${name}\` is called` };
      const internal = result !== undefined && (isPrivate(fn) || isOften(result) || isSetup(name));
      if (internal && result) return result;
      if (isSetup(name))
        return memberOwner.kind === 'object' && !memberOwner.isClassBody
          ? { level: 'setup', why: `when \`${name}\` is called` }
          : instanceFrequency(memberOwner);
      if (isPrivate(fn)) return result ?? { level: 'unknown', why: `when \`${name}\` is called` };
      if (result && (often || hasOnlySetupCallers(result))) return result;
      return { level: 'call', why: `each call of \`${name}\`` };
    }

    if (!often && isExported(fn, name)) {
      if (onceEntryPoints.has(name)) add({ level: 'once', why: `once, in \`${name}\`` });
      else if (isSetup(name) || isWholeFile(fn)) add({ level: 'setup', why: `when \`${name}\` is called` });
      else
        add({
          level: 'call',
          why: name && name !== 'exports' ? `each call of exported \`${name}\`` : 'each call of the exported function',
        });
    }
    if (result) return result;
    if (onceEntryPoints.has(name)) return { level: 'once', why: `once, in \`${name}\`` };
    if (!scopes.isModule && ts.isFunctionDeclaration(fn) && ts.isSourceFile(fn.parent)) {
      return isSetup(name)
        ? { level: 'setup', why: `when \`${name}\` is called` }
        : { level: 'call', why: `each call of global \`${name}\`` };
    }
    return { level: 'unknown', why: name ? `when \`${name}\` is called` : 'when it is called' };
  };

  /** The names by which other files come to a function, and the uses of it in this file that give it these names. */
  const routesOf = (fn: FunctionNode, values: readonly ts.Expression[]): Routes | undefined => {
    const exported = program.once(exportNames);
    const found = new Set(exported.get(fn) ?? exported.get(scopes.declarationOf(fn)?.node ?? fn));
    const through = new Set<ts.Expression>();
    const property = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
    if (isProperty(property)) for (const name of memberNames(property)) found.add(name);
    for (const value of values) {
      const up = wrapped(value).parent;
      if (ts.isExportSpecifier(up) || ts.isExportAssignment(up)) through.add(value);
      else if (isProperty(up)) {
        const members = memberNames(up);
        for (const name of members) found.add(name);
        if (members.length > 0) through.add(value);
      } else if (
        isAssignment(up) &&
        isExportsObject(
          unwrap(up.left)
            .getText()
            .replace(/\.\w+$/, ''),
        )
      )
        through.add(value);
    }
    return found.size > 0 ? { names: [...found], values: through } : undefined;
  };

  /** `default.enable`: the names of a function of an exported object that nobody here gives away. */
  const memberNames = (property: ts.ObjectLiteralElementLike | ts.MethodDeclaration): readonly string[] => {
    const name = propertyNameText(property.name);
    const holder = property.parent;
    const exported = program.once(exportNames).get(holder);
    // What others do with members of a name with a capital is not kept.
    if (name === undefined || !exported || exported.some((one) => /^[A-Z]/.test(one))) return [];
    const declaration = scopes.declarationOf(ts.isObjectLiteralExpression(holder) ? wrapped(holder).parent : holder);
    if (declaration?.references.some((use) => !isPart(use))) return [];
    return exported.map((one) => `${one}.${name}`);
  };

  /** Once, if that is so of all files that call the function. */
  const calledElsewhere = (exported: readonly string[], name: string): Frequency | undefined => {
    if (onceEntryPoints.has(name)) return undefined;
    const question = asked('called', exported);
    return question && { level: 'once', why: `once, where other files call \`${name}\``, given: [question] };
  };

  /** The names that a class is exported under, if nothing here makes instances of it or gives it to others. */
  const madeUnder = ({ node, declaration, kind }: Owner): readonly string[] | undefined => {
    const exported = program.once(exportNames);
    const isClosed =
      kind !== 'object' &&
      (declaration?.references ?? []).every((use) => isPart(use) || isHeldAgainst(use)) &&
      !/\bnew this\b/.test(node.getText());
    return isClosed ? (exported.get(node) ?? exported.get(declaration?.node ?? node)) : undefined;
  };

  const followed = new Map<ts.Expression, Frequency | undefined>();
  /** Frequency of a function used as a value: what does the taker do with it? */
  const ofValue = (value: ts.Expression, fn: FunctionNode): Frequency => {
    // Still undefined: a function that hands its own callback on to itself.
    if (followed.has(value)) return followed.get(value) ?? { level: 'once', why: 'by recursion' };
    followed.set(value, undefined);
    const frequency = takenBy(value, fn);
    followed.set(value, frequency);
    return frequency;
  };

  const takenBy = (value: ts.Expression, fn: FunctionNode): Frequency => {
    const outer = wrapped(value);
    const up = outer.parent;
    if (ts.isCallExpression(up) || ts.isNewExpression(up)) {
      const called: ts.Node = up.expression;
      return called === outer ? of(up) : ofCallback(up, outer);
    }
    if (ts.isPropertyAssignment(up) || ts.isShorthandPropertyAssignment(up)) {
      const name = propertyNameText(up.name) ?? '';
      if (mountHooks.has(name)) return isOnlyOne ? onlyInstance : { level: 'mount', why: `each mount (\`${name}\`)` };
      if (/^on[A-Z]/.test(name)) return { level: 'hot', why: `each \`${name}\`` };
      // { setup, stop } as an API: callers decide
      return isSetup(name)
        ? { level: 'setup', why: `when \`${name}\` is called` }
        : { level: 'call', why: `each call of \`${name}\`` };
    }
    if (ts.isJsxExpression(up)) {
      const attribute = ts.isJsxAttribute(up.parent) ? up.parent.name.getText() : '';
      return tellsOfBeginning(attribute)
        ? { level: 'mount', why: `each mount (\`${attribute}\`)` }
        : { level: 'hot', why: 'each event of the element' };
    }
    if (ts.isReturnStatement(up) || (ts.isArrowFunction(up) && up.body === outer))
      return answersRequests(fn) ? eachRequest : { level: 'unknown', why: 'when the returned function is called' };
    if (isAssignment(up)) {
      const left = unwrap(up.left);
      const name = ts.isPropertyAccessExpression(left) ? left.name.text : '';
      if (/^on[a-z]/.test(name)) return { level: 'hot', why: `each \`${name}\`` };
      if (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression.getText())) {
        return isSetup(name)
          ? { level: 'setup', why: `when \`${name}\` is called` }
          : { level: 'call', why: `each call of exported \`${name}\`` };
      }
    }
    if (ts.isExportAssignment(up) || ts.isExportSpecifier(up))
      return {
        level: 'call',
        why: nameOf(fn) ? `each call of exported \`${nameOf(fn)}\`` : 'each call of the exported function',
      };
    return { level: 'unknown', why: 'when it is called' };
  };

  /** Frequency of a function passed to a call. */
  const ofCallback = (call: CallLike, argument: ts.Expression): Frequency => {
    const callee = unwrap(call.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
    const [first] = call.arguments ?? [];
    const event = first && ts.isStringLiteralLike(first) ? first.text : undefined;
    if (event !== undefined && first !== argument && oneShotEvents.has(event) && listenMethods.has(name))
      return of(call);
    if (storeCalls.has(name)) return { level: 'once', why: 'once, when the store is first used' };
    if (readyCalls.has(name) || (name === '$' && first === argument)) return of(call);
    if (ts.isNewExpression(call) && name === 'Promise') return of(call);
    if (isCommand(name, () => callee.getText())) return of(call);
    if (ts.isNewExpression(call) && takesCleanUp(name)) return { level: 'call', why: 'each subscription' };
    const isEach = synchronousCallbacks.has(name);
    if (isEach && isStrict) return { level: 'unknown', why: `each call that \`${name}\` makes` };
    // `server.listen(port, begin)`, but not `feed.listen(show)`
    const isHandler = isStrict && first === argument && mayTakeHandler(name);
    if (isEach || (continuations.has(name) && !isHandler)) return of(call);
    if (timerCalls.has(name)) return runsAgain(name) ? { level: 'hot', why: 'each tick of an interval' } : of(call);
    if (isOnlyOne && runsOnMount(name)) return onlyInstance;
    const root = effectHooks.has(name) ? effectOfRoot(call) : undefined;
    if (root) return root;
    if (effectHooks.has(name)) return { level: 'mount', why: `each run of \`${name}\`` };
    if (memoHooks.has(name)) {
      const outer = wrapped(call as ts.Expression);
      return ts.isVariableDeclaration(outer.parent) ? { level: 'call', why: 'each call of the callback' } : of(call);
    }
    if (testCalls.has(name)) return { level: 'call', why: `each \`${name}\`` };
    if (listenMethods.has(name) || handlerCalls.has(name) || isEventMethod(name)) {
      if (watchGroups.has(name) && first !== argument && first && isFilledByView(first))
        return { level: 'mount', why: 'when its element is there' };
      if (name === 'once' || isReadyEvent(name) || endsItself(call, argument)) return of(call);
      return {
        level: 'hot',
        why: event === undefined ? `each call of the handler given to \`${name}\`` : `each \`${event}\``,
        ...(isRareEvent(event ?? name) ? { isRare: true } : {}),
        ...(callees.functionsOf(argument).some(answersRequests) ? { isRequest: true } : {}),
      };
    }
    const local = callees.of(call);
    if (local.length > 0) {
      const index = ((call.arguments ?? []) as readonly ts.Node[]).indexOf(argument);
      let result: Frequency | undefined;
      for (const target of local) {
        const parameter = target.parameters[index];
        const declaration = parameter ? scopes.declarationOf(parameter) : undefined;
        for (const reference of declaration?.references ?? []) {
          const outer = wrapped(reference);
          const frequency =
            ts.isCallExpression(outer.parent) && outer.parent.expression === outer
              ? of(outer.parent)
              : ofValue(reference, target);
          result = result ? moreFrequent(result, frequency) : frequency;
        }
      }
      if (result) return result;
    }
    const [inner] = callees.functionsOf(argument);
    if (inner && answersRequests(inner)) return eachRequest;
    return { level: 'unknown', why: name ? `when \`${name}\` calls it` : 'when it is called' };
  };

  /** `const root = ref(null)`, which the code only reads: the view puts its element in. */
  const isFilledByView = (source: ts.Expression): boolean => {
    const box = unwrap(source);
    const declaration = ts.isIdentifier(box) ? scopes.resolve(box) : undefined;
    const made = declaration?.initializer && unwrap(declaration.initializer);
    if (!declaration || !made || !ts.isCallExpression(made) || !isViewBox(made.expression.getText())) return false;
    if (made.arguments.some((one) => !isEmptyValue(one) && !ts.isStringLiteralLike(one))) return false;
    return declaration.references.every((use) => {
      const access = wrapped(use).parent;
      if (access === (source.parent as ts.Node)) return true;
      if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'value') return false;
      const up = wrapped(access).parent;
      return !(isAssignment(up) && up.left === wrapped(access));
    });
  };

  /** An effect of a component of which there is one, and that depends on nothing. */
  const effectOfRoot = (call: CallLike): Frequency | undefined => {
    const depends = call.arguments?.[1];
    const component = depends && isEmptyArray(unwrap(depends)) ? enclosingFunction(call) : undefined;
    if (!component) return undefined;
    if (rootElements.has(nameOf(component))) return onlyInstance;
    const question = putOnce(component);
    return question && { ...onlyInstance, given: [question] };
  };

  /** Asks whether another file puts a function component at the root of a page, and nobody else puts it up. */
  const putOnce = (component: FunctionNode): Question | undefined => {
    const uses = callees.usesOf(component);
    const routes = routesOf(component, uses.values);
    const isClosed = uses.calls.length === 0 && uses.values.every((value) => routes?.values.has(value));
    return isClosed && isComponent(component, nameOf(component)) ? asked('put', routes?.names) : undefined;
  };

  /** `const first = source.onDidOpen(() => { first.dispose(); … })`: the handler takes itself away. */
  const endsItself = (call: CallLike, argument: ts.Expression): boolean => {
    const declaration = ts.isVariableDeclaration(wrapped(call as ts.Expression).parent)
      ? scopes.declarationOf(wrapped(call as ts.Expression).parent)
      : undefined;
    return (
      declaration?.references.some((use) => {
        const outer = wrapped(use);
        const up = outer.parent;
        if (!isWithin(use, argument)) return false;
        if (ts.isCallExpression(up) && up.expression === outer) return true;
        const site = ts.isPropertyAccessExpression(up)
          ? up
          : ts.isCallExpression(up)
            ? unwrap(up.expression)
            : undefined;
        // `dispose(first)`, or one of its methods
        if (!site || ts.isIdentifier(site)) return site !== undefined;
        return ts.isPropertyAccessExpression(site) && isTakingAway(site.name.text);
      }) === true
    );
  };

  const countCache = new Map<Owner, Count>();
  const count = (owner: Owner): Count => {
    const known = countCache.get(owner);
    if (known) return known;
    countCache.set(owner, { instances: 'unknown', given: [] });
    const given: Question[] = [];
    const instances = countInstances(owner, given);
    const result = { instances, given };
    countCache.set(owner, result);
    return result;
  };
  const instancesOf = (owner: Owner): Instances => count(owner).instances;

  const questions = new Map<string, Question | undefined>();
  /** Asks what other files do with an export. @returns the question, if the answer is yes */
  const asked = (as: Question['as'], exported: readonly string[] | undefined): Question | undefined => {
    if (!exported) return undefined;
    const key = `${as} ${exported.join()}`;
    if (!questions.has(key)) {
      const question: Question = { as, of: exported };
      questions.set(key, isOnce(question) ? question : undefined);
    }
    return questions.get(key);
  };

  /** @param given what the answer rests on, to be filled */
  const countInstances = (owner: Owner, given: Question[]): Instances => {
    if (rootElements.has(owner.name)) return 'single';
    // The options of a component, `{ mounted() { … } }`, stand for all its instances.
    if (owner.kind === 'object' && [...owner.members.keys()].some(isHook)) return 'many';
    if (owner.kind === 'object' && !owner.isClassBody)
      return enclosingFunction(owner.node) ? (rank[of(owner.node).level] >= rank.mount ? 'many' : 'unknown') : 'single';
    const decorators =
      isClassNode(owner.node) && ts.canHaveDecorators(owner.node)
        ? (ts.getDecorators(owner.node)?.map((decorator) => decorator.expression.getText()) ?? [])
        : [];
    const isComponentClass = decorators.some((text) => componentDecorators.test(text));
    if (isComponentClass && rootComponents.test(owner.name)) return 'single';
    // A component that another file puts at the root of a page.
    const put = [...owner.members.keys()].some(isHook) ? asked('put', madeUnder(owner)) : undefined;
    if (put) {
      given.push(put);
      return 'single';
    }
    if (
      [...owner.members.values()].some(
        (member) => mountHooks.has(member.name) || (renderHooks.has(member.name) && !isOwnRender(owner, member)),
      )
    )
      return 'many';
    if (isComponentClass || decorators.some((text) => makesMany(text))) return 'many';
    if (decorators.some((text) => singletonDecorators.test(text) && (!isStrict || /singleton/i.test(text))))
      return 'single';
    // class C { static #instance; static getInstance() { … } }
    for (const member of owner.members.values())
      if (member.isStatic && singletonMembers.test(member.name)) return 'single';
    // `container.registerSingleton(Api, Client)`
    const isGivenAsOne = owner.declaration?.references.some((reference) => {
      const call = wrapped(reference).parent;
      return ts.isCallExpression(call) && /singleton/i.test(call.expression.getText());
    });
    if (isGivenAsOne || (isStrict ? isProcess(owner.name) : isOfProcess(owner.name))) return 'single';
    // new (class { … })()
    const instantiated =
      isClassNode(owner.node) && ts.isClassExpression(owner.node) ? wrapped(owner.node).parent : undefined;
    if (instantiated && ts.isNewExpression(instantiated))
      return rank[of(instantiated).level] <= rank.setup ? 'single' : 'unknown';
    const created = (owner.declaration?.references ?? [])
      .map((reference) => wrapped(reference).parent)
      .filter((node) => ts.isNewExpression(node));
    if (created.length === 0) {
      const question = decorators.length > 0 ? undefined : asked('made', madeUnder(owner));
      if (question) given.push(question);
      return question ? 'single' : 'unknown';
    }
    const frequencies = created.map((node) => of(node));
    const levels = frequencies.map(({ level }) => level);
    if (levels.some((level) => level === 'hot' || level === 'mount')) return 'many';
    if (!levels.every((level) => level === 'once' || (level === 'setup' && !isStrict))) return 'unknown';
    given.push(...frequencies.flatMap((one) => one.given ?? []));
    return 'single';
  };

  /** `if (!started) { started = true; … }`: once per holder of the flag. */
  const guardOf = (statement: ts.IfStatement, thenBranch: boolean): Frequency | undefined => {
    const condition = unwrap(statement.expression);
    const branch = thenBranch ? statement.thenStatement : statement.elseStatement;
    if (!branch) return undefined;
    for (const tested of [
      ...testedWhenMissing(condition, thenBranch),
      ...(thenBranch ? testedWhenOver(condition) : []),
    ]) {
      const place = places.of(tested);
      const guard = place && assignedIn(branch, place.key) ? guardedBy(place, statement) : undefined;
      if (guard) return guard;
    }
    return undefined;
  };

  /** What is done only while the place is empty, and fills it. */
  const guardedBy = (place: Place | undefined, at: ts.Node): Frequency | undefined => {
    if (place?.root.kind === 'owner' && place.path.length > 0) return instanceFrequency(place.root.owner);
    if (place?.root.kind === 'declaration') {
      const { declaration } = place.root;
      if (declaration.scope.func === undefined) return { level: 'once', why: 'once, guarded by a flag' };
      // A flag of the function around: as often as that runs.
      if (declaration.kind !== 'parameter' && declaration.scope.func !== enclosingFunction(at))
        return of(declaration.node);
    }
    return place?.root.kind === 'global' ? { level: 'once', why: 'once, guarded by a global' } : undefined;
  };

  /** `if (this.started) return;` before the node, with `this.started = …` after it. */
  const earlyReturnGuard = (fn: FunctionNode, node: ts.Node): Frequency | undefined => {
    const body = fn.body;
    if (!body || !ts.isBlock(body)) return undefined;
    for (const statement of statementsBefore(node, body)) {
      if (!ts.isIfStatement(statement) || !alwaysLeaves(statement.thenStatement)) continue;
      for (const tested of testedWhenPresent(unwrap(statement.expression))) {
        const place = places.of(tested);
        const guard =
          place && (assignedIn(body, place.key, false) || isStateOfPart(place))
            ? guardedBy(place, statement)
            : undefined;
        if (guard) return guard;
      }
    }
    return undefined;
  };

  /** Statements of the body that have run when the node is reached, those of inner blocks around it included. */
  const statementsBefore = (node: ts.Node, body: ts.Block): readonly ts.Statement[] => {
    const before: ts.Statement[] = [];
    for (let at: ts.Node = node; at !== body && at.parent; at = at.parent)
      if (ts.isBlock(at.parent))
        for (const statement of at.parent.statements) if (statement.pos < at.pos) before.push(statement);
    return before;
  };

  /** Here, or in a function that is called here. */
  const assignedIn = (node: ts.Node, key: string, mayCall = true): boolean => {
    let found = false;
    visitNodes(node, binaries, (inner) => {
      if (isAssignment(inner) && places.of(inner.left)?.key === key && !isEmptyValue(inner.right)) found = true;
      return !found;
    });
    if (!found && mayCall)
      visitNodes(node, calls, (call) => {
        found ||= callees.of(call).some((fn) => assignedIn(fn, key, false));
        return !found;
      });
    return found;
  };

  /** `if (this.terminal.element) return;`: a part that says that it is open already. */
  const isStateOfPart = ({ root, path }: Place): boolean =>
    root.kind === 'owner' && path.length > 1 && saysDone(path.at(-1) ?? '');

  const nameOf = (fn: FunctionNode): string => {
    if (fn.name) return declaredName(fn.name);
    const up = wrapped(fn as ts.Expression).parent;
    if (ts.isVariableDeclaration(up) || ts.isPropertyDeclaration(up) || ts.isPropertyAssignment(up))
      return propertyNameText(up.name) ?? '';
    if (isAssignment(up)) {
      const left = unwrap(up.left);
      const access = memberAccessOf(left, scopes);
      if (access) return access.name;
      if (ts.isIdentifier(left)) return left.text;
    }
    if (ts.isCallExpression(up) && ts.isVariableDeclaration(up.parent)) return propertyNameText(up.parent.name) ?? '';
    return '';
  };

  /** A file that is one exported function is a script in a function's clothes. */
  const isWholeFile = (fn: FunctionNode): boolean =>
    fn.end - fn.pos > 0.7 * program.text.length && fn.end - fn.pos > 4000;

  const isExported = (fn: FunctionNode, name: string): boolean => {
    if (hasModifier(fn, ts.SyntaxKind.ExportKeyword)) return true;
    const declaration =
      scopes.declarationOf(fn) ??
      (ts.isVariableDeclaration(wrapped(fn as ts.Expression).parent)
        ? scopes.declarationOf(wrapped(fn as ts.Expression).parent)
        : undefined);
    if (declaration && [...scopes.exports.values()].includes(declaration)) return true;
    // exports.open = function …, module.exports = function …
    const up = wrapped(fn as ts.Expression).parent;
    if (isAssignment(up)) {
      const left = unwrap(up.left);
      if (isExportsObject(left.getText())) return true;
      if (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression.getText())) return true;
    }
    return declaration === undefined && scopes.exports.has(name) && ts.isExportAssignment(fn.parent);
  };

  return { of, ofFunction, instancesOf, ofInstances: instanceFrequency, ofGiven: ofCallback };
}

interface Count {
  readonly instances: Instances;
  readonly given: readonly Question[];
}

function isProperty(
  node: ts.Node,
): node is ts.MethodDeclaration | ts.PropertyAssignment | ts.ShorthandPropertyAssignment {
  return (
    (ts.isMethodDeclaration(node) && !isClassNode(node.parent)) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

interface Routes {
  readonly names: readonly string[];
  readonly values: ReadonlySet<ts.Expression>;
}

/** `name.part`, or the name where it is exported. */
function isPart(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  return (
    (ts.isPropertyAccessExpression(up) && up.expression === outer && up.name.text !== 'prototype') ||
    ts.isExportSpecifier(up) ||
    ts.isExportAssignment(up) ||
    (isAssignment(up) &&
      up.right === outer &&
      isExportsObject(
        unwrap(up.left)
          .getText()
          .replace(/\.\w+$/, ''),
      ))
  );
}

/** `x instanceof Name` */
function isHeldAgainst(use: ts.Expression): boolean {
  const up = use.parent;
  return ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword && up.right === use;
}

const eachRequest: Frequency = { level: 'hot', why: 'each request', isRequest: true };

/** `(req, res, next) => …`, `(ctx, next) => …`: what a server runs for each request, by its parameters. */
function answersRequests({ parameters: [first, second] }: FunctionNode): boolean {
  const nameOf = (parameter: ts.ParameterDeclaration | undefined): string =>
    parameter && ts.isIdentifier(parameter.name) ? parameter.name.text.replace(/^_+/, '') : '';
  return isRequestPair(nameOf(first), nameOf(second));
}

/** `socket.onmessage = fn`: the name of the event property of another object that a function is given to. */
function handlerProperty(fn: FunctionNode): string | undefined {
  const outer = wrapped(fn as ts.Expression);
  const up = outer.parent;
  if (!isAssignment(up) || up.right !== outer) return undefined;
  const left = unwrap(up.left);
  if (!ts.isPropertyAccessExpression(left) || left.expression.kind === ts.SyntaxKind.ThisKeyword) return undefined;
  return /^on[a-z]+$/.test(left.name.text) && !oneShotEvents.has(left.name.text.slice(2)) ? left.name.text : undefined;
}

/** `??=`, `||=`: the right side runs only while the left is empty. */
function isFilling(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken)
  );
}

/** `render(what)` of a class without a base is no component's: a view or a service draws what it is given. */
function isOwnRender({ kind, base }: Owner, { name, functions }: Member): boolean {
  return name === 'render' && kind === 'class' && !base && functions.some((fn) => fn.parameters.length > 0);
}

/** A hook that only components have. */
function isHook(name: string): boolean {
  return mountHooks.has(name) || (teardownHooks.has(name) && !name.startsWith('['));
}

/** So often that nothing makes it worse. */
function isOften(frequency: Frequency | undefined): boolean {
  return frequency !== undefined && rank[frequency.level] >= rank.call;
}

function hasOnlySetupCallers(frequency: Frequency): boolean {
  return rank[frequency.level] <= rank.instance;
}

function isPrivate(fn: FunctionNode): boolean {
  if (hasModifier(fn, ts.SyntaxKind.PrivateKeyword)) return true;
  const name = fn.name ? propertyNameText(fn.name) : undefined;
  return name !== undefined && (name.startsWith('_') || name.startsWith('#'));
}

function isWithinFunction(node: ts.Node, fn: FunctionNode): boolean {
  for (let up: ts.Node | undefined = node; up; up = up.parent) if (up === fn) return true;
  return false;
}

/**
 * Is a `render` called again? That of a framework gives what it shows, and takes nothing; one that draws by itself is called
 * again if it first empties what it draws into.
 */
function rendersAgain(fn: FunctionNode): boolean {
  if (fn.parameters.length > 0 || hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return false;
  const { body } = fn;
  if (!body || !ts.isBlock(body)) return true;
  return returnedBy(fn).some((value) => !isEmptyValue(value)) || body.statements.some(empties);
}

function givesNothing(fn: FunctionNode): boolean {
  return fn.body !== undefined && ts.isBlock(fn.body) && returnedBy(fn).length === 0;
}

/** `this.element.innerHTML = …`, `this.rows = []`, `clearNode(this.element)`, `this.element.replaceChildren()` */
function empties(statement: ts.Statement): boolean {
  if (ts.isBlock(statement)) return statement.statements.some(empties);
  const expression = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  if (!expression) return false;
  if (isAssignment(expression)) {
    const left = unwrap(expression.left);
    if (ts.isPropertyAccessExpression(left) && isShownContent(left.name.text)) return true;
    const value = unwrap(expression.right);
    return (ts.isStringLiteralLike(value) && value.text === '') || isEmptyArray(value);
  }
  const callee = ts.isCallExpression(expression) ? unwrap(expression.expression) : undefined;
  const name = callee && (ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
  return name !== undefined && emptiesFirst(name);
}

function isEmptyArray(value: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(value) && value.elements.length === 0;
}

/** A function whose body renders: calls hooks or returns JSX, and is named like a component. */
function isComponent(fn: FunctionNode, name: string): boolean {
  if (!/^[A-Z]/.test(name) || !fn.body || isClassNode(fn.parent)) return false;
  let jsx = false;
  visitNodes(fn.body, jsxNodes, (node) => {
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) jsx = true;
    return !jsx;
  });
  return jsx;
}

function isLoopBody(up: ts.Node, at: ts.Node): boolean {
  return (
    (ts.isForStatement(up) ||
      ts.isForInStatement(up) ||
      ts.isForOfStatement(up) ||
      ts.isWhileStatement(up) ||
      ts.isDoStatement(up)) &&
    up.statement === at
  );
}

/** A loop over a literal list adds a fixed number. */
function isSmallLoop(loop: ts.Node): boolean {
  return ts.isForOfStatement(loop) && ts.isArrayLiteralExpression(unwrap(loop.expression));
}

function alwaysLeaves(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true;
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : undefined;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

function isEmptyValue(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return (
    value.kind === ts.SyntaxKind.NullKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(value) && value.text === 'undefined')
  );
}

/** Expressions that are missing (falsy, null, undefined) when the branch is taken. */
function testedWhenMissing(condition: ts.Expression, branchTaken: boolean): readonly ts.Expression[] {
  if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken) {
    const operand = unwrap(condition.operand);
    return branchTaken ? [operand] : [];
  }
  if (ts.isBinaryExpression(condition)) {
    const operator = condition.operatorToken.kind;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken && branchTaken)
      return [...testedWhenMissing(unwrap(condition.left), true), ...testedWhenMissing(unwrap(condition.right), true)];
    const equality = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
    if (equality && isEmptyValue(condition.right) && branchTaken) return [unwrap(condition.left)];
  }
  return branchTaken ? [] : [condition];
}

/** Expressions that the condition says are over: `socket.readyState === socket.CLOSED`, `this.stream.destroyed`. */
function testedWhenOver(condition: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(condition);
  if (ts.isPropertyAccessExpression(value)) return saysOver(value.name.text) ? [unwrap(value.expression)] : [];
  if (!ts.isBinaryExpression(value)) return [];
  const [left, right] = [unwrap(value.left), unwrap(value.right)];
  switch (value.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [...testedWhenOver(left), ...testedWhenOver(right)];
    case ts.SyntaxKind.BarBarToken: {
      const sides = [testedWhenOver(left), testedWhenOver(right)];
      return sides.every(({ length }) => length > 0) ? sides.flat() : [];
    }
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return ts.isPropertyAccessExpression(left) && isEndState(left.name.text, right.getText())
        ? [unwrap(left.expression)]
        : [];
  }
  return [];
}

/** Expressions that are present (truthy) when the condition holds. */
function testedWhenPresent(condition: ts.Expression): readonly ts.Expression[] {
  if (ts.isBinaryExpression(condition)) {
    const operator = condition.operatorToken.kind;
    if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.AmpersandAmpersandToken)
      return [...testedWhenPresent(unwrap(condition.left)), ...testedWhenPresent(unwrap(condition.right))];
    const inequality =
      operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
    return inequality && isEmptyValue(condition.right) ? [unwrap(condition.left)] : [];
  }
  return ts.isPrefixUnaryExpression(condition) ? [] : [condition];
}

/** `{ watch: { source() { … } } }`, `{ watch: { source: { handler() { … } } } }`: what is watched. */
function watchedBy(fn: FunctionNode): string | undefined {
  let property: ts.Node = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  for (let depth = 0; depth < 2; depth++) {
    if (!ts.isMethodDeclaration(property) && !ts.isPropertyAssignment(property)) return undefined;
    const literal = property.parent;
    const group = literal.parent;
    if (!ts.isObjectLiteralExpression(literal) || !ts.isPropertyAssignment(group)) return undefined;
    if (watchGroups.has(propertyNameText(group.name) ?? '')) return propertyNameText(property.name);
    property = group;
  }
  return undefined;
}
