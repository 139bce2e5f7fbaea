/** Functions of the file that others call again and again: with each request, each message, each event that they are told of. */
import type { Engine } from '../engine';
import { type Frequency, runs } from '../ownership/lifetime/frequency/frequency';
import { namesOf } from '../served';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap, walk } from '../syntax';
import type { Insertion } from './changes';
import { isEndless, keyCardinality } from './keys';
import { isOfHappenings } from './listWeight';
import { supposedAnswer } from './supposed';
import { isDisposerName } from './words';

/** How often others come to an insertion, and bring something new; undefined where nobody is seen to. */
export function servedAs(insertion: Insertion, frequency: Frequency, engine: Engine): Frequency | undefined {
  const fn = enclosingFunction(insertion.node);
  if (!isOfCalls(frequency) || !fn) return undefined;
  const { name, asked } = engine.once(answers)(fn);
  return bringsNew(insertion, asked, engine) ? runs('hot', { kind: 'servedCall', name }) : undefined;
}

/** Do others come to a place again and again, with an instance that they keep? */
export function isServedByInstance(node: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  if (!fn || !isOfCalls(engine.frequency.of(node))) return false;
  const { isOfInstance, asked } = engine.once(answers)(fn);
  return isOfInstance && asked();
}

/** A loop of the function's own goes through what there is: loaded again, it is the same. */
function isOfCalls({ occasion: { kind } }: Frequency): boolean {
  return kind === 'call' || kind === 'exportedCall' || kind === 'returnedCall' || kind === 'unseenCall';
}

/** One more of a list, unless it is neither sent nor of what happens; of a table, a key that comes with what is sent, or is made anew. */
function bringsNew({ node, key }: Insertion, asked: Answer['asked'], engine: Engine): boolean {
  if (key && isEndless(key)) return asked();
  if (key) return isFed(key, engine) || (comesAnew(key, engine) && asked('sent'));
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  const list = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression).getText() : '';
  return asked(isOfHappenings(list) || isDisposerName(list) ? undefined : 'sent');
}

/** Is a key made of what these callers bring, another one each time? */
export function isFed(key: ts.Expression, engine: Engine, depth = 0): boolean {
  const { scopes } = engine.program;
  let found = false;
  walk(key, (node) => {
    if (found || isFunctionNode(node)) return false;
    const declaration = ts.isIdentifier(node) ? scopes.resolve(node) : undefined;
    if (!declaration?.scope.func || declaration.writes.length > 0) return undefined;
    const { node: at, initializer } = declaration;
    if (ts.isParameter(at) && isFunctionNode(at.parent)) {
      const index = at.parent.parameters.indexOf(at);
      found = engine.once(answers)(at.parent).asked(index);
    } else if (initializer && depth < 3) found = isFed(unwrap(initializer), engine, depth + 1);
    return undefined;
  });
  return found;
}

interface Answer {
  readonly name: string;
  /** A method, or what a function gives. */
  readonly isOfInstance: boolean;
  readonly asked: (how?: number | 'sent') => boolean;
}

const nobody: Answer = { name: '', isOfInstance: false, asked: () => false };

/** What other files say of a function, asked once for each. */
function answers(engine: Engine): (fn: FunctionNode | undefined) => Answer {
  const known = new Map<FunctionNode, Answer>();
  return (fn) => {
    if (!fn) return nobody;
    let answer = known.get(fn);
    if (!answer) {
      const names = namesOf(fn, engine.program);
      const asked = (how?: number | 'sent'): boolean => {
        const of = how === undefined ? names : names.map((name) => `${name}@${how}`);
        return supposedAnswer(engine) ?? engine.imports.isOnce({ as: 'served', of });
      };
      const [first] = names;
      const isOfInstance = names.some((name) => name.includes('#'));
      answer = first ? { name: first.replace(/#$/, '').replace(/^.*[.#]/, ''), isOfInstance, asked } : nobody;
      known.set(fn, answer);
    }
    return answer;
  };
}

function comesAnew(key: ts.Expression, engine: Engine): boolean {
  const keys = keyCardinality(key, undefined, engine);
  return keys === 'open' || keys === 'transient';
}
