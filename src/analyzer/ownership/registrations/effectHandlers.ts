/** Handlers that an effect adds to what it did not make, and never removes: each run of it adds one more. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import { calledName, enclosingFunction, type FunctionNode, isWithin, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { looksUp } from '../../words/lookups';
import { setsUpAnew } from '../../words/starts';
import { rerunsOf } from '../lost/reassigned';
import { statementsBefore } from '../lost/sequence';
import { isEmpty } from './bindings';
import { onlyDependency } from './effectReceivers';
import { releasesItself } from './endingOptions';
import { fluentRoot, isDropped } from './fluent';
import { findRemovals, matchesRemoval } from './removals';
import { isTakenBack } from './takenBack';
import { isMadeHere } from './uneven';
import { isParameterOfWrapper } from './wrapperParameters';

/** `useEffect(() => { ref.current.addEventListener('scroll', () => show()); }, [show])`; undefined when somebody may remove it. */
export function judgeEffectHandler(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, receiver, kind, event } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !ts.isCallExpression(node) || !receiver)
    return undefined;
  const fn = enclosingFunction(node);
  const hook = fn && rerunsOf(fn);
  const { handler: position, options, event: at } = form.identity;
  const handler = node.arguments[position];
  if (!hook || at === undefined || !handler || !isMadeAnew(handler, engine)) return undefined;
  if (!isDropped(node) || isEmpty(handler, engine) || isParameterOfWrapper(handler, node, engine)) return undefined;
  if (options !== undefined && releasesItself(node.arguments[options], engine)) return undefined;
  if (event !== undefined && (form.oneShotEvents?.includes(event) || endEvents.has(event))) return undefined;
  const place = engine.program.places.of(fluentRoot(receiver));
  if (!place || isMadeHere(receiver, node, engine) || isConfigured(place, fn, engine)) return undefined;
  if (findRemovals(acquisition, engine).some((one) => matchesRemoval(acquisition, one, engine) !== 'other'))
    return undefined;
  if (isTakenBack(node, handler, place.key, form, engine)) return undefined;
  const origin = onlyDependency(fn, receiver, engine);
  if (origin === 'own') return undefined;
  const text = event === undefined ? '' : ` for \`${event}\``;
  return {
    kind: kind.id,
    mechanism: 'repeated-registration',
    // Who gives it may end it with what listens; what the run has set up anew may have lost the handlers of the run before.
    severity: origin === 'given' || isSetUpBefore(place, node, fn, engine) ? 'low' : 'medium',
    confidence: 'medium',
    message: `The listener${text} on \`${receiver.getText()}\` is never removed: each ${origin ? 'mount' : `run of \`${hook}\``} adds another one.`,
    advice: 'Return a clean-up that removes it.',
    node,
    trail: [{ role: 'acquired', message: 'Each run adds one here', range: rangeOf(node) }],
  };
}

/** `const layer = tiles(url, { zoom: 3 })`: what a call gives that was given options of this run is made of them. */
function isConfigured({ root, path }: Place, run: FunctionNode, { program }: Engine): boolean {
  const declaration = root.kind === 'declaration' && path.length === 0 ? root.declaration : undefined;
  const made = declaration?.initializer && unwrap(declaration.initializer);
  // `const editor = (ref.current = edit(area, options))`
  const call = made && ts.isBinaryExpression(made) ? unwrap(made.right) : made;
  if (!declaration || !call || !ts.isCallExpression(call) || !isWithin(declaration.node, run)) return false;
  const isOptions = (value: ts.Expression): boolean => {
    if (ts.isObjectLiteralExpression(value)) return true;
    const named = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
    return named?.initializer !== undefined && ts.isObjectLiteralExpression(unwrap(named.initializer));
  };
  return !looksUp(calledName(call)) && call.arguments.some((argument) => isOptions(unwrap(argument)));
}

/** `newPlot(box.current, rows); box.current.on('hover', …)` */
function isSetUpBefore({ key }: Place, node: ts.Node, run: FunctionNode, { program }: Engine): boolean {
  return statementsBefore(node, run).some((statement) => {
    const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    return (
      call !== undefined &&
      ts.isCallExpression(call) &&
      setsUpAnew(calledName(call)) &&
      call.arguments.some((argument) => program.places.of(argument)?.key === key)
    );
  });
}

/** A function that is another one each time: made by the component or the effect. */
function isMadeAnew(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration?.scope.func !== undefined && engine.program.callees.functionsOf(handler).length > 0;
}
