/**
 * What the analyzer says: findings with severity, confidence, a trail of steps and a fingerprint that survives
 * edits elsewhere in the file. Plain JSON values; every consumer (server, report, exports) works on these.
 */

export type Family = 'listener' | 'handle' | 'cache';
export type Severity = 'high' | 'medium' | 'low';
export type Confidence = 'high' | 'medium' | 'low';

/** How the leak comes about (leak reference, section 2). */
export type Mechanism =
  | 'no-release-on-dispose'
  | 'repeated-registration'
  | 'unbounded-growth'
  | 'error-or-early-exit-path'
  | 'release-never-matches'
  | 'missing-super-or-registration'
  | 'overwritten-before-release'
  | 'race-or-after-await';

/** Half-open text range. Offsets are UTF-16 units from 0; lines and columns start at 0 (as in the language server protocol). */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a step of the trail tells: acquired → held/stored → exit that leaves it open / release that cannot match. */
export type TrailRole = 'acquired' | 'held' | 'repeats' | 'exit' | 'release' | 'forgotten' | 'grows' | 'shrinks';

export interface TrailStep {
  readonly role: TrailRole;
  readonly message: string;
  readonly range: TextRange;
  /** Path of another file when the step is not in the finding's own file. */
  readonly file?: string;
}

/** One replacement in the finding's own file; `start === end` inserts. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** One omission that brings about several findings of a file: what none of them is ended by. */
export interface Omission {
  /** The same for all findings of it, within the file as it is. */
  readonly id: string;
  /** "DOM listener" */
  readonly things: string;
  /** "removed": completes "are not …". */
  readonly ended: string;
  /** Where all of them begin: a function, or else a class. */
  readonly of: string | null;
  /** The teardown that forgets them. */
  readonly by: string | null;
}

export interface Finding {
  /** Kind id such as `listener/dom-event-listener`; its first part is the family. */
  readonly kind: string;
  readonly family: Family;
  readonly mechanism: Mechanism;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One or two plain sentences: resource, holder, multiplier, uncovered exit. No trailing advice. */
  readonly message: string;
  /** What to do, one sentence; empty when nothing certain can be said. */
  readonly advice: string;
  readonly range: TextRange;
  readonly trail: readonly TrailStep[];
  readonly fixes: readonly Fix[];
  /** Stable under line moves and formatting: kind + enclosing scopes + normalised acquisition text + ordinal. Hex. */
  readonly fingerprint: string;
  /** Where other findings of the file have the same cause: views tell it once. */
  readonly omission?: Omission;
}

/** A comment that silences nothing, or lacks its reason. */
export interface SuppressionProblem {
  readonly kind: 'unused' | 'missing-reason' | 'unknown-kind';
  readonly message: string;
  readonly range: TextRange;
}

/** Why a file was looked at only in part or not at all. */
export type Coverage =
  | { readonly state: 'full' }
  | { readonly state: 'partial'; readonly reason: string; readonly range: TextRange; readonly syntaxErrors: number }
  | { readonly state: 'skipped'; readonly reason: SkipReason };

export type SkipReason =
  | 'generated'
  | 'minified'
  | 'vendored'
  | 'declaration'
  | 'too-large'
  | 'binary'
  | 'not-a-script'
  | 'ignored';

/** Position of the finding's role in the program; demotes severity by one level when not `production`. */
export type FileRole = 'production' | 'test' | 'script' | 'example';

export interface FileFindings {
  readonly path: string;
  readonly coverage: Coverage;
  readonly role: FileRole;
  readonly findings: readonly Finding[];
  /** Findings silenced by comments in the file, for the record. */
  readonly suppressed: readonly Finding[];
  readonly suppressionProblems: readonly SuppressionProblem[];
}
