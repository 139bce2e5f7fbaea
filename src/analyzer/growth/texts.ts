/** Texts and buffers of long-lived holders that events append to and nothing empties. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { accessText } from '../program/memberNames';
import type { Owner } from '../program/members';
import type { Place } from '../program/places';
import { visitNodes } from '../syntax/nodeIndex';
import { binaries } from '../syntax/selections';
import { isAssignment, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { mentionsPlace } from './changes';
import { isUntilEnd } from './renewals';
import { isServiceName } from './words';

interface Text {
  readonly place: Place;
  readonly name: string;
  readonly node: ts.Node;
  readonly why: string;
}

/** All texts of a file that only grow. */
export function findTexts(engine: Engine): readonly Draft[] {
  return candidates(engine).flatMap((text) => {
    const draft = judge(text, engine);
    return draft ? [draft] : [];
  });
}

function candidates(engine: Engine): readonly Text[] {
  const { scopes, members, places } = engine.program;
  const found: Text[] = [];
  for (const declaration of scopes.declarations) {
    if (declaration.scope.func !== undefined || !ts.isVariableDeclaration(declaration.node)) continue;
    if (declaration.path?.length !== 0 || declaration.kind === 'const' || !isEmptyText(declaration.initializer))
      continue;
    found.push({
      place: places.ofDeclaration(declaration),
      name: declaration.name,
      node: declaration.node,
      why: 'lives as long as the process',
    });
  }
  for (const owner of members.owners)
    for (const member of owner.members.values()) {
      const [first] = member.values;
      if (!first || !isEmptyText(first.value) || !lasts(owner, member.isStatic, engine)) continue;
      found.push({
        place: places.ofMember(owner, member.name),
        name: accessText('this', [member.name]),
        node: first.node,
        why: `lives as long as its \`${owner.name}\``,
      });
    }
  return found;
}

function lasts(owner: Owner, isStatic: boolean, engine: Engine): boolean {
  if (isStatic) return true;
  if (owner.kind === 'object' && owner.declaration?.scope.func !== undefined) return false;
  const instances = engine.frequency.instancesOf(owner);
  return instances === 'single' || (instances === 'unknown' && isServiceName(owner.name));
}

function isEmptyText(value: ts.Expression | undefined): boolean {
  const inner = value && unwrap(value);
  if (!inner) return false;
  if (ts.isStringLiteralLike(inner)) return inner.text === '';
  return ts.isCallExpression(inner) && /^Buffer\.(?:alloc|from|concat)\((?:0|''|""|\[\])?\)$/.test(inner.getText());
}

function judge(text: Text, engine: Engine): Draft | undefined {
  const { key } = text.place;
  const writes = engine.uses.writes(key).filter((write) => write !== text.node);
  const appends = writes.filter((write) => isAppend(write, key, engine));
  // Any other value given to it starts anew.
  if (appends.length === 0 || writes.some((write) => !appends.includes(write) && !isFirst(write, text)))
    return undefined;
  if (isMeasured(key, engine) || isWrittenElsewhere(text, engine)) return undefined;
  for (const append of appends) {
    const { level, why, isLooped = false } = engine.frequency.of(append);
    // The whole of an input is what is wanted.
    if (level !== 'hot' || isLooped || isUntilEnd(append, engine)) continue;
    return {
      kind: 'cache/text-accumulator',
      mechanism: 'unbounded-growth',
      severity: 'medium',
      confidence: 'medium',
      message: `\`${text.name}\` grows ${why}, and nothing cuts or empties it.`,
      advice: 'Cut it at a limit, or empty it when it is used.',
      node: append,
      trail: [
        { role: 'held', message: `\`${text.name}\` ${text.why}`, range: rangeOf(text.node) },
        { role: 'grows', message: `Appended to on line ${lineOf(append)}`, range: rangeOf(append) },
      ],
    };
  }
  return undefined;
}

/** `x += …`, `x = x + …`, `x = Buffer.concat([x, …])`. */
function isAppend(write: ts.BinaryExpression, key: string, engine: Engine): boolean {
  if (write.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return true;
  const value = unwrap(write.right);
  if (write.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !mentionsPlace(value, key, engine)) return false;
  if (ts.isBinaryExpression(value)) return value.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (ts.isTemplateExpression(value)) return true;
  return ts.isCallExpression(value) && value.expression.getText() === 'Buffer.concat';
}

function isFirst(write: ts.BinaryExpression, text: Text): boolean {
  return write === text.node || write.parent === text.node || text.node.parent === write;
}

/** Its length is compared, or it is cut with a bound. */
function isMeasured(key: string, engine: Engine): boolean {
  return engine.uses.reads(key).some((use) => {
    const up = wrapped(use).parent;
    return (
      ts.isPropertyAccessExpression(up) &&
      /^(?:length|byteLength)$/.test(up.name.text) &&
      ts.isBinaryExpression(wrapped(up).parent)
    );
  });
}

/** `session.output = ''` on a value that may be the holder. */
function isWrittenElsewhere(text: Text, engine: Engine): boolean {
  const name = text.place.path.at(-1);
  if (name === undefined) return false;
  let found = false;
  visitNodes(engine.program.sourceFile, binaries, (node) => {
    if (
      isAssignment(node) &&
      ts.isPropertyAccessExpression(node.left) &&
      node.left.name.text === name &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      engine.program.places.of(node.left)?.key !== text.place.key
    )
      found = true;
    return !found;
  });
  return found;
}
