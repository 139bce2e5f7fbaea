/** How often a function runs: by what it is, who calls it, and what takes it as a value. */
import type { Uses } from '../../../program/callees';
import type { Owner } from '../../../program/members';
import { isInstanceScript } from '../../../syntax/singleFile';
import { calledName, type FunctionNode, hasModifier, isWithin, ts, wrapped } from '../../../syntax/syntax';
import { setsBase } from '../../../words/functions';
import { leaveHooks, mountHooks, renderHooks } from '../../../words/hooks';
import { unlistenMethods } from '../../../words/listeners';
import { areOppositeWithin } from '../../../words/opposites';
import { isRunOfCommand, isSetup, isStartOfHost, onceEntryPoints, startsWhole, turnsOn } from '../../../words/starts';
import { type Frequency, isOften, moreFrequent, once, rank, runs } from './frequency';
import { isExported, isPrivate, isWholeFile, nameOf } from './functionNames';
import { handlerProperty, outcomeProperty, toldOnceBy, watchedBy } from './handlers';
import type { Judge } from './judge';
import { givesNothing, isComponent, rendersAgain } from './renders';
import { calledElsewhere, calledHere, routesOf } from './routes';

/** What the uses of a function in this file and in others say of it. */
interface Seen {
  readonly name: string;
  readonly uses: Uses;
  /** By the most frequent use. */
  readonly most: Frequency | undefined;
  /** All other files together call it once, or not at all. */
  readonly isOnceElsewhere: boolean;
}

/** Constructors, scripts and components by what they are; all others by their uses and names. */
export function frequencyOfFunction(fn: FunctionNode, judge: Judge): Frequency {
  const { callees, members, scopes } = judge.program;
  const owner = members.madeBy(fn)[0];
  if (owner && (ts.isConstructorDeclaration(fn) || owner.kind === 'constructor')) return judge.ofInstances(owner);
  if (isInstanceScript(fn)) return judge.ofOwnFile() ?? runs('mount', { kind: 'componentInstance' });
  const name = nameOf(fn, scopes);
  if (isComponent(fn, name)) return runs('hot', { kind: 'render', name });
  const telling = toldOnceBy(fn, judge.program.scopes);
  if (telling) return judge.of(telling);
  const uses = callees.usesOf(fn);
  let most: Frequency | undefined;
  const add = (frequency: Frequency): void => {
    most = most ? moreFrequent(most, frequency) : frequency;
  };
  for (const call of uses.calls) if (!isWithin(call, fn)) add(judge.of(call));
  const routes = routesOf(fn, uses.values, judge.program);
  for (const value of uses.values)
    if (!routes?.values.has(value) && !isGivenBase(value) && !isTakenOff(value)) add(judge.ofValue(value, fn));
  const elsewhere =
    routes && !isOften(most)
      ? (calledElsewhere(routes.names, name, judge) ?? calledHere(routes.names, fn, uses, most, judge))
      : undefined;
  if (elsewhere) add(elsewhere);
  else for (const value of routes?.values ?? []) add(judge.ofValue(value, fn));
  const watched = watchedBy(fn);
  if (watched !== undefined) return runs('hot', { kind: 'change', name: watched });
  const handled = handlerProperty(fn, judge.program);
  if (handled !== undefined) add(runs('hot', { kind: 'event', name: handled }));
  const outcome = outcomeProperty(fn);
  if (outcome) add(judge.of(outcome));

  const seen: Seen = { name, uses, most, isOnceElsewhere: elsewhere !== undefined };
  const holder = members.holdersOf(fn)[0]?.owner;
  return holder ? ofMember(fn, holder, seen, judge) : ofFree(fn, seen, judge);
}

