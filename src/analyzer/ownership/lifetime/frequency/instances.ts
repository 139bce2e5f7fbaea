/** How many instances of an owner there are, and how often they are made. */

import { elementNames } from '../../../census/elements';
import { mixinNames } from '../../../census/mixins';
import type { Question } from '../../../facts/exportFacts';
import { exportNames } from '../../../program/exported';
import type { Owner } from '../../../program/members';
import { calledName, isClassNode, ts, wrapped } from '../../../syntax/syntax';
import { componentDecorators, putsComponent, rootComponents } from '../../../words/components';
import { mountHooks, renderHooks, teardownHooks } from '../../../words/hooks';
import { isOfProcess, isProcess, makesMany, singletonDecorators, singletonMembers } from '../../../words/owners';
import { type Frequency, type Instances, rank, runs } from './frequency';
import type { Judge } from './judge';
import { madeUnder } from './routes';
import { shownHere } from './shownHere';

export interface Count {
  readonly instances: Instances;
  /** What the answer rests on. */
  readonly given: readonly Question[];
}

/** What is done for each instance runs as often as instances are made. */
export function frequencyOfInstances(owner: Owner, judge: Judge): Frequency {
  const { instances, given } = judge.countOf(owner);
  const { name } = owner;
  switch (instances) {
    case 'single':
      return runs('once', { kind: 'singleInstance', name }, given.length > 0 ? { given } : {});
    case 'many':
      return runs('instance', { kind: 'oneOfMany', name });
    case 'unknown':
      return runs('instance', { kind: 'instanceOf', name });
  }
}

/** Counts by the names and decorators of an owner, and by what makes its instances. */
export function countInstances(owner: Owner, judge: Judge): Count {
  const given: Question[] = [];
  return { instances: instancesOf(owner, given, judge), given };
}

/** @param given what the answer rests on, to be filled */
function instancesOf(owner: Owner, given: Question[], judge: Judge): Instances {
  const { isStrict } = judge;
  if (judge.rootElements.has(owner.name)) return 'single';
  // The options of a component, `{ mounted() { … } }`, stand for all its instances.
  if (owner.kind === 'object' && [...owner.members.keys()].some(isHook)) {
    const only = judge.ofOwnFile() ?? ofRootOptions(owner.node, judge);
    given.push(...(only?.given ?? []));
    const mixed = only ? undefined : judge.asked('put', judge.program.once(exportNames).get(owner.node));
    if (mixed) given.push(mixed);
    return only || mixed ? 'single' : 'many';
  }
  if (owner.kind === 'object' && !owner.isClassBody) return singleness(judge.of(owner.node));
  const decorators =
    isClassNode(owner.node) && ts.canHaveDecorators(owner.node)
      ? (ts.getDecorators(owner.node)?.map((decorator) => decorator.expression.getText()) ?? [])
      : [];
  const isComponentClass = decorators.some((text) => componentDecorators.test(text));
  if (isComponentClass && rootComponents.test(owner.name)) return 'single';
  // A component that another file puts at the root of a page, or an element that a page places.
  const draws = [...owner.members.keys()].some(
    (name) => renderHooks.has(name) && (isComponentClass || !isOwnRender(owner, name)),
  );
  const isComponent = draws || [...owner.members.keys()].some(isHook);
  const element = elementNames(owner, judge.program) ?? mixinNames(owner.node, judge.program);
  const put = judge.asked('put', element ?? (isComponent ? madeUnder(owner, judge.program) : undefined));
  if (put) {
    given.push(put);
    return 'single';
  }
  const here = isComponent ? ofFile(owner, judge) : undefined;
  if (here) {
    given.push(...(here.given ?? []));
    return 'single';
  }
  if (draws || [...owner.members.keys()].some((name) => mountHooks.has(name)))
    return judge.isAtOnePlace(owner.node) ? 'unknown' : 'many';
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
    return rank[judge.of(instantiated).level] <= rank.setup ? 'single' : 'unknown';
  const created = (owner.declaration?.references ?? [])
    .map((reference) => wrapped(reference).parent)
    .filter((node) => ts.isNewExpression(node));
  if (created.length === 0) {
    const question = decorators.length > 0 ? undefined : judge.asked('made', madeUnder(owner, judge.program));
    if (question) given.push(question);
    return question ? 'single' : 'unknown';
  }
  const frequencies = created.map((node) => judge.of(node));
  const levels = frequencies.map(({ level }) => level);
  if (levels.some((level) => level === 'hot' || level === 'mount')) return 'many';
  if (!levels.every((level) => level === 'once' || (level === 'setup' && !isStrict))) return 'unknown';
  given.push(...frequencies.flatMap((one) => one.given ?? []));
  return 'single';
}

/** Of an object that is written where the code runs so often. */
function singleness({ level, given }: Frequency): Instances {
  if (level === 'once' && !given) return 'single';
  return rank[level] >= rank.mount ? 'many' : 'unknown';
}

/** Once, where a component that nobody else can name is shown by another of its file, or by what is made of it. */
function ofFile({ declaration, node }: Owner, judge: Judge): Frequency | undefined {
  const uses = declaration?.references ?? [];
  if (uses.length === 0 || judge.program.once(exportNames).has(declaration?.node ?? node)) return undefined;
  return shownHere(uses, judge);
}

/** `new Vue({ mounted() { … } })`, `createApp({ … })`: options that are given to what is made of them at once. */
export function ofRootOptions(node: ts.Node, judge: Pick<Judge, 'of'>): Frequency | undefined {
  const options = wrapped(node as ts.Expression);
  const call = options.parent;
  if (!(ts.isNewExpression(call) || ts.isCallExpression(call)) || call.arguments?.[0] !== options) return undefined;
  if (ts.isCallExpression(call) && !putsComponent(calledName(call))) return undefined;
  const often = judge.of(call);
  return often.level === 'once' ? often : undefined;
}

/**
 * `render()` of a class without a base, or one that is told what it draws on, is no component's: a view or the program itself draws
 * when it likes.
 */
function isOwnRender({ kind, base, members }: Owner, name: string): boolean {
  const isTold = members.get(name)?.functions.some(({ parameters: [first] }) => first && !isProps(first)) === true;
  return name === 'render' && kind !== 'object' && (!base || isTold);
}

/** What some frameworks give each render: `render({ name })`, `render(props, state)`. */
function isProps({ name }: ts.ParameterDeclaration): boolean {
  return !ts.isIdentifier(name) || /props$|^_/i.test(name.text);
}

/** A hook that only components have. */
function isHook(name: string): boolean {
  return mountHooks.has(name) || (teardownHooks.has(name) && !name.startsWith('['));
}
