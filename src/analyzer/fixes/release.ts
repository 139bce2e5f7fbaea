/** How the catalogue's release forms are written for one resource, once it has a name. */

import type { Acquisition } from '../acquiring/acquisitions';
import { sameName } from '../acquiring/apiNames';
import type { Engine } from '../engine';
import type { ReleaseForm } from '../resources/releaseForms';
import { ts, unwrap } from '../syntax/syntax';
import { textThere, type Vantage } from './names';

/** A release as an expression; `guard` must hold before, where the resource may be missing. */
export interface Release {
  readonly expression: string;
  readonly guard: string | undefined;
}

export interface Named {
  /** `timer`, `this.timer` */
  readonly text: string;
  /** May there be none yet? */
  readonly missing: 'never' | 'undefined' | 'null';
}

/** The release of a resource that is a value; undefined when none of the forms can be written with certainty. */
export function releaseOf(
  acquisition: Acquisition,
  named: Named,
  vantage: Vantage,
  engine: Engine,
): Release | undefined {
  for (const form of acquisition.kind.release) {
    const release = write(form, acquisition, named, vantage, engine);
    if (release) return release;
    // The first form is the plain one; the others only count as releases.
    if (form.form === 'method' || form.form === 'invoked') return undefined;
  }
  return undefined;
}

function write(
  form: ReleaseForm,
  acquisition: Acquisition,
  { text, missing }: Named,
  vantage: Vantage,
  engine: Engine,
): Release | undefined {
  const optional = missing === 'never' ? '' : '?.';
  switch (form.form) {
    case 'invoked':
      return { expression: `${text}${optional}()`, guard: undefined };
    case 'method': {
      const [first] = form.method;
      const made = acquisition.form.form === 'new' ? acquisition.form.written : undefined;
      const call = made ?? form.written ?? (first && `${first}()`);
      if (!call || call.startsWith('[')) return undefined;
      return { expression: `${text}${optional === '' ? '.' : optional}${call}`, guard: undefined };
    }
    case 'call': {
      const callee = calleeFor(form, acquisition, vantage, engine);
      if (callee === undefined || form.argument !== 0) return undefined;
      const guard =
        missing === 'null'
          ? `${text} !== null`
          : missing === 'undefined' && form.ignoresMissing !== true
            ? `${text} !== undefined`
            : undefined;
      return { expression: `${callee}(${[text, ...(form.further ? [form.further] : [])].join(', ')})`, guard };
    }
    default:
      return undefined;
  }
}

/** `fs.openSync` → `fs.closeSync`, `window.setInterval` → `window.clearInterval`: spelled as the acquisition is. */
function calleeFor(
  form: Extract<ReleaseForm, { form: 'call' }>,
  { node }: Acquisition,
  vantage: Vantage,
  engine: Engine,
): string | undefined {
  const { origins, scopes } = engine.program;
  const callee = unwrap(node.expression);
  const acquired = origins.nameOf(callee);
  if (!acquired) return undefined;
  const [acquiredLast = ''] = acquired.name.split('.').slice(-1);
  const isSync = acquiredLast.endsWith('Sync');
  const partner = form.callee.find(
    ({ module, name }) =>
      module === acquired.module && name.endsWith('Sync') === isSync && isSibling(acquired.name, name),
  );
  if (!partner) return undefined;
  const [last = partner.name] = partner.name.split('.').slice(-1);
  if (ts.isPropertyAccessExpression(callee)) {
    const receiver = textThere(callee.expression, vantage, engine);
    return receiver === undefined ? undefined : `${receiver}.${last}`;
  }
  if (!ts.isIdentifier(callee)) return undefined;
  if (partner.module === undefined) return scopes.lookup(last, node) ? undefined : last;
  const imported = scopes.imports.find(
    (declaration) =>
      declaration.imported?.name === partner.name &&
      declaration.imported.module.replace(/^node:/, '') === partner.module &&
      declaration.scope.func === undefined,
  );
  return imported?.name;
}

/** Members of the same object. */
function isSibling(a: string, b: string): boolean {
  const owner = (name: string): string => name.slice(0, name.lastIndexOf('.') + 1);
  return sameName(owner(a), owner(b));
}

/** A release as a statement; `keyword` such as `await ` or `return ` before it. */
export function statementOf({ expression, guard }: Release, semicolon: string, keyword = ''): string {
  const statement = `${keyword}${expression}${semicolon}`;
  return guard === undefined ? statement : `if (${guard}) ${statement}`;
}

/** Does the release give a promise? The kind's own example shows it; else it is as the acquisition. */
export function isAwaited({ kind, form }: Acquisition, { expression }: Release): boolean {
  const method = /(\w+)\([^()]*\)$/.exec(expression)?.[1];
  const { safe } = kind.documentation;
  if (method !== undefined && safe.includes(`${method}(`)) return new RegExp(`await [\\w.]*\\b${method}\\(`).test(safe);
  return (form.form === 'call' || form.form === 'method') && form.promise === true;
}
