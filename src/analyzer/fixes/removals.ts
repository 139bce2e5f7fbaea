/** How a registration is undone: a removal that repeats receiver, event, handler and capture flag, or a signal. */

import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { TextEdit } from '../findings/findings';
import { captureOf } from '../ownership/registrations/removals';
import { isBindCall } from '../program/bound';
import type { Identity } from '../resources/releaseForms';
import { isClassNode, propertyNameText, ts, unwrap, walk } from '../syntax/syntax';
import { declareField } from './keeping';
import { insertAt, insertBefore, type Layout } from './layout';
import { freeNames, freshName, handlerName, isVisible, textThere } from './names';
import type { Release } from './release';
import { memberAround, type Site } from './sites';

export interface Undoing {
  /** Undefined when the site releases it already. */
  readonly release: Release | undefined;
  readonly edits: readonly TextEdit[];
  readonly title?: string;
}

/** The ways to undo a registration at a site, the plainest first. */
export function undo(open: Open, site: Site, engine: Engine, layout: Layout): readonly Undoing[] {
  if (signalOf(open)) {
    const aborted = abortGiven(open, site, engine);
    return aborted ? [aborted] : [];
  }
  const ways = [
    () => givenSignal(open, site, engine),
    () => byRemoval(open, site, engine, layout),
    () => ownSignal(open, site, engine, layout),
  ];
  return ways.flatMap((way) => way() ?? []);
}

/** The signal that is passed already. */
function signalOf(open: Open): ts.Expression | undefined {
  const at = identityOf(open)?.options;
  const options = at === undefined ? undefined : open.acquisition.node.arguments?.[at];
  const value = options && unwrap(options);
  if (!value || !ts.isObjectLiteralExpression(value)) return undefined;
  for (const property of value.properties)
    if (property.name && propertyNameText(property.name) === 'signal')
      return ts.isPropertyAssignment(property) ? property.initializer : (property.name as ts.Identifier);
  return undefined;
}

/** Its controller is at hand, and nobody aborts it. */
function abortGiven(open: Open, site: Site, engine: Engine): Undoing | undefined {
  const signal = signalOf(open);
  const value = signal && unwrap(signal);
  if (!value || !ts.isPropertyAccessExpression(value)) return undefined;
  const text = textThere(value.expression, site.vantage, engine);
  return text === undefined ? undefined : { release: { expression: `${text}.abort()`, guard: undefined }, edits: [] };
}

function identityOf({ acquisition }: Open): Identity | undefined {
  return acquisition.form.form === 'registration' ? acquisition.form.identity : undefined;
}

/** `bus.off('event', handler)`, spelled as the registration is. */
function byRemoval(open: Open, site: Site, engine: Engine, layout: Layout): Undoing | undefined {
  const { acquisition } = open;
  const { node, receiver, kind } = acquisition;
  const identity = identityOf(open);
  const callee = unwrap(node.expression);
  if (!identity) return undefined;
  const added = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  const methods = kind.release.flatMap((form) =>
    form.form === 'removal' && (form.identity.event === undefined) === (identity.event === undefined)
      ? form.method
      : [],
  );
  const method = methods.find((one) => added.startsWith('add') && one === added.replace('add', 'remove')) ?? methods[0];
  if (method === undefined) return undefined;
  const target = receiver ? textThere(receiver, site.vantage, engine) : undefined;
  if (receiver && target === undefined) return undefined;
  const handler = handlerFor(open, identity, site, engine, layout);
  if (!handler) return undefined;
  const event = identity.event === undefined ? undefined : node.arguments?.[identity.event];
  const eventText = event && textThere(event, site.vantage, engine);
  if (identity.event !== undefined && eventText === undefined) return undefined;
  const flag = identity.capture === undefined ? undefined : node.arguments?.[identity.capture];
  const capture = captureOf(flag, engine);
  if (capture === undefined) return undefined;
  // `on('change', this.show, this)`: what it is called on belongs to it.
  const context = identity.capture === undefined ? node.arguments?.[identity.handler + 1] : undefined;
  const contextText = context?.kind === ts.SyntaxKind.ThisKeyword ? textThere(context, site.vantage, engine) : '';
  if (contextText === undefined) return undefined;
  const args = [eventText, handler.text, capture ? 'true' : contextText].filter((one) => one);
  const dot = ts.isPropertyAccessExpression(callee) && callee.questionDotToken ? '?.' : '.';
  return {
    release: {
      expression: `${target === undefined ? '' : `${target}${dot}`}${method}(${args.join(', ')})`,
      guard: undefined,
    },
    edits: handler.edits,
  };
}

