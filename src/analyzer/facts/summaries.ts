/** What a file hands to others about resources, small enough to keep for every file. Plain JSON. */
import type { Acquisition } from '../acquiring/acquisitions';
import { givenBy } from '../acquiring/gives';
import type { Engine } from '../engine';
import { createThrowing } from '../flow/throwing';
import type { BaseEnd } from '../ownership/instances/baseEnds';
import { declaredEnds, endsMildly, endsOfResult } from '../ownership/instances/declaredEnds';
import { instancesOf } from '../ownership/instances/instances';
import { ownEnds } from '../ownership/instances/ownEnds';
import { type ReleasingTeardown, releasingTeardowns } from '../ownership/instances/superCalls';
import { subscribesTo } from '../ownership/registrations/droppedEnds';
import { returnedBy } from '../ownership/values/returned';
import { type Exported, exportedBy, isDeclaration } from '../program/exported';
import { boundFunction, functionBehind, type Owner } from '../program/members';
import { type FunctionNode, ts, unwrap } from '../syntax/syntax';
import { asksPattern } from '../words/calmCalls';
import { madeBy, methodFacts } from './classFacts';
import type { ExportFact, FileSummary } from './exportFacts';
import { helperCallsOf } from './helpers';
import { parameterUses } from './parameters';
import { endOfScript } from './workers';

/** Summary of a bound file. */
export function summarize(engine: Engine, acquisitions: readonly Acquisition[]): FileSummary {
  const exports: Record<string, ExportFact> = {};
  for (const [name, exported] of engine.program.once(exportedBy)) {
    const fact = { ...factOf(exported, engine, acquisitions), ...refusalOf(name, exported, engine) };
    if (Object.keys(fact).length > 0) exports[name] = fact;
  }
  return { version: 3, exports: { ...exports, ...endOfScript(engine.program) }, reexports: reexportsOf(engine) };
}

function factOf(exported: Exported, engine: Engine, acquisitions: readonly Acquisition[]): ExportFact {
  const { members } = engine.program;
  if (isDeclaration(exported)) {
    const value =
      exported.initializer && exported.path?.length === 0 && exported.writes.length === 0
        ? unwrap(exported.initializer)
        : undefined;
    const owner = members.ownerOf(exported.node) ?? (value && members.ownerOf(value));
    if (owner && owner.kind !== 'object') return ofClass(owner, engine, acquisitions);
    const fn = functionOf(exported);
    if (fn) return ofFunction(fn, engine, acquisitions);
    return value ? ofValue(value, engine) : {};
  }
  const owner = members.ownerOf(exported);
  if (owner && owner.kind !== 'object') return ofClass(owner, engine, acquisitions);
  const fn = functionOf(exported);
  if (fn) return ofFunction(fn, engine, acquisitions);
  return ts.isClassDeclaration(exported) || ts.isFunctionDeclaration(exported) ? {} : ofValue(exported, engine);
}

function functionOf(exported: Exported): FunctionNode | undefined {
  if (isDeclaration(exported)) return functionBehind(exported);
  if (ts.isFunctionDeclaration(exported)) return exported;
  return ts.isClassDeclaration(exported) ? undefined : boundFunction(exported);
}

/** What asks by its name is taken to give an answer, unless its text shows that it throws. */
function refusalOf(name: string, exported: Exported, engine: Engine): Pick<ExportFact, 'throws'> {
  if (!asksPattern.test(name)) return {};
  const fn = functionOf(exported);
  return fn && createThrowing(engine).ofCalled(fn) === 'likely' ? { throws: true } : {};
}

function ofValue(given: ts.Expression, engine: Engine): ExportFact {
  const value = unwrap(given);
  if (!ts.isNewExpression(value) && !ts.isCallExpression(value)) return {};
  const types = [...engine.types.of(value)];
  return types.length > 0 ? { value: types } : {};
}

function ofClass(owner: Owner, engine: Engine, acquisitions: readonly Acquisition[]): ExportFact {
  const instance = [...engine.types.ofInstance(owner)];
  const teardowns = releasingTeardowns(owner, engine);
  const holds = instancesOf(engine, acquisitions).of(owner);
  const ends = ownEnds(owner, engine);
  const closers = declaredEnds(owner, engine);
  return {
    ...(instance.length > 0 ? { instance } : {}),
    ...(teardowns.length > 0 ? { teardowns: teardowns.map(({ name }) => name), baseEnds: baseEndsOf(teardowns) } : {}),
    ...(ends.length > 0 ? { ends } : {}),
    ...(closers.length > 0 ? { closers, ...(endsMildly(owner, engine) ? { mild: true as const } : {}) } : {}),
    ...(holds.length > 0 ? { holds } : {}),
    ...methodFacts(owner, engine, acquisitions),
  };
}

function baseEndsOf(teardowns: readonly ReleasingTeardown[]): Record<string, BaseEnd> {
  return Object.fromEntries(teardowns.flatMap(({ name, end }) => (end ? [[name, end] as const] : [])));
}

function ofFunction(fn: FunctionNode, engine: Engine, acquisitions: readonly Acquisition[]): ExportFact {
  const returned = returnedBy(fn);
  const makes = madeBy(fn, returned, engine, acquisitions);
  const result = typesOfAll(returned, engine);
  const gives = givenBy(fn, engine, acquisitions);
  const parameters = parameterUses(fn, engine);
  const calls = helperCallsOf(fn, engine.program);
  const closers = endsOfResult(fn, engine);
  const subscribes = gives ? undefined : subscribesTo(fn, engine);
  return {
    ...(result.length > 0 ? { result } : {}),
    ...(gives ? { gives } : {}),
    ...(parameters.some((uses) => uses !== null) ? { parameters } : {}),
    ...(calls.length > 0 ? { calls } : {}),
    ...(makes.length > 0 ? { makes } : {}),
    ...(closers.length > 0 ? { closers } : {}),
    ...(subscribes === undefined ? {} : { subscribes }),
  };
}

/** Types that every returned value has. */
function typesOfAll(returned: readonly ts.Expression[], engine: Engine): readonly string[] {
  const [first, ...rest] = returned.map((value) => engine.types.of(unwrap(value)));
  return first ? [...first].filter((type) => rest.every((types) => types.has(type))) : [];
}

function reexportsOf({ program }: Engine): FileSummary['reexports'] {
  const found: { name: string; module: string; from: string }[] = [];
  for (const [name, declaration] of program.scopes.exports)
    if (declaration?.imported)
      found.push({ name, module: declaration.imported.module, from: declaration.imported.name });
  for (const statement of program.sourceFile.statements) {
    if (
      !ts.isExportDeclaration(statement) ||
      !statement.moduleSpecifier ||
      !ts.isStringLiteralLike(statement.moduleSpecifier)
    )
      continue;
    const module = statement.moduleSpecifier.text;
    const clause = statement.exportClause;
    if (!clause) found.push({ name: '*', module, from: '*' });
    else if (ts.isNamedExports(clause))
      for (const element of clause.elements)
        found.push({ name: element.name.text, module, from: (element.propertyName ?? element.name).text });
  }
  return found;
}

/** Does the text re-export from another file? Such files are read for links though they hold no word of the catalogue. */
export function mayReexport(text: string): boolean {
  return /\bexport\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b/.test(text);
}
