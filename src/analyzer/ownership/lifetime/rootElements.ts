/**
 * Components that the file itself puts at the root of a page: `ReactDOM.render(<App />, element)` at module level. There is
 * one of them for as long as the page is there.
 */

import { listedName } from '../../markup/markupUses';
import { callsNamed } from '../../program/callNames';
import type { FileProgram } from '../../program/program';
import { nodesIn, select, visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  type CallLike,
  calledName,
  enclosingFunction,
  isFunctionNode,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { isElementMaker, putsAtRoot, putsComponent, registersRoot, targetOption } from '../../words/components';

const elements = select<ts.JsxOpeningElement | ts.JsxSelfClosingElement>(
  ts.SyntaxKind.JsxOpeningElement,
  ts.SyntaxKind.JsxSelfClosingElement,
);

const none: ReadonlySet<string> = new Set();

/** Names of the components of this file that stand in such a call and nowhere else, and that no other file can put up. */
export function rootElementsOf(program: FileProgram): ReadonlySet<string> {
  const { sourceFile, scopes } = program;
  const roots = new Set<ts.CallExpression>();
  for (const call of callsNamed(program, putsAtRoot)) if (!enclosingFunction(call)) roots.add(call);
  if (roots.size === 0) return none;
  const [within, elsewhere] = [new Set<string>(), new Set<string>()];
  visitNodes(sourceFile, elements, (element) => {
    (isAtRoot(element, roots) ? within : elsewhere).add(element.tagName.getText());
    return undefined;
  });
  return new Set([...within].filter((name) => !elsewhere.has(name) && !scopes.exports.has(name)));
}

/**
 * The call that puts an element at the root of a page, where the name of a component stands for such an element:
 * `createRoot(page).render(<App />)`, `render(createElement(App), page)`, `render(() => <App />, page)`.
 */
export function rootCallOf(name: ts.Expression): CallLike | undefined {
  const up = name.parent;
  if ((ts.isCallExpression(up) || ts.isNewExpression(up)) && up.arguments?.[0] === name && putsWhole(up)) return up;
  const registering = registrationOf(name) ?? templateRootOf(name);
  if (registering) return registering;
  if (ts.isCallExpression(up) && up.arguments[0] === name) {
    if (!isElementMaker(calledName(up)) && !isMakerGiven(up)) return undefined;
    const outer = wrapped(up).parent;
    if (ts.isCallExpression(outer) && putsAtRoot(calledName(outer))) return outer;
    return pageOf(up);
  }
  if (!ts.isJsxOpeningElement(up) && !ts.isJsxSelfClosingElement(up)) return undefined;
  for (let at = up.parent; at && (!isFunctionNode(at) || isContentOfRoot(at)); at = at.parent)
    if (ts.isCallExpression(at)) return putsAtRoot(calledName(at)) ? at : undefined;
    else if (ts.isJsxAttribute(at) || ts.isJsxSpreadAttribute(at)) return undefined;
  return undefined;
}

/**
 * `AppRegistry.registerComponent('App', () => App)`, `registerRootComponent(App)`; of several, each is a view that the device
 * puts up as often as it likes.
 */
function registrationOf(name: ts.Expression): ts.CallExpression | undefined {
  const up = name.parent;
  const given = ts.isArrowFunction(up) && up.body === name ? wrapped(up) : name;
  const call = given.parent;
  if (!ts.isCallExpression(call) || !call.arguments.includes(given) || !isRegistration(call)) return undefined;
  const all = nodesIn(name.getSourceFile(), calls).filter(isRegistration);
  return new Set(all.map(({ arguments: [as] }) => as?.getText())).size === 1 ? call : undefined;
}

/** `new Vue({ components: { App }, template: '<App />' })`: the component is all that the root shows. */
function templateRootOf(name: ts.Expression): CallLike | undefined {
  const listed = listedName(name);
  const options = listed === undefined ? undefined : name.parent.parent.parent.parent;
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const call = wrapped(options).parent;
  if (!(ts.isNewExpression(call) || (ts.isCallExpression(call) && putsComponent(calledName(call))))) return undefined;
  const isAll = new RegExp(`\\btemplate: *['"\`]\\s*<${listed}\\s*/?>(?:</${listed}>)?\\s*['"\`]`).test(
    options.getText(),
  );
  return isAll ? call : undefined;
}

function isRegistration({ expression }: ts.CallExpression): boolean {
  return registersRoot(expression.getText());
}

/** `createApp(App)`, `mount(App, { target: page })` */
function putsWhole(call: CallLike): boolean {
  const [, options] = call.arguments ?? [];
  const name = calledName(call);
  return putsComponent(name) && (/^(?:create|bootstrap)/.test(name) || (options !== undefined && namesTarget(options)));
}

/** `{ target: document.body }` */
export function namesTarget(options: ts.Expression): boolean {
  const value = unwrap(options);
  return (
    ts.isObjectLiteralExpression(value) &&
    value.properties.some(({ name }) => name !== undefined && propertyNameText(name) === targetOption)
  );
}

/** `new Vue({ render: (h) => h(App) })`, `createApp({ render() { return h(App); } })`: what is drawn there is all of the page. */
function pageOf(element: ts.CallExpression): CallLike | undefined {
  const drawn = wrapped(element);
  const fn = ts.isReturnStatement(drawn.parent) ? enclosingFunction(drawn.parent) : drawn.parent;
  if (!fn || !isFunctionNode(fn) || (ts.isReturnStatement(drawn.parent) && drawn.parent.parent !== fn.body))
    return undefined;
  const member = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  if (!(ts.isMethodDeclaration(member) || ts.isPropertyAssignment(member))) return undefined;
  const options = member.parent;
  if (propertyNameText(member.name) !== 'render' || !ts.isObjectLiteralExpression(options)) return undefined;
  const call = wrapped(options).parent;
  if (!(ts.isCallExpression(call) || ts.isNewExpression(call)) || call.arguments?.[0] !== wrapped(options))
    return undefined;
  return ts.isNewExpression(call) || putsComponent(calledName(call)) ? call : undefined;
}

/** `render: (make) => make(App)` */
function isMakerGiven(call: ts.CallExpression): boolean {
  const [maker] = enclosingFunction(call)?.parameters ?? [];
  return maker !== undefined && maker.name.getText() === call.expression.getText();
}

/** `render(() => <App />, page)`: the function is run once for what is put there. */
export function isContentOfRoot(fn: ts.Node): boolean {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  return (
    ts.isArrowFunction(fn) && ts.isCallExpression(call) && call.arguments[0] === outer && call.arguments.length === 2
  );
}

/** What a function in between gives may be many. */
function isAtRoot(element: ts.Node, roots: ReadonlySet<ts.CallExpression>): boolean {
  for (let at = element.parent; at && (!isFunctionNode(at) || isContentOfRoot(at)); at = at.parent)
    if (ts.isCallExpression(at)) return roots.has(at);
  return false;
}
