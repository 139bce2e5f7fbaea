/** Collections that say by what they hold what they are: requests, DOM elements, clients, queues, listeners, disposers. */

import type { Engine } from '../engine';
import type { Confidence, Severity } from '../findings/findings';
import { containerOf } from '../ownership/values/releases';
import { visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { shortText } from '../syntax/shortText';
import { enclosingFunction, type FunctionNode, isFunctionNode, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import type { Candidate } from './candidates';
import { endsEach, makesClient } from './clients';
import { type Collection, nounOf, shrinksInLife } from './collections';
import type { Container } from './containers';
import { flushOf } from './flushes';
import { functionName, type Life } from './holders';
import { isObjectKey } from './objectKeys';
import { asksReadiness, isDisposerName, isQueueName, isRegistering, isShortLivedName, isSubscribing } from './words';

interface Special {
  readonly kind: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message?: string;
  readonly advice?: string;
  /** A weak collection would do. */
  readonly weakens?: boolean;
}

/** The more exact kind of a growing collection; `fine` where what it holds makes growth harmless. */
export function special(
  collection: Collection,
  candidate: Candidate,
  cache: boolean,
  engine: Engine,
): Special | 'fine' | undefined {
  const { container, life, changes } = collection;
  const { insertion, why, level, keys } = candidate;
  const lasts = life.level !== 'instance';
  const shrinks = changes.removals.length + changes.resets.length > 0;
  const fn = enclosingFunction(insertion.node);
  const name = fn ? functionName(fn) : '';
  const what = `${nounOf[container.shape]} \`${container.name}\``;

  if (container.holder === 'global')
    return shrinks || foreignQueues.test(container.name)
      ? 'fine'
      : {
          kind: 'cache/global-registry',
          // What a call fills, and a loop in it, is as much as it is given.
          severity: level === 'hot' ? 'medium' : 'low',
          confidence: level === 'hot' || container.shape === 'array' || keys !== 'unknown' ? 'medium' : 'low',
          message: `The global ${what} grows ${why}; nothing ever removes from it.`,
          advice: 'Return a function that removes the entry, or keep one entry per key.',
        };

  if (container.shape === 'array') {
    if (isPromiseList(container.name, insertion.value) && !shrinks && lasts && changes.iterations.length > 0)
      return {
        kind: 'cache/promise-chain-collected',
        severity: 'medium',
        confidence: 'medium',
        message: `The list \`${container.name}\` keeps each promise ${why}, with its result, after it settled.`,
        advice: 'Remove each promise when it settles, or start a new list when all are awaited.',
      };
    if (isDisposerName(container.name))
      return level === 'hot' && !isRegistering(name)
        ? {
            kind: 'cache/disposers-pile-up',
            // What ends it is of the newcomer alone, and goes with it.
            severity: isOfNewcomer(insertion.value, fn, engine) ? 'low' : 'medium',
            confidence: 'medium',
            message: `A disposer is added to \`${container.name}\` ${why}, and they only leave all together.`,
            advice: 'Dispose and remove each with what it belongs to.',
          }
        : 'fine';
    // Each of what is different once, or of what is gone soon itself.
    const isBrief = !lasts && isShortLivedName(container.owner?.name ?? '');
    if (
      isQueueName(container.name) &&
      !shrinks &&
      !isBrief &&
      changes.tests.length === 0 &&
      changes.iterations.length > 0
    )
      return container.holder === 'closure' && !lasts && isUntilReady(insertion.node)
        ? 'fine'
        : {
            kind: 'cache/queue-not-drained',
            // What one call of a function fills is gone with it.
            severity: container.holder === 'closure' && level !== 'hot' ? 'low' : ofLife(life, 'high'),
            confidence: 'medium',
            message: `The queue \`${container.name}\` grows ${why}; its entries are gone through but never taken out.`,
            advice: 'Take entries out as they are done: `shift`, or swap the list for a new one.',
          };
    const flush = shrinks ? undefined : flushOf(collection, engine);
    if (flush && lasts)
      return {
        kind: 'cache/queue-not-drained',
        severity: ofLife(life, 'high'),
        confidence: 'medium',
        message: `The list \`${container.name}\` grows ${why}; \`${functionName(flush)}\` hands all of it on and leaves it as it is.`,
        advice: 'Start a new list when the old one is handed on.',
      };
    if (isSubscribing(name) && !shrinks && isFunctionParameter(insertion.value, container, engine))
      return lasts
        ? {
            kind: 'cache/subscriber-array',
            // A store may have one subscriber, and go with it.
            severity: life.level === 'process' ? 'medium' : 'low',
            confidence: 'medium',
            message: `\`${name}\` adds each listener to \`${container.name}\`, and nothing can take one out again.`,
            advice: 'Return a function that removes the listener.',
          }
        : undefined;
  }

  const held = insertion.value ?? insertion.key;
  if (life.level === 'process' && level === 'hot' && !shrinks && held && isWholeRequest(held, engine))
    return {
      kind: 'cache/request-state-in-module',
      severity: 'high',
      confidence: 'high',
      message: `The ${what} keeps \`${shortText(held)}\` ${why}; nothing removes it when the request ends.`,
      advice: 'Remove it when the request ends, or keep only what is counted.',
    };

  const keyType = insertion.key ? objectKey(insertion.key, container.keyType, engine) : undefined;
  if (keyType && lasts && !shrinks)
    return keyType === 'element'
      ? {
          kind: 'cache/map-of-dom-elements',
          weakens: true,
          severity: 'medium',
          confidence: 'medium',
          message: `The ${what} holds DOM elements as keys and keeps each of them after it left the page.`,
          advice: `Use a \`Weak${container.shape === 'set' ? 'Set' : 'Map'}\`, or delete the entry when the element goes.`,
        }
      : {
          kind: 'cache/map-keyed-by-object',
          weakens: true,
          severity: 'medium',
          confidence: 'medium',
          message: `The ${what} holds objects as keys and keeps each of them alive as long as itself.`,
          advice: `Use a \`Weak${container.shape === 'set' ? 'Set' : 'Map'}\`, or delete the entry when the object is done.`,
        };

  // Nothing but the key leads to the entry: it could die with the key.
  const isWeakenable = changes.iterations.length === 0 && (cache || asksFirst(collection, insertion.key));
  if (life.level === 'process' && !shrinks && isWeakenable && insertion.key && isObjectKey(insertion.key, engine))
    return {
      kind: 'cache/map-keyed-by-object',
      weakens: true,
      severity: 'low',
      confidence: 'medium',
      message: `The ${what} is only ever asked for \`${shortText(insertion.key)}\`, an object, and keeps each of them alive as long as the process.`,
      advice: `Use a \`Weak${container.shape === 'set' ? 'Set' : 'Map'}\`.`,
    };

  if (cache && shrinksInLife(collection).length === 0 && (keys === 'transient' || keys === 'open')) {
    const closes = endsEach(collection, engine) && !isShortLivedName(container.owner?.name ?? '');
    if (closes || (!shrinks && lasts && makesClient(insertion.value, engine)))
      return {
        kind: 'cache/client-per-key',
        severity: 'medium',
        confidence: 'medium',
        message: `The ${what} keeps one client per \`${insertion.key ? shortText(insertion.key) : 'key'}\`, and none is closed or removed ${closes ? 'before all of them are' : 'ever'}.`,
        advice: 'Close and remove a client when it is idle or its last user leaves.',
      };
  }
  return undefined;
}

/** How long a holder lives that is no single one, only its name says, or nothing. */
function ofLife({ level }: Life, severity: Severity): Severity {
  if (level === 'instance') return 'low';
  return level === 'service' && severity === 'high' ? 'medium' : severity;
}

/** `if (!this.isOpen) queue.push(message)`: what waits for the beginning is no more than came before it. */
function isUntilReady(node: ts.Node): boolean {
  for (let at = node, up = node.parent; up && !isFunctionNode(at); at = up, up = up.parent)
    if (ts.isIfStatement(up) && up.expression !== at && asksReadiness(up.expression.getText())) return true;
  return false;
}

/** `subscribeTo(client)` in a handler that is given the client: no more than one for each. */
function isOfNewcomer(value: ts.Expression | undefined, fn: FunctionNode | undefined, { program }: Engine): boolean {
  const call = value && unwrap(value);
  if (!call || !fn || !ts.isCallExpression(call) || call.arguments.length !== 1) return false;
  const given = call.arguments[0] && unwrap(call.arguments[0]);
  const declaration = given && ts.isIdentifier(given) ? program.scopes.resolve(given) : undefined;
  return declaration?.kind === 'parameter' && declaration.scope.func === fn;
}

/** `if (seen.has(item)) return; seen.add(item);` */
function asksFirst({ container, changes }: Collection, key: ts.Expression | undefined): boolean {
  const fn = key && enclosingFunction(key);
  if (container.shape !== 'set' || !key || !fn) return false;
  return changes.tests.some(
    (test) => ts.isCallExpression(test) && isWithin(test, fn) && test.arguments[0]?.getText() === key.getText(),
  );
}

/** Lists of commands for scripts of others, which take them over when they load. */
const foreignQueues = /(?:dataLayer|adsbygoogle|_paq|_hsq|_gaq|_fbq|googletag|[qQ]ueue|Stubs?|__\w+__)$/;

function isPromiseList(name: string, value: ts.Expression | undefined): boolean {
  const inner = value && unwrap(value);
  if (!inner || !/promises$/i.test(name)) return false;
  return ts.isCallExpression(inner) || ts.isNewExpression(inner) || ts.isIdentifier(inner);
}

/** A parameter that is a function: by its type, by its name, or because the elements of the collection are called. */
function isFunctionParameter(value: ts.Expression | undefined, container: Container, engine: Engine): boolean {
  const inner = value && unwrap(value);
  if (!inner) return false;
  if (ts.isObjectLiteralExpression(inner))
    return inner.properties.some(
      (property) =>
        (ts.isShorthandPropertyAssignment(property) && isFunctionParameter(property.name, container, engine)) ||
        (ts.isPropertyAssignment(property) && isFunctionParameter(property.initializer, container, engine)),
    );
  if (!ts.isIdentifier(inner)) return false;
  const declaration = engine.program.scopes.resolve(inner);
  const type = declaration && ts.isParameter(declaration.node) ? declaration.node.type : undefined;
  if (declaration?.kind !== 'parameter' || type?.kind === ts.SyntaxKind.StringKeyword) return false;
  return (
    (type !== undefined && ts.isFunctionTypeNode(type)) ||
    isListenerName(inner.text) ||
    callsElements(container, engine)
  );
}

function isListenerName(name: string): boolean {
  return /^(?:fn|cb|func|callback|listener|handler|subscriber|observer|on[A-Z]\w*)$|(?:Callback|Listener|Handler|Observer|Subscriber)$/.test(
    name,
  );
}

/** `for (const one of list) one(value)`, `list.forEach((one) => one.handler(value))`. */
function callsElements(container: Container, engine: Engine): boolean {
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (node) => {
    if (!found && ts.isCallExpression(node) && containerOf(node.expression, engine.program) === container.place.key)
      found = true;
    return !found;
  });
  return found;
}

/** `req`, `res`, `ctx` of a handler, or its body: not a number or text made of it. */
function isWholeRequest(value: ts.Expression, engine: Engine): boolean {
  const inner = unwrap(value);
  if (ts.isObjectLiteralExpression(inner))
    return inner.properties.some(
      (property) =>
        (ts.isShorthandPropertyAssignment(property) && isWholeRequest(property.name, engine)) ||
        (ts.isPropertyAssignment(property) && isWholeRequest(property.initializer, engine)),
    );
  const root =
    ts.isPropertyAccessExpression(inner) && /^(?:body|user|session|headers|socket)$/.test(inner.name.text)
      ? unwrap(inner.expression)
      : inner;
  if (!ts.isIdentifier(root)) return false;
  const declaration = engine.program.scopes.resolve(root);
  if (declaration?.kind !== 'parameter' || !ts.isParameter(declaration.node)) return false;
  return /^_?(?:req|res|request|response|ctx)$/.test(root.text) || isRequestParameter(declaration.node);
}

/** One of the first two parameters of a function that handles requests: of a route, a middleware, a `request` event. */
function isRequestParameter(parameter: ts.ParameterDeclaration): boolean {
  const fn = parameter.parent;
  if (
    !isFunctionNode(fn) ||
    fn.parameters.indexOf(parameter) > 1 ||
    !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))
  )
    return false;
  const outer = wrapped(fn);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.expression === outer) return false;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const [first] = call.arguments;
  const text = first && ts.isStringLiteralLike(first) ? first.text : undefined;
  const route = /^(?:get|post|put|patch|delete|all|use)$/.test(callee.name.text);
  return text === 'request' || (route && (text === undefined ? callee.name.text === 'use' : text.startsWith('/')));
}

const elementTypes = /^(?:HTML\w*Element|SVG\w*Element|Element|Node|ChildNode|ParentNode|DocumentFragment|ShadowRoot)$/;
const shortLived =
  /^(?:Request|Response|IncomingMessage|ServerResponse|Socket|WebSocket|AbortSignal|AbortController|Event|MessagePort|Buffer|Uint8Array|ArrayBuffer|Readable|Writable|object|FastifyRequest|NextRequest)$/;

/** Does the key die before the collection: an element, a request, an object whose maker has its own life? */
function objectKey(
  key: ts.Expression,
  keyType: ts.TypeNode | undefined,
  engine: Engine,
): 'element' | 'object' | undefined {
  const value = unwrap(key);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const declared =
    declaration && (ts.isParameter(declaration.node) || ts.isVariableDeclaration(declaration.node))
      ? declaration.node.type
      : undefined;
  for (const type of [declared, keyType]) {
    const text = type
      ?.getText()
      .replace(/<.*$/s, '')
      .replace(/^(?:http|net|stream|express|ws)\./, '');
    if (!text) continue;
    if (elementTypes.test(text)) return 'element';
    if (shortLived.test(text)) return 'object';
  }
  return engine.types.of(value).has('element') ? 'element' : undefined;
}
