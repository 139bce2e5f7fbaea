/** Gives a dropped resource to what its owner disposes: `this._register(…)`, `context.subscriptions.push(…)`, `takeUntil(…)`. */

import { matchesApi } from '../acquiring/apiNames';
import type { Engine } from '../engine';
import type { Open } from '../findings/draft';
import type { Fix } from '../findings/findings';
import type { Owner } from '../program/members';
import { ownerFields, ownerLists, wrappers } from '../resources/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { putsOne } from '../words/collections';
import { insertAt } from './layout';
import { memberAround } from './sites';

/** All ways of handing the resource over that the file itself shows to be usual. */
export function giveToOwner(open: Open, engine: Engine): readonly Fix[] {
  const { acquisition, place, level } = open;
  const owner = engine.program.members.ownerAt(acquisition.node);
  const ending = endStream(open, owner, engine);
  const { result } = acquisition;
  const isDropped = result !== undefined && place === undefined && ts.isExpressionStatement(wrapped(result).parent);
  if (!isDropped || !result) return ending;
  const holders = [
    ...(level === 'call' || level === 'hot' ? [] : [registrar(owner, open, engine)]),
    ...(level === 'call' || level === 'hot' ? [] : [container(owner, open, engine)]),
    subscriptions(acquisition.node, open, engine),
  ].filter((holder) => holder !== undefined);
  return [
    ...ending,
    ...holders.map((holder) => ({
      title: `Hand it to \`${holder}\``,
      edits: [insertAt(result.getStart(), `${holder}(`), insertAt(result.end, ')')],
    })),
  ];
}

/** Can the resource be disposed of by whoever knows only that it is disposable? */
function isDisposable({ acquisition }: Open): boolean {
  return acquisition.kind.release.some((form) => form.form === 'method' && form.method[0] === 'dispose');
}

/** `this._register(…)`, which the class uses already. */
function registrar(owner: Owner | undefined, open: Open, engine: Engine): string | undefined {
  if (!owner || !isDisposable(open)) return undefined;
  let found: string | undefined;
  walk(owner.node, (node) => {
    if (!ts.isCallExpression(node) || node.arguments.length !== 1) return found === undefined;
    const callee = unwrap(node.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
      wrappers.includes(callee.name.text) &&
      engine.program.members.ownerAt(node) === owner
    )
      found = callee.getText();
    return found === undefined;
  });
  return found;
}

/** `this.disposables.push(…)`: a field of the owner that its teardown releases, and that the class gives such things already. */
function container(owner: Owner | undefined, open: Open, engine: Engine): string | undefined {
  if (!owner) return undefined;
  const releases = engine.releasesOf(open.acquisition.kind);
  for (const member of owner.members.values()) {
    const { key } = engine.program.places.ofMember(owner, member.name);
    if (!ownerFields.test(member.name) || (!releases.byContainer.has(key) && !releases.byPlace.has(key))) continue;
    for (const use of engine.uses.reads(key)) {
      const access = use.parent;
      if (
        ts.isPropertyAccessExpression(access) &&
        putsOne(access.name.text) &&
        ts.isCallExpression(access.parent) &&
        access.parent.expression === access &&
        use.getText() === `this.${member.name}`
      )
        return access.getText();
    }
  }
  return undefined;
}

/** `context.subscriptions.push(…)` of a parameter that is known to own what it is given. */
function subscriptions(node: ts.Node, open: Open, engine: Engine): string | undefined {
  if (!isDisposable(open)) return undefined;
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (!isFunctionNode(up)) continue;
    for (const parameter of up.parameters) {
      if (!ts.isIdentifier(parameter.name) || !parameter.type || !ts.isTypeReferenceNode(parameter.type)) continue;
      const name = engine.program.origins.typeName(parameter.type);
      const list = name && ownerLists.find((one) => matchesApi(name, one.types, engine.program.path));
      if (list) return `${parameter.name.text}.${list.method}`;
    }
  }
  return undefined;
}

/** `takeUntil(this.destroy$)` or `takeUntilDestroyed()` before a subscription, as elsewhere in the file. */
function endStream({ acquisition }: Open, owner: Owner | undefined, engine: Engine): readonly Fix[] {
  const { form, receiver, node } = acquisition;
  const around = enclosingFunction(node);
  // In the handler of another subscription it would still pile up.
  if (form.form !== 'stream' || !receiver || !owner || isHandler(around, form.method)) return [];
  const { origins, scopes } = engine.program;
  const operators: string[] = [];
  walk(owner.node, (inner) => {
    if (!ts.isCallExpression(inner) || isWithin(inner, node)) return undefined;
    const [notifier] = inner.arguments;
    if (!notifier || !engine.types.matches(origins.nameOf(unwrap(inner.expression)), form.source.notified.by))
      return undefined;
    const place = engine.program.places.of(unwrap(notifier));
    if (place?.root.kind === 'owner' && place.root.owner === owner) operators.push(inner.getText());
    return undefined;
  });
  if (memberAround(node, owner) === 'constructor' && (!around || ts.isConstructorDeclaration(around)))
    for (const declaration of scopes.declarations)
      if (
        declaration.imported &&
        declaration.scope.func === undefined &&
        matchesApi(declaration.imported, form.source.endedInConstructor ?? [], engine.program.path)
      )
        operators.push(`${declaration.name}()`);
  const [operator] = operators;
  if (operator === undefined) return [];
  const source = unwrap(receiver);
  const step = ts.isCallExpression(source) ? unwrap(source.expression) : undefined;
  const lastArgument = ts.isCallExpression(source) ? source.arguments.at(-1) : undefined;
  const isPiped =
    step !== undefined &&
    ts.isPropertyAccessExpression(step) &&
    form.source.steps.includes(step.name.text) &&
    lastArgument;
  const edit =
    isPiped && lastArgument
      ? insertAt(lastArgument.end, `, ${operator}`)
      : insertAt(receiver.end, `.${form.source.steps[0] ?? 'pipe'}(${operator})`);
  return [{ title: `End it with \`${operator}\``, edits: [edit] }];
}

function isHandler(fn: FunctionNode | undefined, methods: readonly string[]): boolean {
  const call = fn && wrapped(fn as ts.Expression).parent;
  if (!call || !ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && methods.includes(callee.name.text);
}
