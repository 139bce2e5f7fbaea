/** What the drafts of one file have in common: several lines with one cause, and events that hardly ever come. */

import type { Engine } from '../engine';
import { rank } from '../ownership/lifetime/frequency/frequency';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { constantOf } from '../program/constants';
import type { FileScopes } from '../program/scopes';
import { seldomRight } from '../resources/trackRecord';
import { hasModifier, isClassNode, isEquality, isFunctionNode, leaves, rangeOf, ts, unwrap } from '../syntax/syntax';
import { isDevelopmentFlag, modeOf, tellsDevelopment } from '../words/program';
import type { Draft } from './draft';
import type { TrailStep } from './findings';

/**
 * Drafts of one cause are told once, at the first; its trail names the others. Two ways of reasoning that say the same of one
 * place, or one that comes to it from two acquisitions, are one report.
 */
export function toldOnce(all: readonly Draft[]): readonly Draft[] {
  const drafts = withoutEqual(all);
  const byCause = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (draft.cause === undefined) continue;
    const same = byCause.get(draft.cause);
    if (same) same.push(draft);
    else byCause.set(draft.cause, [draft]);
  }
  return drafts.flatMap((draft): readonly Draft[] => {
    const same = draft.cause === undefined ? undefined : byCause.get(draft.cause);
    if (!same || same.length === 1) return [draft];
    const [first, ...others] = same.toSorted((a, b) => a.node.pos - b.node.pos);
    return first === draft ? [{ ...draft, trail: [...draft.trail, ...others.map(alsoAt)] }] : [];
  });
}

/** Of those with the same place, kind and message the one that weighs most, where the first one stood. */
function withoutEqual(drafts: readonly Draft[]): readonly Draft[] {
  const told = new Map<string, Draft>();
  for (const draft of drafts) {
    const { kind, message, node } = draft;
    const key = `${String(node.pos)}:${String(node.end)} ${kind} ${message}`;
    const known = told.get(key);
    if (!known || weightOf(known) < weightOf(draft)) told.set(key, draft);
  }
  return [...told.values()];
}

const ranks = ['low', 'medium', 'high'] as const;

/** By what is sure first: what is hidden must not hide another. */
function weightOf({ confidence, severity }: Draft): number {
  return ranks.indexOf(confidence) * ranks.length + ranks.indexOf(severity);
}

function alsoAt({ node }: Draft): TrailStep {
  return { role: 'grows', message: 'So is this one', range: rangeOf(node) };
}

/**
 * What each event adds weighs little where the event comes a few times in a session; so does what readers seldom call right, and
 * all of a class that nobody makes, or of a function that nothing calls.
 */
export function weighed(draft: Draft, engine: Engine): Draft {
  if (isSeldomRight(draft) && engine.frequency.of(draft.node).level !== 'hot') return { ...draft, severity: 'low' };
  const owner = draft.severity === 'low' ? undefined : engine.program.members.ownerAt(draft.node);
  if (owner && !isOfClassItself(draft.node) && engine.frequency.isMadeByNobody(owner))
    return { ...draft, severity: 'low' };
  if (draft.severity !== 'low' && isOfNobody(draft, engine)) return { ...draft, severity: 'low' };
  if (draft.severity !== 'low' && isOfOne(draft, engine)) return { ...draft, severity: 'low' };
  const adds =
    draft.mechanism === 'repeated-registration' ||
    draft.mechanism === 'unbounded-growth' ||
    draft.mechanism === 'overwritten-before-release';
  if (!adds || draft.severity === 'low') return draft;
  const { isRare, occasion } = engine.frequency.of(draft.node);
  // A run of tests ends.
  return isRare || withoutLoops(occasion).kind === 'test' ? { ...draft, severity: 'low' } : draft;
}

/** In a static member: it runs without an instance. */
function isOfClassItself(node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent)
    if (isClassNode(at.parent)) return hasModifier(at, ts.SyntaxKind.StaticKeyword);
  return false;
}

/** It lies in a function that nothing calls; or its removal does, and it is added once. */
function isOfNobody({ node, open, vain = open?.mistaken }: Draft, { frequency }: Engine): boolean {
  if (frequency.isInUncalled(node)) return true;
  return vain !== undefined && rank[frequency.of(node).level] <= rank.setup && frequency.isInUncalled(vain);
}

/** What is left at the end of a component that is there once, or is shown at one place and may well stay. */
function isOfOne({ node, mechanism, open }: Draft, { frequency }: Engine): boolean {
  const isVain = mechanism === 'release-never-matches';
  if (!isVain && mechanism !== 'no-release-on-dispose') return false;
  const { level, occasion } = frequency.of(node);
  if (isVain && occasion.kind === 'rootComponent') return true;
  // Of what repeats, a judge that knows of no acquisition tells only the last.
  return (rank[level] <= rank.mount || !open) && frequency.isAtOnePlace(node);
}

/** By the kind alone: neither a teardown that forgets it nor a removal that misses it tells more. */
function isSeldomRight({ kind, mechanism, severity, open }: Draft): boolean {
  return severity === 'medium' && mechanism !== 'release-never-matches' && !open?.teardown && seldomRight.has(kind);
}

/** `const debug = false; … if (!debug) return;` before it, or `if (debug)` around it: as the code stands, it never runs. */
export function runsNever({ node }: Draft, { program }: Engine): boolean {
  const is = (condition: ts.Expression): boolean | undefined => {
    const value = constantOf(condition, program.scopes);
    return typeof value === 'boolean' ? value : isOfDevelopment(condition, program.scopes);
  };
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    const up = at.parent;
    if (ts.isIfStatement(up) && at !== up.expression && is(up.expression) === (at !== up.thenStatement)) return true;
    if (
      ts.isBlock(up) &&
      up.statements.some((one) => one.pos < at.pos && ts.isIfStatement(one) && leavesAlways(one, is))
    )
      return true;
    if (isFunctionNode(up) && program.sourceFile === up.parent) return false;
  }
  return false;
}

/** `__TEST__`, `!__DEV__`: what the build, or the start, of what is shipped turns off; undefined for any other condition. */
function isOfDevelopment(condition: ts.Expression, scopes: FileScopes): boolean | undefined {
  const value = unwrap(condition);
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken) {
    const flag = isOfDevelopment(value.operand, scopes);
    return flag === undefined ? undefined : !flag;
  }
  if (ts.isBinaryExpression(value)) {
    const { left, right, operatorToken } = value;
    if (operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) return comparesMode(value);
    return isOfDevelopment(left, scopes) === false || isOfDevelopment(right, scopes) === false ? false : undefined;
  }
  if (ts.isIdentifier(value) && isDevelopmentFlag(value.text))
    return scopes.resolve(value)?.initializer ? undefined : false;
  return tellsDevelopment(value.getText()) ? false : undefined;
}

/** `process.env.NODE_ENV === 'development'`, `mode !== Mode.Development` */
function comparesMode({ left, right, operatorToken: { kind } }: ts.BinaryExpression): boolean | undefined {
  if (!isEquality(kind)) return undefined;
  const isSame = kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
  const mode = modeOf(unwrap(left).getText(), unwrap(right).getText());
  return mode === undefined ? undefined : (mode === 'production') === isSame;
}

function leavesAlways(
  { expression, thenStatement }: ts.IfStatement,
  is: (condition: ts.Expression) => boolean | undefined,
): boolean {
  return leaves(thenStatement) && is(expression) === true;
}
