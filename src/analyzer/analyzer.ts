/**
 * The analyzer's front door: source text in, facts and findings out. No IO, never throws.
 *
 *   classifyFile → is this file ours to read (generated, minified, vendored …)?
 *   mayMatter    → has it any word of the catalogue? A scan parses no other file.
 *   analyzeFile  → findings, the file's summary, and what it asked about the exports of other files
 *   link.ts      → answers those questions from the summaries, and tells when an answer has changed
 */

import type { Acquisition } from './acquiring/acquisitions';
import { findAcquisitions } from './acquiring/found';
import { withGiven } from './acquiring/gives';
import { usesIn, usesOfUnknown } from './census/uses';
import { createEngine, type Engine } from './engine';
import { emptySummary, type FileSummary, type Use } from './facts/exportFacts';
import { createImports, type Exports, type Lookup, noExports } from './facts/imports';
import { mayReexport, summarize } from './facts/summaries';
import { mayEndItself } from './facts/workers';
import { fileRoleOf } from './files/fileRole';
import type { Draft } from './findings/draft';
import type { FileFindings, FileRole, Finding, Fix, Severity } from './findings/findings';
import { createFingerprinter } from './findings/fingerprint';
import { omissionsOf } from './findings/omissions';
import { applySuppressions } from './findings/suppressions';
import { certainFixes } from './fixes/certain';
import { createFixer } from './fixes/fixes';
import { isDescribed, judging } from './judges';
import { demote } from './ownership/assess';
import { buildProgram } from './program/program';
import { builtIn, type Catalogue, catalogueWith } from './resources/catalogue';
import type { CustomEntries } from './resources/custom';
import { atOnce, type Steps } from './steps';
import { EditedTree } from './syntax/editedTree';
import { type ParsedFile, parse, rangeOf, rangeOfSpan, ts, unwrap } from './syntax/syntax';
import { mayRefuse } from './words/calmCalls';

export { classifyFile } from './files/classify';
export { analyzerBuild } from './version';
export { builtIn, EditedTree };

export interface SourceText {
  /** Relative to its root, forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface AnalyzerOptions {
  /** Kind id or `family/*` → level; `off` removes the kind. */
  readonly severityOverrides: Readonly<Record<string, Severity | 'off'>>;
  /** Kinds and types of the workspace's own. */
  readonly custom?: CustomEntries;
}

export interface FileAnalysis {
  readonly path: string;
  readonly findings: FileFindings;
  readonly summary: FileSummary;
  /** What it asked about other files; the verdicts hold as long as the answers stay the same. */
  readonly lookups: readonly Lookup[];
  /** The fixes of its findings have been left for later. */
  readonly untried?: true;
}

/** False when no kind of the catalogue can occur in the text, nor a link lead through it: it need not be parsed. */
export function mayMatter(text: string, options: AnalyzerOptions): boolean {
  const { lookAt } = catalogueWith(options.custom);
  return (
    lookAt(text).hasAny() || text.includes('EventEmitter') || mayReexport(text) || mayRefuse(text) || mayEndItself(text)
  );
}

/**
 * Analyses one file.
 * @param exportsOf what the exports of other files are, from their summaries
 * @param fixing `later` leaves them out: trying them costs another analysis, and nobody needs them while typing
 * @param edited the tree of what the text was before, if it is being edited
 * @returns findings in order of position; a file that does not parse, or on which the analysis fails, is `partial`
 */
export function analyzeFile(
  source: SourceText,
  options: AnalyzerOptions,
  exportsOf: Exports = noExports,
  fixing: 'now' | 'later' = 'now',
  edited?: EditedTree,
): FileAnalysis {
  return atOnce(analyzing(source, options, exportsOf, fixing, edited));
}

