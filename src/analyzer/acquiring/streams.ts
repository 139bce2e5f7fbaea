/**
 * Streams: where does `source.pipe(…)` start, and does it go on until somebody unsubscribes? The catalogue says what
 * starts, passes on and ends a stream; a step that is not known leaves the answer open, which is silence.
 */
import type { Owner } from '../program/members';
import type { Name } from '../program/origins';
import type { FileProgram } from '../program/program';
import { injectors } from '../resources/scopes';
import type { StreamForm } from '../resources/streamForm';
import { nodesIn } from '../syntax/nodeIndex';
import { propertyAccesses, thisWords } from '../syntax/selections';
import { hasModifier, isClassNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { hasMarkupElsewhere, namesPart } from '../words/components';
import { teardownHooks } from '../words/hooks';
import { asksFor, makesMany, namesService } from '../words/owners';
import { asksAbout, givesEvents } from '../words/streams';
import type { Types } from './types';

export interface StreamSource {
  /** Expression that the stream starts at. */
  readonly root: ts.Expression;
  /** What the stream listens to, where a call starts it: `fromEvent(target, 'x')`; `runtime` for clocks. */
  readonly started: { readonly target: ts.Expression | undefined } | undefined;
  /** How it is known to be endless. */
  readonly known: 'type' | 'name';
  /** An operator that should end it, whose notifier never gives a value. */
  readonly neverNotified: ts.Expression | undefined;
  /** A condition that ends it with its next value only, however late that comes. */
  readonly endsLate: ts.Expression | undefined;
}

/** What an owner is given by its constructor or asks for. */
interface Given {
  readonly owner: Owner;
  readonly type: Name | undefined;
  readonly isAskedFor: boolean;
}

const maxDepth = 8;

/**
 * The endless source that a stream expression goes back to; undefined when it ends, or when it is not known to go on.
 * @param operators of the outermost step, how many count: the stream as it is before the next one
 * @param ends `own` where an end that comes with the stream's owner is no end: it gives values until then
 */
export function endlessSource(
  expression: ts.Expression,
  form: StreamForm,
  program: FileProgram,
  types: Types,
  operators?: number,
  ends: 'all' | 'own' = 'all',
): StreamSource | undefined {
  let neverNotified: ts.Expression | undefined;
  let endsLate: ts.Expression | undefined;

  const follow = (given: ts.Expression, depth: number): StreamSource | undefined => {
    if (depth > maxDepth) return undefined;
    const value = unwrap(given);
    if (ts.isCallExpression(value)) return followCall(value, depth);
    const known = knownBy(value);
    if (known) return { root: value, started: undefined, known, neverNotified, endsLate };
    for (const source of valuesOf(value)) {
      const found = follow(source, depth + 1);
      if (found) return found;
    }
    // Who ends a stream by a notifier says that it does not end by itself.
    return isNamed(value) || isInjected(value) || neverNotified !== undefined
      ? { root: value, started: undefined, known: 'name', neverNotified, endsLate }
      : undefined;
  };

  const followCall = (call: ts.CallExpression, depth: number): StreamSource | undefined => {
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee) && form.steps.includes(callee.name.text))
      return call.arguments.slice(0, depth === 0 ? operators : undefined).every(goesOn)
        ? follow(callee.expression, depth + 1)
        : undefined;
    const name = program.origins.nameOf(callee);
    const start = form.starts.find((one) => types.matches(name, one.callee));
    if (start) {
      // A clock, or an event of the page, comes again soon.
      if (endsLate) return undefined;
      if (call.arguments.length < (start.minArguments ?? 0)) return undefined;
      const target = start.target === undefined ? undefined : call.arguments[start.target];
      return { root: call, started: { target }, known: 'type', neverNotified, endsLate };
    }
    if (types.matches(name, form.joins)) {
      for (const part of call.arguments.flatMap(parts)) {
        const found = follow(part, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    const known = knownBy(call);
    if (known) return { root: call, started: undefined, known, neverNotified, endsLate };
    return isAskedFor(call) ? { root: call, started: undefined, known: 'name', neverNotified, endsLate } : undefined;
  };

  /** Does the stream go on behind this operator? */
  const goesOn = (operator: ts.Expression): boolean => {
    const value = unwrap(operator);
    const name = program.origins.nameOf(ts.isCallExpression(value) ? unwrap(value.expression) : value);
    if (!name) return false;
    if (types.matches(name, form.endedLate)) {
      endsLate ??= flagOf(value);
      return endsLate !== undefined;
    }
    if (types.matches(name, form.endedBy)) return false;
    const byOwner = types.matches(name, form.endedByOwner);
    if (!byOwner) return name.module !== undefined && form.operatorModules.includes(name.module);
    if (ends === 'own') return true;
    const [notifier] = ts.isCallExpression(value) ? value.arguments : [];
    if (!notifier || !types.matches(name, form.notified.by) || mayNotify(notifier)) return false;
    neverNotified ??= notifier;
    return true;
  };

  /** `takeWhile(() => this.alive)`: a field of the instance, and nothing of the value. */
  const flagOf = (operator: ts.Expression): ts.Expression | undefined => {
    const [given, ...others] = ts.isCallExpression(operator) ? operator.arguments : [];
    const condition = given && unwrap(given);
    if (!condition || others.length > 0 || !ts.isArrowFunction(condition) || ts.isBlock(condition.body))
      return undefined;
    let flag = unwrap(condition.body);
    while (ts.isPrefixUnaryExpression(flag)) flag = unwrap(flag.operand);
    const place = program.places.of(flag);
    return place?.root.kind === 'owner' && place.path.length === 1 ? flag : undefined;
  };

  /** Only a member of its own that the class creates, and whose every use is as a notifier, is known never to fire. */
  const mayNotify = (notifier: ts.Expression): boolean => {
    const place = program.places.of(notifier);
    if (place?.root.kind !== 'owner' || place.path.length !== 1) return true;
    const { owner } = place.root;
    const member = owner.members.get(place.path[0] ?? '');
    const [given] = member?.values ?? [];
    if (member?.values.length !== 1 || !given?.value || !ts.isNewExpression(unwrap(given.value))) return true;
    if (!isPrivate(member.name, given.node) && !endsWithoutHeirs(owner, place.path[0] ?? '', given.node)) return true;
    // `const { done } = this`, `this['done']`, `complete(this)`: it may be fired there.
    if (handsItselfOut(owner)) return true;
    let may = false;
    const look = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && program.places.of(node)?.key === place.key) {
        const up = node.parent;
        const isOperand = ts.isCallExpression(up) && up.arguments.includes(node);
        const isFinished =
          ts.isPropertyAccessExpression(up) && up.expression === node && !form.notified.method.includes(up.name.text);
        const operator = isOperand ? program.origins.nameOf(unwrap(up.expression)) : undefined;
        if (!(isFinished && !form.steps.includes(up.name.text)) && !types.matches(operator, form.notified.by))
          may = true;
      }
      if (!may) ts.forEachChild(node, look);
    };
    look(owner.node);
    return may;
  };

  /** A class that extends nothing and has its own end, in which it would fire: who else has the member, none of this file. */
  const endsWithoutHeirs = (owner: Owner, field: string, declared: ts.Node): boolean => {
    if (!ts.isPropertyDeclaration(declared) || !isClassNode(owner.node)) return false;
    const isPlain =
      !hasModifier(declared, ts.SyntaxKind.ProtectedKeyword) && (ts.getDecorators(declared) ?? []).length === 0;
    if (!isPlain || owner.node.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword))
      return false;
    if (hasModifier(owner.node, ts.SyntaxKind.AbstractKeyword)) return false;
    // Markup names public members.
    const markup = (ts.getDecorators(owner.node) ?? []).map(({ expression }) => expression.getText()).join();
    if (hasMarkupElsewhere(markup) || markup.includes(field)) return false;
    const hasEnd = [...owner.members.values()].some(
      ({ name, functions }) => teardownHooks.has(name) && functions.some(({ body }) => body !== undefined),
    );
    return (
      hasEnd &&
      nodesIn(program.sourceFile, propertyAccesses).every(
        ({ name, expression: of }) => name.text !== field || unwrap(of).kind === ts.SyntaxKind.ThisKeyword,
      )
    );
  };

  const knownBy = (value: ts.Expression): 'type' | undefined => {
    const of = types.of(value);
    return form.types.some((id) => of.has(id)) ? 'type' : undefined;
  };

  /** What a variable or member is given. */
  const valuesOf = (value: ts.Expression): readonly ts.Expression[] => {
    const place = program.places.of(value);
    if (!place) return [];
    if (place.root.kind === 'declaration' && place.path.length === 0) {
      const { initializer, path, kind, writes } = place.root.declaration;
      if (kind === 'parameter') return [];
      return [path?.length === 0 ? initializer : undefined, ...writes.map((write) => write.value)].filter(
        (given) => given !== undefined,
      );
    }
    if (place.root.kind !== 'owner' || place.path.length !== 1) return [];
    const member = place.root.owner.members.get(place.path[0] ?? '');
    return (member?.values ?? []).map((given) => given.value).filter((given) => given !== undefined);
  };

  /** `this.service.items$`: a member of another object that is a stream by the convention of its name. */
  const isNamed = (value: ts.Expression): boolean =>
    form.suffix !== undefined &&
    (ts.isPropertyAccessExpression(value)
      ? value.name.text.endsWith(form.suffix) && ts.isPropertyAccessExpression(unwrap(value.expression))
      : ts.isIdentifier(value) && isTakenFromMember(value));

  /**
   * `this.direction.change` of a component that is given `direction`: what lives longer than it and gives its values to many.
   * What is asked for by its type may be the parent that it ends with, unless its name tells of one for all.
   * Also what lies deeper in it, where the component has an end by which it should let go: `this.tree.getModel().changed`.
   */
  const isInjected = (value: ts.Expression): boolean => {
    if (!form.injected || !ts.isPropertyAccessExpression(value)) return false;
    const { root, steps } = rootOf(value.expression);
    const given = root && injectedAt(root);
    return (
      given !== undefined &&
      isForMany(given) &&
      (steps === 0
        ? !given.isAskedFor || namesService(given.type?.name ?? '')
        : [...given.owner.members.keys()].some((name) => teardownHooks.has(name)))
    );
  };

  /**
   * `this.scroll.onChange()`: a method of what a component is given that gives events by its name. Who ends it by a flag says
   * the same of `this.access.isGranted('edit')`.
   */
  const isAskedFor = (call: ts.CallExpression): boolean => {
    const callee = unwrap(call.expression);
    if (!form.injected || !ts.isPropertyAccessExpression(callee)) return false;
    const name = callee.name.text;
    if (!givesEvents(name) && !(endsLate && asksAbout(name))) return false;
    const given = injectedAt(unwrap(callee.expression));
    return given !== undefined && isForMany(given) && !namesPart(given.type?.name ?? '');
  };

  /** Is it given to a component, and not something that ends with that? */
  const isForMany = (given: Given): boolean => {
    if (!form.injected || !isClassNode(given.owner.node) || !ts.canHaveDecorators(given.owner.node)) return false;
    const decorators = ts.getDecorators(given.owner.node) ?? [];
    const isOneOfMany = decorators.some(({ expression }) => {
      const name = (ts.isCallExpression(expression) ? expression.expression : expression).getText();
      return form.injected?.decorators.includes(name) === true || makesMany(expression.getText());
    });
    return isOneOfMany && !types.matches(given.type, form.injected.ending);
  };

  /** What is given to an owner: a member that is a typed parameter, that parameter, or a member that is asked for by its type. */
  const injectedAt = (root: ts.Expression): Given | undefined => {
    const place = program.places.of(root);
    if (place?.root.kind === 'owner' && place.path.length === 1) {
      const { owner } = place.root;
      const member = owner.members.get(place.path[0] ?? '');
      if (member?.parameter?.type)
        return { owner, type: program.origins.typeName(member.parameter.type), isAskedFor: false };
      const [only] = member?.values ?? [];
      const call = member?.values.length === 1 && only?.value ? unwrap(only.value) : undefined;
      if (!call || !ts.isCallExpression(call)) return undefined;
      const wanted = call.arguments[0];
      return wanted && types.matches(program.origins.nameOf(unwrap(call.expression)), injectors)
        ? { owner, type: program.origins.nameOf(unwrap(wanted)), isAskedFor: true }
        : undefined;
    }
    if (place?.root.kind !== 'declaration' || place.path.length > 0) return undefined;
    const { node, scope } = place.root.declaration;
    const owner = ts.isConstructorDeclaration(scope.node) ? program.members.ownerOf(scope.node.parent) : undefined;
    return owner && ts.isParameter(node) && node.type
      ? { owner, type: program.origins.typeName(node.type), isAskedFor: false }
      : undefined;
  };

  /** `const { items$ } = this.service`: the same by another name. */
  const isTakenFromMember = (value: ts.Identifier): boolean => {
    const place = program.places.of(value);
    return (
      place?.root.kind === 'owner' && place.path.length > 1 && place.path.at(-1)?.endsWith(form.suffix ?? '') === true
    );
  };

  return follow(expression, 0);
}

