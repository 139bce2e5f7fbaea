/** `onmessage = (event) => { …; close(); }`: scripts of workers that end themselves when they have done what they were told. */
import type { Engine } from '../engine';
import { callsNamed } from '../program/callNames';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import { type CallLike, enclosingFunction, isAssignment, isOfBody, ts, unwrap, wrapped } from '../syntax/syntax';
import type { ExportFact } from './exportFacts';

/** Under which a script says so; nothing can be exported by such a name. */
const script = '#script';

/** Has the text what such a script has? */
export function mayEndItself(text: string): boolean {
  return text.includes('onmessage') && /\bclose\(\)/.test(text);
}

/** What a script says of its own end. */
export function endOfScript(program: FileProgram): Readonly<Record<string, ExportFact>> {
  const ends =
    mayEndItself(program.text) &&
    callsNamed(program, new Set(['close'])).some((call) => {
      const fn = enclosingFunction(call);
      const set = fn && wrapped(fn as ts.Expression).parent;
      return (
        /^(?:self\.)?close$/.test(call.expression.getText()) &&
        fn !== undefined &&
        set !== undefined &&
        isAssignment(set) &&
        /\bonmessage$/.test(set.left.getText()) &&
        isOfBody(call.parent, fn) &&
        // A way out before it does not come to it.
        !/\breturn\b/.test(program.text.slice(fn.pos, call.pos))
      );
    });
  return ends ? { [script]: { closers: ['close'] } } : {};
}

/** `new Worker('./parse.js')`, `new Worker(new URL('./parse.js', import.meta.url))`: does the script end itself? */
export function runsToItsEnd({ arguments: given }: CallLike, { program, imports }: Engine): boolean {
  const value = given?.[0] && unwrap(given[0]);
  const module = constantOf(value && ts.isNewExpression(value) ? value.arguments?.[0] : value, program.scopes);
  return typeof module === 'string' && imports.factOf({ module, name: script })?.closers !== undefined;
}