/** The same in steps. The longest is to parse the file. */
export function* analyzing(
  source: SourceText,
  options: AnalyzerOptions,
  exportsOf: Exports,
  fixing: 'now' | 'later',
  edited?: EditedTree,
): Steps<FileAnalysis> {
  const role = fileRoleOf(source.path, source.text);
  const catalogue = catalogueWith(options.custom);
  try {
    const judged = inRole(yield* judgeText(source, options, catalogue, exportsOf, edited), role, catalogue);
    const { parsed, engine, drafts, acquisitions } = judged;
    const isUntried = fixing === 'later' && drafts.some(({ draft }) => isFixed(draft));
    const fixes = isUntried ? [] : yield* fixesOf(judged, source, options, catalogue, exportsOf);
    const omissions = omissionsOf(
      drafts.map(({ draft }) => draft),
      engine,
      catalogue,
    );
    const findings = drafts
      .map(({ draft, fingerprint }, index): Finding => {
        const finding = toFinding(draft, role, options, catalogue, fingerprint, fixes[index] ?? []);
        const omission = omissions[index];
        return omission ? { ...finding, omission } : finding;
      })
      .sort((a, b) => a.range.start - b.range.start);
    const { kept, suppressed, problems } = applySuppressions(
      parsed.sourceFile,
      findings,
      (name) => catalogue.kind(name)?.id,
    );
    return {
      path: source.path,
      findings: {
        path: source.path,
        coverage: coverageOf(parsed),
        role,
        findings: kept,
        suppressed,
        suppressionProblems: problems,
      },
      summary: {
        ...summarize(engine, acquisitions.filter(isDescribed)),
        ...withUses(usesIn(engine.program, source.text)),
      },
      lookups: engine.imports.lookups(),
      ...(isUntried ? { untried: true } : {}),
    };
  } catch (error) {
    const reason = `the analysis failed: ${error instanceof Error ? error.message : String(error)}`;
    const start = { start: 0, end: 0, startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
    return {
      path: source.path,
      findings: {
        path: source.path,
        coverage: { state: 'partial', reason, range: start, syntaxErrors: 0 },
        role,
        findings: [],
        suppressed: [],
        suppressionProblems: [],
      },
      summary: { ...emptySummary, ...withUses(usesOfUnknown(source.text)) },
      lookups: [],
    };
  }
}

function withUses(uses: readonly Use[]): Pick<FileSummary, 'uses'> {
  return uses.length > 0 ? { uses } : {};
}

/** What the role of a file leaves of the drafts. */
function inRole(judged: Judged, role: FileRole, catalogue: Catalogue): Judged {
  if (role === 'production') return judged;
  const drafts = judged.drafts.filter(({ draft }) => !catalogue.kind(draft.kind)?.productionOnly);
  if (role !== 'test') return { ...judged, drafts };
  // What a test is given to read, as `color-fixtures/game.ts`, hardly ever runs.
  const isRead = /fixtures?\//i.test(judged.engine.program.path);
  // A test ends soon, and all that it holds with it: only what weighs most elsewhere is worth a hint.
  // A call that fails in a test fails the test, and its process ends: no path to care for.
  return {
    ...judged,
    drafts: drafts.map((one) =>
      one.draft.mechanism === 'error-or-early-exit-path' || one.draft.severity !== 'high'
        ? { ...one, draft: { ...one.draft, severity: 'low', confidence: 'low' } }
        : isRead
          ? { ...one, draft: { ...one.draft, severity: 'low' } }
          : one,
    ),
  };
}

interface Judged {
  readonly parsed: ParsedFile;
  readonly engine: Engine;
  readonly acquisitions: readonly Acquisition[];
  readonly drafts: readonly { readonly draft: Draft; readonly fingerprint: string }[];
}

/** Of a shorter text, in UTF-16 units, all is judged in less time than others would have to wait for anyway. */
const short = 16_000;

function* judgeText(
  { path, text }: SourceText,
  options: AnalyzerOptions,
  catalogue: Catalogue,
  exportsOf: Exports,
  edited?: EditedTree,
): Steps<Judged> {
  yield text.length;
  const parsed = parse(path, text, edited);
  yield text.length;
  const engine = createEngine(buildProgram(path, text, parsed.sourceFile), catalogue, createImports(path, exportsOf));
  yield;
  const acquisitions = withGiven(findAcquisitions(engine.program, engine.types, catalogue, engine.imports), engine);
  const fingerprint = createFingerprinter();
  const judgement = judging(engine, acquisitions, catalogue);
  const drafts = (text.length < short ? atOnce(judgement) : yield* judgement)
    .filter((draft) => levelOf(draft.kind, options, catalogue) !== 'off')
    // Under the name that it had first: a baseline outlives a better one.
    .map((draft) => ({
      draft,
      fingerprint: fingerprint(catalogue.kind(draft.kind)?.formerly?.[0] ?? draft.kind, draft.node),
    }));
  return { parsed, engine, acquisitions, drafts };
}

/** What is hidden needs no fix. */
function isFixed({ confidence }: Draft): boolean {
  return confidence !== 'low';
}

/** The certain fixes of each draft: each is tried on the text before it is offered. */
function* fixesOf(
  { parsed, engine, drafts }: Judged,
  source: SourceText,
  options: AnalyzerOptions,
  catalogue: Catalogue,
  exportsOf: Exports,
): Steps<readonly (readonly Fix[])[]> {
  if (drafts.length === 0 || parsed.syntaxErrors.length > 0) return [];
  const fixer = createFixer(engine);
  return yield* certainFixes(
    source.text,
    drafts.map(({ draft, fingerprint }) => ({
      fingerprint,
      candidates: isFixed(draft) ? fixer(draft) : [],
    })),
    function* (text) {
      const again = yield* judgeText({ path: source.path, text }, options, catalogue, exportsOf);
      return again.parsed.syntaxErrors.length > 0 ? null : again.drafts.map(({ fingerprint }) => fingerprint);
    },
  );
}

function toFinding(
  draft: Draft,
  role: FileRole,
  options: AnalyzerOptions,
  catalogue: Catalogue,
  fingerprint: string,
  fixes: readonly Fix[],
): Finding {
  const { node, kind, mechanism, confidence, message, advice, trail } = draft;
  const override = levelOf(draft.kind, options, catalogue);
  // A test ends, and its process soon after.
  const scaled = role === 'production' ? draft.severity : role === 'test' ? 'low' : demote(draft.severity);
  // Unsure is never worse than a hint.
  const severity = override && override !== 'off' ? override : draft.confidence === 'low' ? 'low' : scaled;
  return {
    kind,
    mechanism,
    severity,
    confidence,
    message,
    advice,
    trail,
    family: catalogue.kind(kind)?.family ?? 'handle',
    range: rangeAt(node),
    fixes,
    fingerprint,
  };
}

/** Of a call in a chain, from its own method on: the chain may begin lines above. */
function rangeAt(node: ts.Node): Finding['range'] {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  if (!callee || !ts.isPropertyAccessExpression(callee) || !ts.isCallExpression(unwrap(callee.expression)))
    return rangeOf(node);
  return rangeOfSpan(node.getSourceFile(), callee.name.getStart(), node.end);
}

function levelOf(kind: string, options: AnalyzerOptions, catalogue: Catalogue): Severity | 'off' | undefined {
  const { severityOverrides } = options;
  const names = [kind, ...(catalogue.kind(kind)?.formerly ?? [])];
  const own = names.find((name) => severityOverrides[name] !== undefined);
  return (
    severityOverrides[own ?? kind] ??
    severityOverrides[`${kind.slice(0, kind.indexOf('/'))}/*`] ??
    severityOverrides['*']
  );
}

function coverageOf(parsed: ParsedFile): FileFindings['coverage'] {
  const [first] = parsed.syntaxErrors;
  return first
    ? { state: 'partial', reason: first.message, range: first.range, syntaxErrors: parsed.syntaxErrors.length }
    : { state: 'full' };
}