interface Reference {
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

/** The handler under one name for both calls: its own, or one it is given. */
function handlerFor(open: Open, identity: Identity, site: Site, engine: Engine, layout: Layout): Reference | undefined {
  const { acquisition, level } = open;
  const handler = acquisition.node.arguments?.[identity.handler];
  if (!handler) return undefined;
  const value = unwrap(handler);
  const isFunction = ts.isArrowFunction(value) || ts.isFunctionExpression(value);
  if (!isFunction && !ts.isCallExpression(value)) {
    const text = textThere(handler, site.vantage, engine);
    return text === undefined ? undefined : { text, edits: [] };
  }
  if (!isFunction && !isBindCall(value)) return undefined;
  // Without the call around it an unannotated parameter has no type.
  if (layout.isTypeScript && isFunction && value.parameters.some(({ type }) => type === undefined)) return undefined;
  const { declarations, usesThis, usesArguments } = freeNames(value, engine);
  if (usesArguments || (usesThis && ts.isFunctionExpression(value))) return undefined;
  const statement = statementAround(acquisition.node);
  if (!statement) return undefined;
  const bound =
    isBindCall(value) && ts.isPropertyAccessExpression(value.expression)
      ? unwrap(value.expression.expression)
      : undefined;
  const method = bound && ts.isPropertyAccessExpression(bound) ? bound.name.text : undefined;
  const base =
    method === undefined ? handlerName(acquisition.event) : `bound${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  const name = freshName(base, engine, base.replace(/^on(?=[A-Z])/, 'handle'));
  if (site.scope === 'local') {
    if (!site.body || statement.parent !== site.body) return undefined;
    return {
      text: name,
      edits: [
        insertBefore(statement, () => `const ${name} = ${value.getText()}${layout.semicolon}`, layout),
        { start: handler.getStart(), end: handler.end, newText: name },
      ],
    };
  }
  const { owner } = site.vantage;
  if (!owner || !isClassNode(owner.node) || engine.program.members.ownerAt(acquisition.node) !== owner)
    return undefined;
  const text = `this.${name}`;
  const replaced = { start: handler.getStart(), end: handler.end, newText: text };
  const isSteady = declarations.every((declaration) => isVisible(declaration, owner.node));
  if (isSteady && layout.isTypeScript) {
    const declared = indented(
      value.getText(),
      layout.indentAt(value.getStart()),
      layout.indentAt(owner.node.members[0]?.getStart() ?? 0),
    );
    return {
      text,
      edits: [declareField(owner.node, `private readonly ${name} = ${declared}${layout.semicolon}`, layout), replaced],
    };
  }
  // One field holds the handler of the last call only.
  if (layout.isTypeScript || level === 'call' || level === 'hot' || level === 'unknown') return undefined;
  return {
    text,
    edits: [insertBefore(statement, () => `${text} = ${value.getText()}${layout.semicolon}`, layout), replaced],
  };
}

/** Further lines moved from one indentation to another; text with lines of its own in a template stays as it is. */
function indented(text: string, from: string, to: string): string {
  if (text.includes('`')) return text;
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n');
}

function statementAround(node: ts.Node): ts.ExpressionStatement | undefined {
  let at: ts.Node = node;
  while (ts.isExpression(at) && !ts.isFunctionLike(at.parent)) {
    if (ts.isExpressionStatement(at.parent)) return ts.isBlock(at.parent.parent) ? at.parent : undefined;
    at = at.parent;
  }
  return undefined;
}

/** Where `{ signal }` goes: behind the last argument, or into the options that are written there. */
function withSignal(open: Open, signal: string): TextEdit | undefined {
  const identity = identityOf(open);
  const { node } = open.acquisition;
  const args = node.arguments;
  if (identity?.options === undefined || !args) return undefined;
  const options = args[identity.options];
  const last = args.at(-1);
  const property = signal === 'signal' ? 'signal' : `signal: ${signal}`;
  if (!options) return last && args.length === identity.options ? insertAt(last.end, `, { ${property} }`) : undefined;
  const value = unwrap(options);
  if (value.kind === ts.SyntaxKind.TrueKeyword)
    return { start: options.getStart(), end: options.end, newText: `{ capture: true, ${property} }` };
  if (value.kind === ts.SyntaxKind.FalseKeyword)
    return { start: options.getStart(), end: options.end, newText: `{ ${property} }` };
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  const names = value.properties.map((one) => (one.name ? propertyNameText(one.name) : undefined));
  if (names.some((name) => name === undefined || name === 'signal')) return undefined;
  const final = value.properties.at(-1);
  return final
    ? insertAt(final.end, `, ${property}`)
    : { start: value.getStart(), end: value.end, newText: `{ ${property} }` };
}

function isController(expression: ts.Expression | undefined): boolean {
  const value = expression && unwrap(expression);
  return value !== undefined && ts.isNewExpression(value) && value.expression.getText() === 'AbortController';
}

/** A controller at hand that the site aborts. */
function givenSignal(open: Open, site: Site, engine: Engine): Undoing | undefined {
  if (identityOf(open)?.options === undefined) return undefined;
  const { node } = open.acquisition;
  const aborted = abortedIn(site.scope === 'member' ? site.vantage.node : (site.body ?? site.vantage.node));
  for (const target of aborted) {
    const text = target.getText().replace('?.', '.');
    const place = engine.program.places.of(unwrap(target));
    if (!place) continue;
    const { root, path } = place;
    const isOurs =
      site.scope === 'member'
        ? root.kind === 'owner' &&
          root.owner === site.vantage.owner &&
          path.length === 1 &&
          isFieldController(root.owner.members.get(path[0] ?? '')?.values ?? [], open, root.owner)
        : root.kind === 'declaration' &&
          path.length === 0 &&
          isDirectlyIn(root.declaration.node, site.body) &&
          root.declaration.node.pos < node.pos &&
          isController(root.declaration.initializer);
    const edit = isOurs ? withSignal(open, `${text}.signal`) : undefined;
    if (edit)
      return { release: undefined, edits: [edit], title: `Pass the signal of \`${text}\`, which ${site.words} aborts` };
  }
  return undefined;
}

/** Declared by a statement of the block itself. */
function isDirectlyIn(node: ts.Node, block: ts.Block | undefined): boolean {
  return block !== undefined && node.parent?.parent?.parent === block;
}

/** Made once with the instance, as the registration is, and so not aborted before. */
function isFieldController(
  values: readonly { readonly value: ts.Expression | undefined }[],
  open: Open,
  owner: NonNullable<Site['vantage']['owner']>,
): boolean {
  const member = memberAround(open.acquisition.node, owner);
  return (
    values.length === 1 &&
    values.every(
      ({ value }) =>
        isController(value) &&
        value !== undefined &&
        memberAround(value, owner) === 'constructor' &&
        (member === 'constructor' || open.level === 'instance'),
    )
  );
}

function abortedIn(node: ts.Node): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  walk(node, (inner) => {
    if (
      ts.isCallExpression(inner) &&
      ts.isPropertyAccessExpression(inner.expression) &&
      inner.expression.name.text === 'abort'
    )
      found.push(inner.expression.expression);
    return undefined;
  });
  return found;
}

/** A controller of its own, for a handler that cannot be named elsewhere. */
function ownSignal(open: Open, site: Site, engine: Engine, layout: Layout): Undoing | undefined {
  const { acquisition } = open;
  const statement = statementAround(acquisition.node);
  if (!statement) return undefined;
  const name = freshName('controller', engine);
  if (site.scope === 'local') {
    if (!site.body || statement.parent !== site.body) return undefined;
    const edit = withSignal(open, `${name}.signal`);
    return (
      edit && {
        release: { expression: `${name}.abort()`, guard: undefined },
        edits: [
          insertBefore(statement, () => `const ${name} = new AbortController()${layout.semicolon}`, layout),
          edit,
        ],
      }
    );
  }
  const { owner } = site.vantage;
  const isOnce = owner !== undefined && memberAround(acquisition.node, owner) === 'constructor';
  if (!owner || !isClassNode(owner.node) || !layout.isTypeScript || !isOnce) return undefined;
  const edit = withSignal(open, `this.${name}.signal`);
  return (
    edit && {
      release: { expression: `this.${name}.abort()`, guard: undefined },
      edits: [
        declareField(owner.node, `private readonly ${name} = new AbortController()${layout.semicolon}`, layout),
        edit,
      ],
    }
  );
}
