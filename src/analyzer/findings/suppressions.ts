/**
 * Comments that silence findings:
 *   // slo-lens-ignore-next-line listener/interval -- reason
 *   /* slo-lens-ignore-file [kind] -- reason (as a block comment)
 * A reason is required; a comment that silences nothing is reported.
 */

import { rangeOfSpan, ts } from '../syntax/syntax';
import type { Finding, SuppressionProblem } from './findings';

interface Directive {
  readonly scope: 'next-line' | 'file';
  readonly kinds: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Line that it silences, from 0; unused for files. */
  readonly line: number;
  used: boolean;
}

const pattern = /^\s*slo-lens-ignore-(next-line|file)\b([\s\S]*)$/;

/**
 * Splits findings into kept and suppressed.
 * @param idOf the id of the kind of a name, which may be one that it had before; undefined of spelling mistakes
 */
export function applySuppressions(
  sourceFile: ts.SourceFile,
  findings: readonly Finding[],
  idOf: (name: string) => string | undefined,
): {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly problems: readonly SuppressionProblem[];
} {
  if (!sourceFile.text.includes('slo-lens-ignore-')) return { kept: findings, suppressed: [], problems: [] };
  const problems: SuppressionProblem[] = [];
  const directives: Directive[] = [];
  for (const comment of commentsOf(sourceFile)) {
    const match = pattern.exec(comment.body);
    if (!match) continue;
    const [names = '', reason] = (match[2] ?? '').split(/\s--\s?/, 2);
    const range = rangeOfSpan(sourceFile, comment.start, comment.end);
    const wanted = names.split(/[\s,]+/).filter((name) => name !== '');
    if (reason === undefined || reason.trim() === '') {
      problems.push({
        kind: 'missing-reason',
        message: 'This comment silences nothing: add ` -- ` and the reason',
        range,
      });
      continue;
    }
    const unknown = wanted.filter((name) => idOf(name) === undefined);
    for (const name of unknown) problems.push({ kind: 'unknown-kind', message: `There is no kind \`${name}\``, range });
    const scope = match[1] === 'file' ? 'file' : 'next-line';
    if (scope === 'next-line' && wanted.length === 0) {
      problems.push({ kind: 'unknown-kind', message: 'Name the kind to silence on the next line', range });
      continue;
    }
    directives.push({
      scope,
      kinds: wanted.flatMap((name) => idOf(name) ?? []),
      start: comment.start,
      end: comment.end,
      line: nextCodeLine(sourceFile, range.endLine),
      used: unknown.length > 0,
    });
  }
  const kept: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    const hit = directives.find(
      (directive) =>
        (directive.kinds.length === 0 || directive.kinds.includes(finding.kind)) &&
        (directive.scope === 'file' || directive.line === finding.range.startLine),
    );
    if (hit) {
      hit.used = true;
      suppressed.push(finding);
    } else kept.push(finding);
  }
  for (const directive of directives)
    if (!directive.used)
      problems.push({
        kind: 'unused',
        message: 'This comment silences nothing',
        range: rangeOfSpan(sourceFile, directive.start, directive.end),
      });
  return { kept, suppressed, problems };
}

/** The line after a comment, past blank lines and further comments. */
function nextCodeLine(sourceFile: ts.SourceFile, line: number): number {
  const starts = sourceFile.getLineStarts();
  for (let next = line + 1; next < starts.length; next++) {
    const text = sourceFile.text.slice(starts[next], starts[next + 1]).trim();
    if (text !== '' && !text.startsWith('//')) return next;
  }
  return line + 1;
}

/** Comments by the tree's trivia, so that text in strings, templates and regular expressions is none. */
function commentsOf(
  sourceFile: ts.SourceFile,
): readonly { readonly start: number; readonly end: number; readonly body: string }[] {
  const { text } = sourceFile;
  const found = new Map<number, { start: number; end: number; body: string }>();
  const collect = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end, kind } of ranges ?? []) {
      const body =
        kind === ts.SyntaxKind.MultiLineCommentTrivia ? text.slice(pos + 2, end - 2) : text.slice(pos + 2, end);
      found.set(pos, { start: pos, end, body });
    }
  };
  const visit = (node: ts.Node): void => {
    if (node.getChildCount(sourceFile) === 0) {
      // JSX text has no comments of its own
      if (node.kind === ts.SyntaxKind.JsxText) return;
      collect(ts.getLeadingCommentRanges(text, node.pos));
      collect(ts.getTrailingCommentRanges(text, node.end));
    } else for (const child of node.getChildren(sourceFile)) visit(child);
  };
  visit(sourceFile);
  return [...found.values()].sort((a, b) => a.start - b.start);
}
