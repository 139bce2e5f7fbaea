/** A resource that waits beside other work: whoever wins the race, it is released when the race is decided. */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { Fix, TextEdit } from '../findings/findings';
import { enclosingFunction, isFunctionNode, isWithin, ts, wrapped } from '../syntax/syntax';
import { typeOf } from './keeping';
import { insertAt, insertBefore, type Layout } from './layout';
import { freshName, nameFromNoun } from './names';
import { releaseOf } from './release';

/** Keeps it in a variable that both the executor and `finally` of the race see; undefined where they are apart. */
export function releaseAfterRace(
  { acquisition }: Open,
  race: ts.CallExpression,
  engine: Engine,
  layout: Layout,
): Fix | undefined {
  const { result, kind } = acquisition;
  if (!result) return undefined;
  const outer = wrapped(result);
  const executor = enclosingFunction(result);
  if (!executor || (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor))) return undefined;
  const around = enclosingFunction(executor);
  if (!around || enclosingFunction(race) !== around) return undefined;
  const statement = commonStatement(executor, race);
  if (!statement) return undefined;
  const name = freshName(nameFromNoun(kind.noun), engine);
  const release = releaseOf(
    acquisition,
    { text: name, missing: 'undefined' },
    { node: statement, owner: engine.program.members.ownerAt(statement) },
    engine,
  );
  if (!release || release.guard !== undefined) return undefined;
  const type = layout.isTypeScript ? typeOf(result, statement, engine) : undefined;
  if (layout.isTypeScript && type === undefined) return undefined;
  return {
    title: `Release it with \`${release.expression}\` when the race is decided`,
    edits: [
      insertBefore(
        statement,
        () => `let ${name}${type === undefined ? '' : `: ${type} | undefined`}${layout.semicolon}`,
        layout,
      ),
      ...store(outer, name, layout),
      insertAt(race.end, `.finally(() => ${release.expression})`),
    ],
  };
}

/** `timeout = setTimeout(…)`, in a body of its own where the executor is an expression. */
export function store(value: ts.Expression, name: string, layout: Layout): readonly TextEdit[] {
  const up = value.parent;
  if (ts.isExpressionStatement(up)) return [insertAt(value.getStart(), `${name} = `)];
  if (!ts.isArrowFunction(up) || up.body !== value) return [];
  const { newline, unit, semicolon } = layout;
  const indent = layout.indentAt(up.getStart());
  return [
    insertAt(value.getStart(), `{${newline}${indent}${unit}${name} = `),
    insertAt(value.end, `${semicolon}${newline}${indent}}`),
  ];
}

/** The first statement, in one block, that holds the executor or the race. */
function commonStatement(executor: ts.Node, race: ts.Node): ts.Statement | undefined {
  for (let up: ts.Node = executor; up.parent; up = up.parent) {
    if (up !== executor && isFunctionNode(up)) return undefined;
    if (ts.isStatement(up) && ts.isBlock(up.parent) && isWithin(race, up.parent)) return up;
  }
  return undefined;
}
