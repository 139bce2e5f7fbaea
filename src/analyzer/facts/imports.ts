/**
 * What one file asks about others. Every question is recorded with its answer: as long as the answers stay the same, so do
 * the verdicts, and an edit of one file makes only those files to be judged again whose answers changed.
 */

import type { Name } from '../program/origins';
import { AskedFact, answerOf, type Fact } from './askedFact';
import type { ExportFact, Question } from './exportFacts';

/** Answers what the export of a module is, as seen from a file; undefined for libraries and what is not known. */
export type Exports = (from: string, module: string, name: string) => ExportFact | undefined;

export interface Lookup {
  readonly module: string;
  readonly name: string;
  /** Which parts of the fact were read, in bits of `askedFact.ts`; absent where there was none. */
  readonly read?: number;
  /** These parts as JSON, empty for no fact. */
  readonly answer: string;
}

export interface Imports {
  /** What another file of the program says of a name; undefined for libraries, globals and members of exports. */
  readonly factOf: (name: Name | undefined) => Fact | undefined;
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

const questions: readonly Question['as'][] = [
  'made',
  'called',
  'put',
  'sole',
  'unseen',
  'unused',
  'unmade',
  'uncalled',
  'unnamed',
];

export function questionNamed(name: string): Question {
  const [as, ...of] = name.split(' ');
  return { as: questions.find((one) => one === as) ?? 'called', of };
}

/** A file alone: nothing is known of any other. */
export const noExports: Exports = () => undefined;

export function createImports(path: string, exportsOf: Exports): Imports {
  const asked = new Map<string, Map<string, Asked>>();
  const ask = (module: string, name: string): Fact | undefined => {
    let ofModule = asked.get(module);
    if (!ofModule) {
      ofModule = new Map();
      asked.set(module, ofModule);
    }
    let known = ofModule.get(name);
    if (!known) {
      const fact = exportsOf(path, module, name);
      known = { fact: fact && new AskedFact(fact) };
      ofModule.set(name, known);
    }
    return known.fact;
  };
  return {
    factOf: (name) => (name?.module === undefined || name.name.includes('.') ? undefined : ask(name.module, name.name)),
    isOnce: (question) => ask(ownModule, nameOfQuestion(question))?.once === true,
    lookups: () =>
      [...asked].flatMap(([module, ofModule]) => [...ofModule].map(([name, { fact }]) => lookupOf(module, name, fact))),
  };
}

interface Asked {
  readonly fact: AskedFact | undefined;
}

function lookupOf(module: string, name: string, asked: AskedFact | undefined): Lookup {
  if (!asked) return { module, name, answer: '' };
  const { fact, read } = asked;
  return { module, name, read, answer: answerOf(fact, read) };
}
