/**
 * A local that is made like others of the file, each of which is ended, and is not: `const muxer = new Muxer()` in one
 * function, with a `muxer.destroy()` in all the others. And one that an effect makes anew each time it runs, and no clean-up
 * ends, though its class or its name says that it has to end.
 */

import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { fileRoleOf } from '../files/fileRole';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { singleEnds } from '../ownership/instances/instanceWords';
import { isLook } from '../ownership/instances/partUses';
import { classGiven, settled, wantedEnd } from '../ownership/instances/wantsEnd';
import { isEffect } from '../ownership/lifetime/effects';
import type { Declaration } from '../program/scopes';
import { nodesIn, select } from '../syntax/nodeIndex';
import { type CallLike, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { listenMethods } from '../words/listeners';
import { isMaking } from '../words/starts';
import { isTeardown } from '../words/teardowns';

const kind = 'handle/disposable-not-disposed';
const variables = select<ts.VariableDeclaration>(ts.SyntaxKind.VariableDeclaration);

interface Local {
  readonly made: CallLike;
  readonly variable: Declaration;
  /** A call that ends it. */
  readonly ending: ts.PropertyAccessExpression | undefined;
}

/** A call, and those that its receiver comes from: `made().on(…).connect()`. */
function chainOf(made: CallLike): readonly CallLike[] {
  const callee = unwrap(made.expression);
  const before = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  return before && (ts.isCallExpression(before) || ts.isNewExpression(before)) ? [made, ...chainOf(before)] : [made];
}

/** Findings for the one local of its kind that a file does not end. */
export function findUnlikeOthers(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  // A test ends with its process.
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.map(({ node }) => node));
  const described = new Set<ts.Node>(acquisitions.map(({ node }) => node));
  // `new Client().connect()` is known by its client.
  const isKnown = (made: CallLike): boolean => chainOf(made).some((step) => told.has(step) || described.has(step));
  const byMaker = new Map<string, Local[]>();
  const drafts: Draft[] = [];
  for (const declared of nodesIn(engine.program.sourceFile, variables)) {
    const made = declared.initializer && settled(declared.initializer);
    const variable = ts.isIdentifier(declared.name) ? engine.program.scopes.declarationOf(declared) : undefined;
    if (!made || !variable?.scope.func || !(ts.isNewExpression(made) || (ts.isCallExpression(made) && isMaker(made))))
      continue;
    const key = `${made.kind} ${made.expression.getText()} ${classGiven(made)?.text ?? ''}`;
    const alike = byMaker.get(key) ?? [];
    byMaker.set(key, alike);
    const local: Local = { made, variable, ending: endingOf(variable) };
    alike.push(local);
    if (!local.ending && !isKnown(made) && isOfEffect(variable) && isForgotten(variable, true)) {
      const ends = wantedEnd(made, variable.name, engine);
      if (ends) drafts.push(effectDraft(local, ends[0], engine));
    }
  }
  const left = [...byMaker.values()].flatMap((alike) => {
    const [left, ...others] = alike.filter(({ ending }) => !ending);
    const ended = alike.find(({ ending }) => ending);
    if (!left || !ended?.ending || others.length > 0 || isKnown(left.made)) return [];
    if (endsNothing(left.made, ended.ending.name.text, engine)) return [];
    const draft = isForgotten(left.variable, false) ? draftOf(left, ended.ending, engine) : undefined;
    return draft ? [draft] : [];
  });
  return [...drafts, ...left.filter(({ node }) => !drafts.some((draft) => draft.node === node))];
}

/** `useEffect(() => { const view = new View(); … })` */
function isOfEffect({ scope }: Declaration): boolean {
  const fn = scope.func;
  return fn !== undefined && isEffect(fn);
}

function effectDraft({ made, variable }: Local, end: string | undefined, engine: Engine): Draft {
  const frequency = engine.frequency.of(made);
  const name = `\`${variable.name}\``;
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `${name} is never ended: the effect makes one ${frequency.why}, and no clean-up ends it.`,
    advice: `${end === undefined ? `End ${name}` : `Call \`${variable.name}.${end}()\``} in the clean-up that the effect returns.`,
    node: made,
    trail: [{ role: 'acquired', message: 'Made here', range: rangeOf(made) }, frequencyStep(frequency, made)],
  };
}

/** A class of this program that says of its `stop()` that it ends nothing: a stop watch. */
function endsNothing(made: CallLike, end: string, { program, imports }: Engine): boolean {
  const callee = unwrap(made.expression);
  const named = ts.isPropertyAccessExpression(callee) && ts.isCallExpression(made) ? unwrap(callee.expression) : callee;
  const name = ts.isIdentifier(named) && /^[A-Z]/.test(named.text) ? program.origins.nameOf(named) : undefined;
  if (name?.module === undefined) return false;
  const fact = imports.factOf(name);
  if (!fact) return name.module.startsWith('.') && end === 'stop';
  const known = [...(fact.closers ?? []), ...(fact.ends ?? []), ...(fact.holds ?? []).flatMap(({ until }) => until)];
  return !known.includes(end);
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
function isForgotten(variable: Declaration, mayListen: boolean): boolean {
  if (variable.writes.length > 0 || variable.kind === 'using') return false;
  const uses = variable.references.filter((use) => use !== variable.node);
  return uses.length > 0 && uses.every((use) => isWork(use, mayListen));
}

function isWork(use: ts.Expression, mayListen: boolean): boolean {
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
  if (mayListen && listenMethods.has(name)) return true;
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
