/**
 * Comments that silence the linter, as they silence findings in code:
 *   # slo-lens-ignore-next-line alert-gap -- reason
 * The next line that is no comment is meant. Errors are never silenced, a reason is required, and a comment that silences nothing
 * is reported.
 */
import type { DefinitionProblem } from '../definition/model';

interface Directive {
  readonly file: string;
  /** Line of the comment, and the one that it silences; from 0. */
  readonly line: number;
  readonly target: number;
  readonly column: number;
  readonly end: number;
  readonly codes: readonly string[];
  readonly hasReason: boolean;
  used: boolean;
}

const MARK = 'slo-lens-ignore-next-line';
const PATTERN = /^\s*#\s*slo-lens-ignore-next-line\b(.*)$/;

function directivesOf(file: string, text: string): Directive[] {
  if (!text.includes(MARK)) return [];
  const lines = text.split(/\r?\n/);
  return lines.flatMap((content, line): Directive[] => {
    const rest = PATTERN.exec(content)?.[1];
    if (rest === undefined) return [];
    const [names = '', reason = ''] = rest.split(/\s--(?:\s|$)/, 2);
    const codes = names.split(/[\s,]+/).filter((name) => name !== '');
    let target = line + 1;
    while (/^\s*(?:#.*)?$/.test(lines[target] ?? 'end')) target++;
    const column = content.indexOf('#');
    const hasReason = reason.trim() !== '';
    return [{ file, line, target, column, end: content.length, hasReason, used: false, codes: codes.map(codeOf) }];
  });
}

function codeOf(name: string): string {
  return name.startsWith('slo/') ? name : `slo/${name}`;
}

/** The problems that are left, and those of the comments themselves. */
export function withoutSilenced(
  files: readonly { readonly file: string; readonly text: string }[],
  problems: readonly DefinitionProblem[],
): readonly DefinitionProblem[] {
  const directives = files.flatMap(({ file, text }) => directivesOf(file, text));
  if (directives.length === 0) return problems;
  const kept = problems.filter((problem) => {
    if (problem.level === 'error') return true;
    const { place, code } = problem;
    const silencing = directives.filter(
      (one) => one.hasReason && one.file === place.file && one.target === place.line && one.codes.includes(code),
    );
    for (const one of silencing) one.used = true;
    return silencing.length === 0;
  });
  const own = directives.flatMap(({ file, line, column, end, hasReason, codes, used }): DefinitionProblem[] => {
    const message = !hasReason
      ? 'this comment silences nothing: add ` -- ` and the reason'
      : codes.length === 0
        ? 'name the check to silence on the next line, such as alert-gap'
        : used
          ? null
          : `there is nothing of ${codes.join(', ')} to silence on the next line`;
    if (message === null) return [];
    const place = { file, line, column, endLine: line, endColumn: end };
    return [{ level: 'warning', code: 'slo/ignore', message, path: '', document: 0, place }];
  });
  return [...kept, ...own];
}
