/** What the markup of a single-file component does with what its scripts import. */

import { calledName, isFunctionNode, propertyNameText, ts, wrapped } from '../syntax/syntax';
import { componentsOption, loadsLater } from '../words/components';
import { type Markup, markupOf } from './markup';

/** `put`: it is a component that is shown once and always; `many`: anything else; undefined: nothing. */
export type Shown = 'put' | 'many' | undefined;

export interface MarkupUses {
  /** Of a name that all of the scripts have. */
  readonly ofImport: (name: string) => Shown;
  /** Of a component that the option of components lists under this name. */
  readonly ofListed: (name: string) => Shown;
  /** All components that it names. */
  readonly named: readonly string[];
}

const unreadable: MarkupUses = { ofImport: () => 'many', ofListed: () => 'many', named: [] };

/** @param text of the whole file */
export function markupUsesOf(path: string, text: string): MarkupUses {
  const markup = markupOf(path, text);
  if (!markup) return unreadable;
  return {
    ofImport: (name) => (markup.mentions(name) ? 'many' : shownAs(name, markup)),
    ofListed: (name) => (markup.isDynamic ? 'many' : shownAs(name, markup)),
    named: [...markup.shown.keys()],
  };
}

function shownAs(name: string, { shown }: Markup): Shown {
  const isOnce = shown.get(name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()));
  return isOnce === undefined ? undefined : isOnce ? 'put' : 'many';
}

/** `components: { Clock }`, `components: { clock: Clock }`: the name by which the markup knows the value. */
export function listedName(value: ts.Node): string | undefined {
  const property = value.parent;
  if (!ts.isShorthandPropertyAssignment(property) && !ts.isPropertyAssignment(property)) return undefined;
  if (ts.isPropertyAssignment(property) && property.initializer !== value) return undefined;
  const list = property.parent.parent;
  if (!ts.isPropertyAssignment(list) || propertyNameText(list.name) !== componentsOption) return undefined;
  return propertyNameText(property.name);
}

/** `() => import('./Clock.vue')`, `lazy(() => import('./Clock'))`: what stands for the component that is loaded when it is shown. */
export function loadedLater(load: ts.Expression): ts.Expression | undefined {
  const fn = wrapped(load).parent;
  if (!fn || !ts.isArrowFunction(fn) || fn.body !== wrapped(load) || !isFunctionNode(fn)) return undefined;
  const outer = wrapped(fn);
  const call = outer.parent;
  if (ts.isCallExpression(call) && call.arguments[0] === outer && loadsLater(calledName(call))) return wrapped(call);
  return listedName(outer) === undefined ? undefined : outer;
}
