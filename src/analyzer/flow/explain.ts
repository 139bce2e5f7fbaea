/** Findings on local handles in words: how sure, how bad, which way out, and the trail there. */

import type { Acquisition } from '../acquiring/acquisitions';
import type { Draft } from '../findings/draft';
import type { Confidence, Severity, TrailStep } from '../findings/findings';
import { frequencyStep } from '../ownership/assess';
import type { Frequency } from '../ownership/lifetime/frequency/frequency';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { enclosingFunction, isFunctionNode, lineOf, rangeOf, rangeOfSpan, ts, unwrap } from '../syntax/syntax';
import type { OpenExit } from './paths';
import type { Likelihood } from './throwing';

interface Grade {
  readonly severity: Severity;
  readonly confidence: Confidence;
}

export interface Holding {
  readonly acquisition: Acquisition;
  /** Variable that holds the resource; undefined when its value is dropped. */
  readonly holder: Declaration | undefined;
  readonly frequency: Frequency;
}

/**
 * The finding for a resource that no path releases or hands over. Undefined where it is acquired too seldom to matter.
 * @param lasts presumably meant to last as long as the process
 */
export function describeNever(holding: Holding, exits: readonly OpenExit[], lasts: boolean): Draft | undefined {
  const { acquisition, holder, frequency } = holding;
  const { kind, node } = acquisition;
  const graded: Grade | undefined =
    lasts && frequency.level !== 'hot' ? { severity: 'low', confidence: 'low' } : gradeNever(kind, frequency);
  if (!graded) return undefined;
  const participle = kind.participle ?? 'released';
  const subject = holder ? `The ${kind.noun} \`${holder.name}\`` : `This ${kind.noun}`;
  const dropped = holder ? '' : ': its result is dropped';
  const [exit] = exits;
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: graded.severity,
    confidence: graded.confidence,
    message: `${subject} is never ${participle}${dropped}. It is acquired ${frequency.why}.`,
    advice: holder
      ? `It must be ${participle} on every way out of the function, or handed to whoever will.`
      : `Keep it and have it ${participle} when it is no longer needed.`,
    node,
    trail: [acquiredStep(holding), ...repeatsStep(holding), ...(exit ? [exitStep(exit, acquisition)] : [])],
  };
}

/** The finding for a resource that some paths release and this exit leaves open. */
export function describeMissed(
  holding: Holding,
  exit: OpenExit,
  likelihood: Likelihood,
  releases: readonly ts.Node[],
): Draft {
  const { acquisition, holder, frequency } = holding;
  const { kind, node } = acquisition;
  const participle = kind.participle ?? 'released';
  const subject = holder ? `The ${kind.noun} \`${holder.name}\`` : `This ${kind.noun}`;
  const unsure = likelihood === 'unlikely' || frequency.level === 'setup';
  const confidence: Confidence = unsure
    ? 'low'
    : likelihood === 'likely' && frequency.level !== 'unknown'
      ? 'high'
      : 'medium';
  const overwritten = exit.kind === 'overwritten' || exit.kind === 'again';
  const [release] = releases;
  return {
    kind: kind.id,
    mechanism: overwritten ? 'overwritten-before-release' : 'error-or-early-exit-path',
    severity: unsure || kind.severity === 'low' ? 'low' : 'medium',
    confidence,
    message: `${subject} stays open ${whenText(exit)}.`,
    advice: overwritten ? `Have the old one ${participle} first.` : adviceFor(exit, participle, release !== undefined),
    node,
    trail: [
      acquiredStep(holding),
      exitStep(exit, acquisition),
      ...(release
        ? [{ role: 'release' as const, message: 'This release is not reached that way', range: rangeOf(release) }]
        : []),
    ],
  };
}

