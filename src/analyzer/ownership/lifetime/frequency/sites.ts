/** How often a place of the code runs: as often as the function around it, less behind a guard, more in a loop. */
import { type FunctionNode, hasModifier, isFunctionNode, ts, unwrap } from '../../../syntax/syntax';
import { registeredOnce } from './callSites';
import { type Frequency, isOften, moreFrequent, once, rank, runs } from './frequency';
import { earlyReturnGuard, guardedBy, guardOf, isFilling } from './guards';
import type { Judge } from './judge';
import { isLoopBody, isSmallLoop } from './loops';

const inLoop = runs('unknown', { kind: 'loop' });

/** Goes outward to the function around the place, or to the module. */
export function frequencyAt(node: ts.Node, judge: Judge): Frequency {
  const { members, places } = judge.program;
  let looped: ts.Node | undefined;
  let guarded: Frequency | undefined;
  for (let at: ts.Node = node, up = node.parent; up; at = up, up = up.parent) {
    if (isLoopBody(up, at)) looped ??= up;
    if (ts.isIfStatement(up) && (up.thenStatement === at || up.elseStatement === at))
      guarded ??= guardOf(up, up.thenStatement === at, node, judge);
    // `client ??= open()`
    if (isFilling(up) && up.right === at) guarded ??= guardedBy(places.of(unwrap(up.left)), up, judge);
    if (ts.isPropertyDeclaration(up) && up.initializer === at) {
      const owner = members.ownerOf(up.parent);
      if (hasModifier(up, ts.SyntaxKind.StaticKeyword)) return judge.of(up.parent);
      return owner ? judge.ofInstances(owner) : runs('instance', { kind: 'instance' });
    }
    if (isFunctionNode(up)) {
      if (judge.isStrict && looped && !isSmallLoop(looped)) return inLoop;
      const flag = guarded ?? earlyReturnGuard(up, node, judge);
      const base = ofCalls(up, node, judge);
      if (flag) return isLess(flag, base) ? flag : base;
      return looped && isOften(base) && !isSmallLoop(looped) ? repeated(base) : base;
    }
  }
  return judge.isStrict && looped && !isSmallLoop(looped) ? inLoop : once;
}

/** Of a function, or of what has it called the one time that it comes to the place. */
function ofCalls(fn: FunctionNode, node: ts.Node, judge: Judge): Frequency {
  const base = judge.ofFunction(fn);
  if (base.occasion.kind !== 'handler' && base.occasion.kind !== 'event') return base;
  const [first, ...others] = registeredOnce(node, fn, judge.program);
  return first ? others.reduce((most, call) => moreFrequent(most, judge.of(call)), judge.of(first)) : base;
}

/** Fewer times, or as few whatever other files do. */
function isLess(flag: Frequency, base: Frequency): boolean {
  return rank[flag.level] < rank[base.level] || (flag.level === base.level && !flag.given && base.given !== undefined);
}

function repeated(base: Frequency): Frequency {
  return { ...base, ...runs('hot', { kind: 'loop', within: base.occasion }, { isLooped: true }) };
}
