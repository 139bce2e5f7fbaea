/**
 * The same thing given to a collection of disposables twice in a row, while what was made beside it is given to none: the
 * second line was copied, and names the wrong one.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { callsNamed } from '../../program/callNames';
import { isAssignment, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { putsOne } from '../../words/collections';
import { unreachableKinds } from '../../words/fallbackKinds';
import { isWholeTeardown } from '../../words/teardowns';

/** Findings for objects whose place in a collection of disposables another one takes twice. */
export function findDuplicates(engine: Engine, known: readonly Draft[]): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const one of callsNamed(engine.program, putsOne)) {
    const statement = wrapped(one).parent;
    const { parent } = statement;
    if (!ts.isExpressionStatement(statement) || !ts.isBlock(parent)) continue;
    const call = givingCall(statement);
    const index = call ? parent.statements.indexOf(statement) : -1;
    const copy = call && givingCall(parent.statements[index + 1]);
    if (!call || !copy || call.getText() !== copy.getText()) continue;
    const left = forgotten(parent.statements.slice(0, index), call, engine);
    if (left && !told.has(left)) drafts.push(draftOf(left, call, copy));
  }
  return drafts;
}

/** `this.disposables.push(this.view)` */
function givingCall(statement: ts.Statement | undefined): ts.CallExpression | undefined {
  const call = statement && ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  if (!call || !ts.isCallExpression(call) || call.arguments.length !== 1) return undefined;
  const callee = unwrap(call.expression);
  const [given] = call.arguments;
  return ts.isPropertyAccessExpression(callee) &&
    putsOne(callee.name.text) &&
    given &&
    ts.isPropertyAccessExpression(unwrap(given))
    ? call
    : undefined;
}

/** What was made just before, has a teardown, and is given to nobody. */
function forgotten(
  before: readonly ts.Statement[],
  call: ts.CallExpression,
  engine: Engine,
): ts.NewExpression | undefined {
  const { places, callees, origins } = engine.program;
  const [given] = call.arguments;
  for (const statement of [...before].reverse()) {
    const write = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    if (!write || !isAssignment(write)) continue;
    const made = unwrap(write.right);
    const place = places.of(unwrap(write.left));
    if (!ts.isNewExpression(made) || place?.root.kind !== 'owner' || (given && places.same(given, write.left)))
      continue;
    const members = callees.ownerOfValue(made)?.members;
    const ends = members
      ? [...members.keys()]
      : (engine.imports.factOf(origins.nameOf(unwrap(made.expression)))?.teardowns ?? []);
    const isGiven = engine.uses.reads(place.key).some((use) => {
      const up = use.parent;
      return ts.isCallExpression(up) || (ts.isPropertyAccessExpression(up) && isWholeTeardown(up.name.text));
    });
    if (ends.some((name) => isWholeTeardown(name)) && !isGiven) return made;
  }
  return undefined;
}

function draftOf(left: ts.NewExpression, call: ts.CallExpression, copy: ts.CallExpression): Draft {
  const [given] = call.arguments;
  return {
    kind: unreachableKinds.listener,
    mechanism: 'missing-super-or-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `What is made here is never disposed: lines ${lineOf(call)} and ${lineOf(copy)} both register \`${given?.getText() ?? ''}\`, and none registers this.`,
    advice: 'Register this one in the second of them.',
    node: left,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(left) },
      { role: 'release', message: 'Registers the same one again', range: rangeOf(copy) },
    ],
  };
}