/** Who hands it on where all goes well must not end it in `finally`. */
function adviceFor({ kind }: OpenExit, participle: string, isReleased: boolean): string {
  const isFailure = kind === 'throw' || kind === 'reject';
  if (isReleased || kind === 'abandon')
    return isFailure || kind === 'abandon'
      ? `Have it ${participle} in \`finally\`.`
      : `Have it ${participle} on this way out too, best in \`finally\`.`;
  return isFailure
    ? `Have it ${participle} when that fails: in a \`catch\` that throws the error again.`
    : `Have it ${participle} on this way out too.`;
}

/** Severity by how often it happens: what is opened per call and never closed runs out. */
function gradeNever(kind: ResourceKind, frequency: Frequency): Grade | undefined {
  const base = kind.severity;
  // Kinds of which one per process is the rule (servers, watchers): only repetition makes a leak.
  const single = kind.exits === 'never';
  switch (frequency.level) {
    case 'once':
      return undefined;
    case 'setup':
      return single || kind.mostlyShared
        ? { severity: 'low', confidence: 'low' }
        : { severity: 'low', confidence: 'medium' };
    case 'unknown':
      return single ? { severity: 'low', confidence: 'low' } : { severity: lower(base), confidence: 'medium' };
    case 'instance':
      return { severity: lower(base), confidence: 'medium' };
    case 'call':
      return single ? { severity: lower(base), confidence: 'medium' } : { severity: base, confidence: 'high' };
    case 'mount':
    case 'hot':
      return { severity: base, confidence: 'high' };
  }
}

function lower(severity: Severity): Severity {
  return severity === 'high' ? 'medium' : 'low';
}

function whenText(exit: OpenExit): string {
  const line = exit.node ? ` on line ${lineOf(exit.node)}` : '';
  switch (exit.kind) {
    case 'throw': {
      if (!exit.node) return 'when a call throws';
      if (ts.isThrowStatement(exit.node)) return `when the exception${line} is thrown`;
      if (ts.isAwaitExpression(exit.node)) return `when \`${shortText(exit.node.expression)}\`${line} rejects`;
      if (ts.isForOfStatement(exit.node)) return `when the iteration${line} rejects`;
      return `when \`${shortText(exit.node)}\`${line} throws`;
    }
    case 'reject':
      return exit.node ? `when \`${shortText(exit.node)}\`${line} rejects` : 'when the promise rejects';
    case 'abandon':
      return `when the consumer stops at the \`yield\`${line}`;
    case 'return':
      return `when the function returns${line}`;
    case 'overwritten':
      return `when the variable is assigned again${line}`;
    case 'again':
      return 'when the next round of the loop opens another';
    case 'end':
      return 'when the function ends';
  }
}

/** `JSON.parse(…)`: the call without its arguments, on one line. */
function shortText(node: ts.Node): string {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const callee = unwrap(node.expression).getText().replace(/\s+/g, ' ');
    const name = callee.length > 40 ? `…${callee.slice(callee.lastIndexOf('.'))}` : callee;
    return `${ts.isNewExpression(node) ? 'new ' : ''}${name}(${(node.arguments?.length ?? 0) > 0 ? '…' : ''})`;
  }
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function acquiredStep({ acquisition }: Holding): TrailStep {
  return { role: 'acquired', message: `The ${acquisition.kind.noun} is opened here`, range: rangeOf(acquisition.node) };
}

function repeatsStep({ acquisition, frequency }: Holding): readonly TrailStep[] {
  return enclosingFunction(acquisition.node) ? [frequencyStep(frequency, acquisition.node)] : [];
}

function exitStep(exit: OpenExit, acquisition: Acquisition): TrailStep {
  const message = `Still open ${whenText(exit)}`;
  if (exit.node) return { role: 'exit', message, range: rangeOf(exit.node) };
  // The closing brace is where the function ends.
  const fn = enclosingFunction(acquisition.parameter?.callback.body ?? acquisition.node);
  const at = fn && isFunctionNode(fn) ? fn.end : acquisition.node.end;
  return { role: 'exit', message, range: rangeOfSpan(acquisition.node.getSourceFile(), Math.max(0, at - 1), at) };
}
