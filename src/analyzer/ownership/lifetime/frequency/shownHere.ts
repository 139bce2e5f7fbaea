/**
 * Components that others of the same file show, always and once each: `return <Provider><App /></Provider>`, also by what is made
 * of them, `const App = connect(select)(Shell)`.
 */
import type { Question } from '../../../facts/exportFacts';
import type { Declaration, FileScopes } from '../../../program/scopes';
import { calledName, type FunctionNode, isClassNode, ts, wrapped } from '../../../syntax/syntax';
import { mayHide } from '../../../words/components';
import { rootCallOf } from '../rootElements';
import { isShownByAllAround, shownBy } from '../shownAlways';
import { type Frequency, onlyInstance } from './frequency';
import type { Judge } from './judge';

/** Says of the function of a component how often there is one. */
type Mounts = (component: FunctionNode) => Frequency | undefined;

/** Once, where each of these uses of a component shows it once; undefined where one may be something else. */
export function shownHere(
  uses: readonly ts.Expression[],
  judge: Judge,
  mounts: Mounts = judge.ofMounts,
): Frequency | undefined {
  const given = new Set<Question>();
  for (const use of uses) {
    const often = ofUse(wrapped(use), judge, mounts);
    if (often?.level !== 'once') return undefined;
    for (const question of often.given ?? []) given.add(question);
  }
  return { ...onlyInstance, given: [...given] };
}

function ofUse(use: ts.Expression, judge: Judge, mounts: Mounts): Frequency | undefined {
  const { program } = judge;
  if (ts.isJsxClosingElement(use.parent)) return onlyInstance;
  const root = rootCallOf(use);
  if (root) return isShownByAllAround(use, program) ? judge.of(root) : undefined;
  const shower = shownBy(use, program);
  if (shower) {
    if (!isClassNode(shower)) return mounts(shower);
    const owner = program.members.ownerOf(shower);
    return owner && judge.ofInstances(owner);
  }
  const made = madeOf(use, program.scopes);
  if (!made) return undefined;
  const names = [...program.scopes.exports].filter(([, declaration]) => declaration === made).map(([name]) => name);
  const shown = made.references.filter(({ parent }) => !ts.isExportSpecifier(parent) && !ts.isExportAssignment(parent));
  const here = shownHere(shown, judge, mounts);
  if (!here || names.length === 0) return shown.length > 0 ? here : undefined;
  const question = judge.asked('put', names);
  return question && { ...here, given: [...(here.given ?? []), question] };
}

/** The constant that is given what functions make of the component, `memo(Clock)`, unless they may leave it out. */
function madeOf(use: ts.Expression, scopes: FileScopes): Declaration | undefined {
  let value = use;
  for (let up = value.parent; ts.isCallExpression(up) && up.arguments[0] === value; up = value.parent) {
    if (mayHide(calledName(up))) return undefined;
    value = wrapped(up);
  }
  const variable = value.parent;
  if (value === use || !ts.isVariableDeclaration(variable) || variable.initializer !== value) return undefined;
  const declaration = scopes.declarationOf(variable);
  return declaration && declaration.writes.length === 0 && declaration.scope.func === undefined
    ? declaration
    : undefined;
}
