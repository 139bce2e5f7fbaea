/**
 * A stream made of a source that somebody else began: each pull asks the source for more, and nothing tells it when the
 * reader of the stream gives up. The source then waits for ever, and what it would clean up at its end stays.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import type { Declaration } from '../program/scopes';
import { kindsWith } from '../resources/kindsWith';
import type { ResourceKind } from '../resources/model';
import { select, visitNodes } from '../syntax/nodeIndex';
import { instantiations } from '../syntax/selections';
import {
  enclosingFunction,
  isFunctionNode,
  isWithin,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { isThen } from '../words/promises';

const literals = select<ts.ObjectLiteralExpression>(ts.SyntaxKind.ObjectLiteralExpression);

type Forwards = NonNullable<ResourceKind['forwards']>;

const forwardingKinds = kindsWith(({ forwards }) => forwards);

/** Findings for streams that forward a source and have no end for it. */
export function findForwarding(engine: Engine, kinds: readonly ResourceKind[]): readonly Draft[] {
  const [kind] = forwardingKinds(kinds);
  const { forwards } = kind ?? {};
  if (!kind || !forwards) return [];
  const drafts: Draft[] = [];
  const { alike } = forwards;
  if (engine.program.text.includes(alike.mark))
    visitNodes(engine.program.sourceFile, literals, (node) => {
      const isAlike = node.properties.some(({ name }) => name?.getText().includes(alike.mark));
      const draft = isAlike ? judge(node, node, kind, { ...forwards, ...alike }, engine) : undefined;
      if (draft) drafts.push(draft);
      return undefined;
    });
  if (!engine.program.text.includes(forwards.more)) return drafts;
  visitNodes(engine.program.sourceFile, instantiations, (node) => {
    if (ts.isNewExpression(node) && isMade(node, forwards, engine)) {
      const draft = judge(node, node.arguments?.[0], kind, forwards, engine);
      if (draft) drafts.push(draft);
    }
    return undefined;
  });
  return drafts;
}

function isMade(node: ts.NewExpression, { made }: Forwards, engine: Engine): boolean {
  const { origins, callees } = engine.program;
  const base = callees.ownerOfValue(node)?.base;
  return [node.expression, ...(base ? [base] : [])].some((one) =>
    engine.types.matches(origins.nameOf(unwrap(one)), made),
  );
}

function judge(
  node: ts.NewExpression | ts.ObjectLiteralExpression,
  first: ts.Expression | undefined,
  kind: ResourceKind,
  forwards: Forwards,
  engine: Engine,
): Draft | undefined {
  const given = first && unwrap(first);
  const fn = enclosingFunction(node);
  if (!given || !ts.isObjectLiteralExpression(given) || !fn) return undefined;
  const named = (name: string): ts.ObjectLiteralElementLike | undefined =>
    given.properties.find((property) => property.name && propertyNameText(property.name) === name);
  const more = named(forwards.more);
  if (!more || named(forwards.end) || given.properties.some(ts.isSpreadAssignment)) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  const source = sourceOf(more, node, forwards, engine);
  if (!source || isEndedElsewhere(source, forwards, engine)) return undefined;
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    // A loop over an iterator is mostly gone through, and what waits in one that is not is collected with it.
    severity: node === first ? 'low' : kind.severity,
    confidence: 'medium',
    message:
      node === first
        ? `\`${source.name}\` is left where it is when a loop over this iterator is left: it has \`${forwards.more}\` and no \`${forwards.end}\`.`
        : `\`${source.name}\` is left where it is when the stream is cancelled: the stream has \`${forwards.more}\` and no \`${forwards.end}\`.`,
    advice: `End it in \`${forwards.end}\`, as a loop that is left does.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${node === first ? 'iterator' : 'stream'} is made here`, range: rangeOf(node) },
      { role: 'exit', message: 'This asks the source for more', range: rangeOf(more) },
      frequencyStep(frequency, node),
    ],
  };
}

/** The variable outside the stream whose method is awaited for each piece. */
function sourceOf(more: ts.Node, made: ts.Node, forwards: Forwards, engine: Engine): Declaration | undefined {
  let found: Declaration | undefined;
  walk(more, (node) => {
    const access = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
    if (!access || !ts.isPropertyAccessExpression(access) || !forwards.asks.includes(access.name.text)) return !found;
    // `file.read(buffer, 0, size)`: no iterator, and nobody waits in it.
    if ((node as ts.CallExpression).arguments.length > 0) return !found;
    const receiver = unwrap(access.expression);
    const up = wrapped(node as ts.CallExpression).parent;
    const isAwaited =
      ts.isAwaitExpression(up) ||
      ts.isReturnStatement(up) ||
      (ts.isPropertyAccessExpression(up) && isThen(up.name.text));
    const declaration = ts.isIdentifier(receiver) ? engine.program.scopes.resolve(receiver) : undefined;
    if (isAwaited && declaration?.scope.func && !isWithin(declaration.node, made)) found = declaration;
    return !found;
  });
  return found;
}

/** Somebody ends it on another occasion: when a signal is aborted, or after the stream. */
function isEndedElsewhere(source: Declaration, { ends }: Forwards, { program }: Engine): boolean {
  let named = false;
  for (const reference of source.references) {
    const up = wrapped(reference).parent;
    if (ts.isPropertyAccessExpression(up) && ends.includes(up.name.text)) named = true;
    // Given to somebody else, or taken apart.
    if (ts.isCallExpression(up) && up.expression !== reference) named = true;
  }
  const fn = source.scope.func;
  // `return { stream, cancel() { … } }`
  if (fn && isFunctionNode(fn) && fn.body)
    walk(fn.body, (node) => {
      if (ts.isIdentifier(node) && program.scopes.resolve(node) === source && ts.isReturnStatement(node.parent))
        named = true;
      return !named;
    });
  return named;
}
