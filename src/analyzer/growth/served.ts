/** Functions of the file that others call again and again: with each request, each message, each event that they are told of. */
import type { Engine } from '../engine';
import { type Frequency, runs } from '../ownership/lifetime/frequency/frequency';
import { namesOf } from '../served';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap, walk } from '../syntax';

/** The frequency of a place that others come to again and again; undefined where nobody is seen to. */
export function servedAt(node: ts.Node, frequency: Frequency, engine: Engine): Frequency | undefined {
  // A loop of the function's own goes through what there is: loaded again, it is the same.
  const { kind } = frequency.occasion;
  if (!(kind === 'call' || kind === 'exportedCall' || kind === 'returnedCall' || kind === 'unseenCall'))
    return undefined;
  const { name, asked } = engine.once(answers)(enclosingFunction(node));
  return asked() ? runs('hot', { kind: 'servedCall', name }) : undefined;
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
  readonly asked: (index?: number) => boolean;
}

const nobody: Answer = { name: '', asked: () => false };

/** What other files say of a function, asked once for each. */
function answers(engine: Engine): (fn: FunctionNode | undefined) => Answer {
  const known = new Map<FunctionNode, Answer>();
  return (fn) => {
    if (!fn) return nobody;
    let answer = known.get(fn);
    if (!answer) {
      const names = namesOf(fn, engine.program);
      const told = new Map<number, boolean>();
      const asked = (index = -1): boolean => {
        let is = told.get(index);
        if (is === undefined) {
          is = engine.imports.isOnce({ as: 'served', of: index < 0 ? names : names.map((name) => `${name}@${index}`) });
          told.set(index, is);
        }
        return is;
      };
      answer = names.length > 0 ? { name: names[0]?.replace(/#$/, '').replace(/^.*[.#]/, '') ?? '', asked } : nobody;
      known.set(fn, answer);
    }
    return answer;
  };
}