/** What a value is taken from by properties and by methods that are asked for a part: `this.tree` of `this.tree.getModel()`. */
function rootOf(value: ts.Expression): { readonly root: ts.Expression | undefined; readonly steps: number } {
  let at = unwrap(value);
  for (let steps = 0; steps < 4; steps++) {
    if (ts.isIdentifier(at)) return { root: at, steps };
    if (ts.isPropertyAccessExpression(at)) {
      const before = unwrap(at.expression);
      if (before.kind === ts.SyntaxKind.ThisKeyword) return { root: at, steps };
      at = before;
      continue;
    }
    const callee = ts.isCallExpression(at) && at.arguments.length === 0 ? unwrap(at.expression) : undefined;
    if (!callee || !ts.isPropertyAccessExpression(callee) || !asksFor(callee.name.text)) break;
    at = unwrap(callee.expression);
  }
  return { root: undefined, steps: 0 };
}

/** Streams given together: alone, in an array, or in a record. */
function parts(argument: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(argument);
  if (ts.isArrayLiteralExpression(value)) return value.elements;
  if (ts.isObjectLiteralExpression(value))
    return value.properties.flatMap((property) => (ts.isPropertyAssignment(property) ? [property.initializer] : []));
  return [value];
}

/** The object as a whole is taken apart, asked by a key, or given away. */
function handsItselfOut({ node }: Owner): boolean {
  return nodesIn(node, thisWords).some((word) => {
    const { parent } = wrapped(word as ts.Expression);
    return (
      (ts.isElementAccessExpression(parent) && !ts.isNumericLiteral(parent.argumentExpression)) ||
      (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) ||
      (ts.isCallExpression(parent) && ts.isIdentifier(unwrap(parent.expression))) ||
      (ts.isCallExpression(parent) && /^Object\./.test(parent.expression.getText()))
    );
  });
}

function isPrivate(name: string, declared: ts.Node): boolean {
  return (
    name.startsWith('#') || (ts.isPropertyDeclaration(declared) && hasModifier(declared, ts.SyntaxKind.PrivateKeyword))
  );
}
