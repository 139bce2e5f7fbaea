/** Code actions: the certain fix of a finding, all fixes of a kind or a file, the explanation, and a comment that silences it. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileFindings, Finding } from '../analyzer/findings/findings';
import { fixAll } from '../analyzer/fixes/all';
import { fixAllTitle } from '../page/omissions';
import { diagnosticSource } from './diagnostics';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.sloLens`;
export const codeActionKinds: CodeActionKind[] = [CodeActionKind.QuickFix, fixAllKind];

export interface ActionSource {
  readonly document: TextDocument;
  /** The document's findings that are shown, analysed as it is now. */
  readonly findings: readonly Finding[];
  /** Is it a finding of the kind, and not a fault of something else? */
  readonly isKind: (code: string) => boolean;
  readonly isShown: (finding: Finding) => boolean;
  readonly analyze: (text: string) => FileFindings;
}

/** The actions for what a client asks about; preferred first, the silencing comment last. */
export function codeActions(params: CodeActionParams, source: ActionSource): CodeAction[] {
  const { only, diagnostics } = params.context;
  const isAsked = (kind: string): boolean => only === undefined || only.some((one) => `${kind}.`.startsWith(`${one}.`));
  const actions = isAsked(CodeActionKind.QuickFix)
    ? diagnostics
        .filter(
          ({ source: from, code }) => from === diagnosticSource && typeof code === 'string' && source.isKind(code),
        )
        .flatMap((diagnostic) => quickFixes(diagnostic, source))
    : [];
  // A menu of quick fixes has no place for it: it is given to who asks for it, as on saving.
  if (only !== undefined && isAsked(fixAllKind)) {
    const all = fixEverything(source.isShown, source);
    if (all) actions.push({ title: 'Fix all leaks with a certain fix', kind: fixAllKind, edit: all });
  }
  return actions;
}

function quickFixes(diagnostic: Diagnostic, source: ActionSource): readonly CodeAction[] {
  const { document } = source;
  const kind = String(diagnostic.code);
  const finding = findingOf(diagnostic, source);
  const fixes = (finding?.fixes ?? []).map(
    (fix, index): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: index === 0,
      edit: {
        changes: {
          [document.uri]: fix.edits.map(({ start, end, newText }) => ({
            range: { start: document.positionAt(start), end: document.positionAt(end) },
            newText,
          })),
        },
      },
    }),
  );
  return [
    ...fixes,
    ...(fixes.length === 0 ? [] : together(kind, finding, diagnostic, source)),
    explain(kind, diagnostic),
    ignore(kind, diagnostic, document),
  ];
}

/** The finding behind a diagnostic: by its fingerprint, or by its place where the client keeps no data. */
function findingOf(diagnostic: Diagnostic, { findings, document }: ActionSource): Finding | undefined {
  const { fingerprint } = (diagnostic.data ?? {}) as { readonly fingerprint?: unknown };
  const start = document.offsetAt(diagnostic.range.start);
  return typeof fingerprint === 'string'
    ? findings.find((finding) => finding.fingerprint === fingerprint)
    : findings.find((finding) => finding.kind === diagnostic.code && finding.range.start === start);
}

/** All findings of the same omission at once, and all of the kind where there are more. */
function together(
  kind: string,
  finding: Finding | undefined,
  diagnostic: Diagnostic,
  source: ActionSource,
): readonly CodeAction[] {
  const fixable = source.findings.filter((one) => one.kind === kind && source.isShown(one) && one.fixes.length > 0);
  const omission = finding?.omission;
  const ofCause = omission
    ? fixable.filter((one) => one.omission?.id === omission.id && one.severity === finding.severity)
    : [];
  return [
    ...(omission ? atOnce(fixAllTitle(omission, ofCause.length), ofCause, diagnostic, source) : []),
    ...(fixable.length > ofCause.length
      ? atOnce(`Fix all ${fixable.length} of ${kind} in this file`, fixable, diagnostic, source)
      : []),
  ];
}

function atOnce(
  title: string,
  findings: readonly Finding[],
  diagnostic: Diagnostic,
  source: ActionSource,
): readonly CodeAction[] {
  if (findings.length < 2) return [];
  const wanted = new Set(findings.map(({ fingerprint }) => fingerprint));
  const edit = fixEverything(({ fingerprint }) => wanted.has(fingerprint), source);
  return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }] : [];
}

function fixEverything(
  isWanted: (finding: Finding) => boolean,
  { document, analyze }: ActionSource,
): CodeAction['edit'] {
  const before = document.getText();
  const { text, fixed } = fixAll(before, isWanted, analyze);
  return fixed.length === 0 ? undefined : { changes: { [document.uri]: [difference(before, text, document)] } };
}

/** One replacement of what differs. */
function difference(before: string, after: string, document: TextDocument): TextEdit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let rest = 0;
  const most = Math.min(before.length, after.length) - start;
  while (rest < most && before[before.length - 1 - rest] === after[after.length - 1 - rest]) rest++;
  return {
    range: { start: document.positionAt(start), end: document.positionAt(before.length - rest) },
    newText: after.slice(start, after.length - rest),
  };
}

function explain(kind: string, diagnostic: Diagnostic): CodeAction {
  return {
    title: `Explain ${kind}`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title: 'Explain', command: 'sloLens.explainFinding', arguments: [kind] },
  };
}

function ignore(kind: string, diagnostic: Diagnostic, document: TextDocument): CodeAction {
  const { line, character } = diagnostic.range.start;
  const before = document.getText({ start: { line, character: 0 }, end: { line, character } });
  const indent = /^\s*/.exec(before)?.[0] ?? '';
  const at = { line, character: 0 };
  return {
    title: `Ignore ${kind} on this line`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: {
      changes: {
        [document.uri]: [
          { range: { start: at, end: at }, newText: `${indent}// slo-lens-ignore-next-line ${kind} -- reason\n` },
        ],
      },
    },
  };
}
