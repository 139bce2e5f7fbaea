/**
 * A local that is made like others of the file, each of which is ended, and is not: `const muxer = new Muxer()` in one
 * function, with a `muxer.destroy()` in all the others.
 */
import type { Acquisition } from '../acquisitions';
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { nodesIn, select } from '../nodeIndex';
import { frequencyStep } from '../ownership/assess';
import { isLook } from '../ownership/forgottenInstances';
import { singleEnds } from '../ownership/instanceWords';
import { settled } from '../ownership/wantsEnd';
import { isMaking, isTeardown, listenMethods } from '../ownership/words';
import type { Declaration } from '../scopes';
import { type CallLike, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax';

const kind = 'handle/disposable-not-disposed';
const variables = select<ts.VariableDeclaration>(ts.SyntaxKind.VariableDeclaration);

interface Local {
  readonly made: CallLike;
  readonly variable: Declaration;
  /** A call that ends it. */
  readonly ending: ts.PropertyAccessExpression | undefined;
}

/** Findings for the one local of its kind that a file does not end. */
export function findUnlikeOthers(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const described = new Set<ts.Node>(acquisitions.map(({ node }) => node));
  const byMaker = new Map<string, Local[]>();
  for (const declared of nodesIn(engine.program.sourceFile, variables)) {
    const made = declared.initializer && settled(declared.initializer);
    const variable = ts.isIdentifier(declared.name) ? engine.program.scopes.declarationOf(declared) : undefined;
    if (!made || !variable?.scope.func || !(ts.isNewExpression(made) || (ts.isCallExpression(made) && isMaker(made))))
      continue;
    const key = `${made.kind} ${made.expression.getText()}`;
    const alike = byMaker.get(key) ?? [];
    byMaker.set(key, alike);
    alike.push({ made, variable, ending: endingOf(variable) });
  }
  return [...byMaker.values()].flatMap((alike) => {
    const [left, ...others] = alike.filter(({ ending }) => !ending);
    const ended = alike.find(({ ending }) => ending);
    if (!left || !ended?.ending || others.length > 0 || told.has(left.made) || described.has(left.made)) return [];
    const draft = isForgotten(left.variable) ? draftOf(left, ended.ending, engine) : undefined;
    return draft ? [draft] : [];
  });
}

function isMaker(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  return isMaking(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
}

function endingOf({ references }: Declaration): Local['ending'] {
  for (const use of references) {
    const up = wrapped(use).parent;
    if (ts.isPropertyAccessExpression(up) && singleEnds.test(up.name.text) && ts.isCallExpression(wrapped(up).parent))
      return up;
  }
  return undefined;
}

/** It is worked with, by its methods and members alone, and nothing shows that it ends by itself or is handed on. */
function isForgotten(variable: Declaration): boolean {
  if (variable.writes.length > 0 || variable.kind === 'using') return false;
  const uses = variable.references.filter((use) => use !== variable.node);
  return uses.length > 0 && uses.every(isWork);
}

function isWork(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (isLook(up, outer)) return true;
  if (!ts.isPropertyAccessExpression(up) || up.expression !== outer) return false;
  const name = up.name.text;
  const access = wrapped(up);
  const call = access.parent;
  if (isTeardown(name)) return false;
  if (!ts.isCallExpression(call) || call.expression !== access) {
    if (ts.isBinaryExpression(call)) return call.left === access && !/^on/.test(name);
    return ts.isPropertyAccessExpression(call) || ts.isIfStatement(call);
  }
  if (listenMethods.has(name) || isMaking(name) || /^(?:then|catch|finally|pipe|unref|ref|return)$/.test(name))
    return false;
  // What such a method gives may be it.
  const result = wrapped(call).parent;
  return (
    !/^(?:with|set|use|add|as|to|self|get)/.test(name) ||
    ts.isExpressionStatement(result) ||
    ts.isAwaitExpression(result)
  );
}

function draftOf({ made, variable }: Local, ending: ts.PropertyAccessExpression, engine: Engine): Draft | undefined {
  const frequency = engine.frequency.of(made);
  if (frequency.level === 'once' || frequency.level === 'setup' || frequency.level === 'unknown') return undefined;
  const name = ending.name.text;
  return {
    kind,
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${variable.name}\` is never ended, and the others that are made by ${made.expression.getText()} are (line ${lineOf(ending)}). It is made ${frequency.why}.`,
    advice: `Call \`${variable.name}.${name}()\` in \`finally\`.`,
    node: made,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(made) },
      { role: 'release', message: 'Another one is ended here', range: rangeOf(ending) },
      frequencyStep(frequency, made),
    ],
  };
}
