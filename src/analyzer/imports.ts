/**
 * What one file asks about others. Every question is recorded with its answer: as long as the answers stay the same, so do
 * the verdicts, and an edit of one file makes only those files to be judged again whose answers changed.
 */

import type { ExportFact, Question } from './exportFacts';
import type { Name } from './origins';

/** Answers what the export of a module is, as seen from a file; undefined for libraries and what is not known. */
export type Exports = (from: string, module: string, name: string) => ExportFact | undefined;

export interface Lookup {
  readonly module: string;
  readonly name: string;
  /** The fact as JSON, empty for none. */
  readonly answer: string;
}

export interface Imports {
  /** What another file of the program says of a name; undefined for libraries, globals and members of exports. */
  readonly factOf: (name: Name | undefined) => ExportFact | undefined;
  /** Do all other files together use an own export once, in the way that the question says? */
  readonly isOnce: (question: Question) => boolean;
  readonly lookups: () => readonly Lookup[];
}

/** The module by which a file asks about its own exports: the name is then a question. */
export const ownModule = '';

/** A question about an own export as the name that is looked up, and back. */
export function nameOfQuestion({ as, of }: Question): string {
  return `${as} ${of.join(' ')}`;
}

export function questionNamed(name: string): Question {
  const [as, ...of] = name.split(' ');
  return { as: as === 'made' || as === 'put' || as === 'unused' ? as : 'called', of };
}

/** A file alone: nothing is known of any other. */
export const noExports: Exports = () => undefined;

const answers = new WeakMap<ExportFact, string>();

/** The answer as it is kept and compared. */
export function answerOf(fact: ExportFact | undefined): string {
  if (!fact) return '';
  let answer = answers.get(fact);
  if (answer === undefined) {
    answer = JSON.stringify(fact);
    answers.set(fact, answer);
  }
  return answer;
}

export function createImports(path: string, exportsOf: Exports): Imports {
  const lookups: Lookup[] = [];
  const asked = new Map<string, Map<string, { readonly fact: ExportFact | undefined }>>();
  const ask = (module: string, name: string): ExportFact | undefined => {
    let ofModule = asked.get(module);
    if (!ofModule) {
      ofModule = new Map();
      asked.set(module, ofModule);
    }
    let known = ofModule.get(name);
    if (!known) {
      known = { fact: exportsOf(path, module, name) };
      ofModule.set(name, known);
      lookups.push({ module, name, answer: answerOf(known.fact) });
    }
    return known.fact;
  };
  return {
    factOf: (name) => (name?.module === undefined || name.name.includes('.') ? undefined : ask(name.module, name.name)),
    isOnce: (question) => ask(ownModule, nameOfQuestion(question))?.once === true,
    lookups: () => lookups,
  };
}
