/**
 * Quick fixes of a definition. A candidate is offered only after it was tried: with it the text reads as YAML, its problem
 * is gone and no other has come. So a fix is certain by construction.
 */
import { type DefinitionFile, loadDefinition } from '../definition/loadDefinition';
import type { DefinitionProblem } from '../definition/model';
import { parseYamlDocuments } from '../definition/yamlDocuments';
import type { NamedObject } from './definitionNames';
import { type FixCandidate, fixCandidates } from './fixCandidates';
import { applied, TreeEditor } from './textEdits';

export type DefinitionFix = FixCandidate;

export interface FixContext {
  /** All files of the definition, as they are now. */
  readonly files: readonly DefinitionFile[];
  /** What is wrong with them. */
  readonly problems: readonly DefinitionProblem[];
  readonly names: readonly NamedObject[];
}

/** Problems that hide others: an object with one is not looked at further. */
const HIDING: readonly string[] = ['slo/yaml', 'slo/openslo', 'slo/target-range', 'slo/query'];

const identity = ({ code, path, document, message, place }: DefinitionProblem): string =>
  JSON.stringify([place.file, document, code, path, message]);

function related(a: DefinitionProblem, b: DefinitionProblem): boolean {
  if (a.place.file !== b.place.file || a.document !== b.document) return false;
  return a.path.startsWith(b.path) || b.path.startsWith(a.path);
}

/** Does the fix take its problem away, and bring none? Faults that were hidden by it and lie elsewhere are not of its making. */
function holds(candidate: FixCandidate, problem: DefinitionProblem, context: FixContext): boolean {
  const file = problem.place.file;
  const files = context.files.map((one): DefinitionFile => {
    if (one.file !== file) return one;
    const text = applied(one.text, candidate.edits);
    return { file, text, parsed: parseYamlDocuments(file, text, one.parsed ?? null) };
  });
  const before = context.problems.map(identity);
  const { problems } = loadDefinition(files);
  const after = problems.map(identity);
  const own = identity(problem);
  const count = (list: readonly string[]): number => list.filter((one) => one === own).length;
  if (count(after) >= count(before)) return false;
  const known = new Set(before);
  return problems
    .filter((one) => !known.has(identity(one)))
    .every((one) => HIDING.includes(problem.code) && !HIDING.includes(one.code) && !related(one, problem));
}

/** The certain fixes of one problem; empty where there is any doubt. */
export function fixesOf(problem: DefinitionProblem, context: FixContext): readonly DefinitionFix[] {
  const file = context.files.find((one) => one.file === problem.place.file);
  if (!file) return [];
  const parsed = file.parsed ?? parseYamlDocuments(file.file, file.text);
  const tree = parsed.trees[problem.document];
  if (!tree) return [];
  const editor = new TreeEditor(file.text, tree);
  return fixCandidates({ problem, text: file.text, editor, names: context.names }).filter((candidate) =>
    holds(candidate, problem, context),
  );
}
