/** What the gate says: the outcome, and against a base what is new, mended and inherited. As text and as Markdown. */
import { type El, h } from '../page/element';
import { GATE_EXIT_CODES, type GateComparison, type GateOutcome, gateFails } from '../slo/gate';
import { percentText } from '../slo/rollup';
import { markdownText } from './markdownExport';
import { plain } from './plainText';
import type { Style } from './style';

export interface GateReport {
  readonly outcome: GateOutcome;
  readonly strict: boolean;
  readonly coverage: { readonly measured: number; readonly defined: number };
  /** `no-worse`: what the base violated already fails only if it got worse. */
  readonly policy: 'any' | 'no-worse';
  readonly passes: boolean;
  /** null when there is no base. */
  readonly comparison:
    | (GateComparison & {
        /** What it was compared with, in words: a revision or a file. */
        readonly with: string;
        /** Objectives that the base says something about; of others, a violation does not count as new. */
        readonly compared: readonly string[];
      })
    | null;
}

export interface GateInputs {
  readonly outcome: GateOutcome;
  readonly strict: boolean;
  readonly measured: number;
  readonly defined: number;
  readonly policy: 'any' | 'no-worse';
  readonly comparison: GateReport['comparison'];
}

/** Decides whether the gate passes. Without data nothing does, whatever the policy. */
export function gateReport(inputs: GateInputs): GateReport {
  const { outcome, strict, measured, defined, policy, comparison } = inputs;
  const enough = measured > 0 && !(strict && measured < defined);
  const passes =
    policy === 'any' || comparison === null || outcome === 'definition-error'
      ? outcome === 'met'
      : enough && !gateFails(comparison, 'no-worse');
  return { outcome, strict, coverage: { measured, defined }, policy, passes, comparison };
}

/** 0 when it passes, 2 for a definition that cannot be read, else 1. */
export function gateExitCode({ passes, outcome }: GateReport): number {
  return passes ? 0 : GATE_EXIT_CODES[outcome] || 1;
}

const words: Readonly<Record<GateOutcome, string>> = {
  'definition-error': 'not met, the definition has errors',
  violation: 'not met, an objective is violated',
  'no-data': 'not met, without data nothing is',
  met: 'met',
};

/** Outcome in one line. */
export function gateText({ outcome, policy, passes, coverage, strict }: GateReport): string {
  const { measured, defined } = coverage;
  if (policy === 'any' || outcome === 'definition-error') return words[outcome];
  if (!passes && measured === 0) return words['no-data'];
  if (!passes && strict && measured < defined) return `not met, ${defined - measured} of ${defined} are not measured`;
  return passes ? 'met, nothing is worse than at the base' : 'not met, something is worse than at the base';
}

function budgetWords(share: number | null): string {
  return share === null ? 'unknown' : share < 0 ? 'overspent' : percentText(share);
}

/** Lines of the comparison; `mark` makes text safe for where it is shown. */
export function comparisonLines({ comparison }: GateReport, mark: (text: string) => string): readonly string[] {
  if (!comparison) return [];
  const { newViolations, fixed, inherited, worse, budget } = comparison;
  const list = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${title}: ${names.map((name) => mark(name)).join(', ')}`];
  return [
    `Compared with ${mark(comparison.with)}`,
    ...list('New violations', newViolations),
    ...list('Got worse', worse),
    ...list('Violated before and now', inherited),
    ...list('Fixed', fixed),
    ...(newViolations.length + inherited.length + fixed.length === 0 ? ['No violation on either side'] : []),
    ...Object.entries(budget).map(
      ([name, { before, after }]) =>
        `Budget of ${mark(name)}: ${budgetWords(before)} left before, ${budgetWords(after)} now`,
    ),
  ];
}

/** For a terminal. */
export function gateLines(gate: GateReport, style: Style): string {
  const paint = gate.passes ? style.green : style.red;
  return `${[`Gate: ${paint(gateText(gate))}`, ...comparisonLines(gate, plain).map((line) => `  ${line}`)].join('\n')}\n`;
}

/** For the summary of a job or a comment. */
export function gateMarkdown(gate: GateReport): string {
  const { measured, defined } = gate.coverage;
  return `${[
    `## Gate: ${gate.passes ? '✅' : '❌'} ${gateText(gate)}`,
    '',
    `${measured} of ${defined} objectives are measured.`,
    ...comparisonLines(gate, markdownText).flatMap((line, index) =>
      index === 0 ? ['', `${line}:`, ''] : [`- ${line}`],
    ),
  ].join('\n')}\n`;
}

/** For a page. */
export function gateElements(gate: GateReport): readonly El[] {
  const { measured, defined } = gate.coverage;
  const lines = comparisonLines(gate, (text) => text);
  return [
    h(
      'section',
      { 'aria-labelledby': 'gate' },
      h('h2', { id: 'gate' }, `Gate: ${gateText(gate)}`),
      h('p', {}, `${measured} of ${defined} objectives are measured.`),
      lines.length === 0 ? null : h('ul', {}, ...lines.map((line) => h('li', {}, line))),
    ),
  ];
}