function ofMember(
  fn: FunctionNode,
  owner: Owner,
  { name, uses, most, isOnceElsewhere }: Seen,
  judge: Judge,
): Frequency {
  if (mountHooks.has(name)) {
    const only = judge.ofOwnFile();
    if (only) return only;
    return judge.instancesOf(owner) === 'single' ? judge.ofInstances(owner) : runs('mount', { kind: 'mount', name });
  }
  // Who may call a private one that draws by itself is seen here.
  const isSeen = isPrivate(fn) && uses.values.length === 0 && uses.calls.length > 0 && givesNothing(fn);
  if (renderHooks.has(name) && (name !== 'render' || (rendersAgain(fn) && !isSeen)))
    return runs('hot', { kind: 'hook', name });
  if (leaveHooks.has(name)) return runs('hot', { kind: 'hook', name });
  // Whoever has the instance may call it.
  if (judge.isStrict && !isOnceElsewhere && !isPrivate(fn) && !hasModifier(fn, ts.SyntaxKind.ProtectedKeyword))
    return owner.kind === 'class' && startsWhole(name)
      ? moreFrequent(judge.ofInstances(owner), most ?? once)
      : runs('unknown', { kind: 'unseenCall', name });
  const setsUp =
    isSetup(name) || (turnsOn(name) && ![...owner.members.keys()].some((end) => areOppositeWithin(name, end)));
  if (most && (isPrivate(fn) || isOften(most) || setsUp)) return most;
  if (setsUp)
    return owner.kind === 'object' && !owner.isClassBody
      ? runs('setup', { kind: 'unseenCall', name })
      : judge.ofInstances(owner);
  if (isPrivate(fn)) return runs('unknown', { kind: 'unseenCall', name });
  // What finds it among the files takes their default export; an editor runs its commands again and again.
  if (
    fn.parameters.length === 0 &&
    hasModifier(owner.node, ts.SyntaxKind.DefaultKeyword) &&
    isRunOfCommand(name, owner.base?.getText() ?? '', judge.program.path)
  )
    return runs('once', { kind: 'entryPoint', name });
  if (most && (isOnceElsewhere || hasOnlySetupCallers(most))) return most;
  return runs('call', { kind: 'call', name });
}

function ofFree(fn: FunctionNode, { name, most, isOnceElsewhere }: Seen, judge: Judge): Frequency {
  const { scopes, text, path } = judge.program;
  const isEntry = onceEntryPoints.has(name) || isStartOfHost(name, path);
  const entryPoint = isEntry ? runs('once', { kind: 'entryPoint', name }) : undefined;
  if (!isOnceElsewhere && isExported(fn, name, scopes)) {
    const offered =
      entryPoint ??
      (isSetup(name) || isWholeFile(fn, text)
        ? runs('setup', { kind: 'unseenCall', name })
        : runs('call', { kind: 'exportedCall', name }));
    return most ? moreFrequent(most, offered) : offered;
  }
  const known = most ?? entryPoint;
  if (known) return known;
  // A function of a script without a module: any other script may call it.
  if (!scopes.isModule && ts.isFunctionDeclaration(fn) && ts.isSourceFile(fn.parent))
    return isSetup(name) ? runs('setup', { kind: 'unseenCall', name }) : runs('call', { kind: 'globalCall', name });
  return runs('unknown', { kind: 'unseenCall', name });
}

/** `document.removeEventListener('click', show)`: who takes a handler away does not run it. */
function isTakenOff(value: ts.Expression): boolean {
  const call = wrapped(value).parent;
  return ts.isCallExpression(call) && call.arguments.includes(wrapped(value)) && unlistenMethods.has(calledName(call));
}

/** `inherits(Feed, EventEmitter)`: it is told what it extends, and not called. */
function isGivenBase(value: ts.Expression): boolean {
  const call = wrapped(value).parent;
  return ts.isCallExpression(call) && call.arguments.includes(wrapped(value)) && setsBase(calledName(call));
}

function hasOnlySetupCallers(frequency: Frequency): boolean {
  return rank[frequency.level] <= rank.instance;
}
