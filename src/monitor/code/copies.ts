/** What is put together from other files says again what they say: it weighs little there, and names its source. */
import type { FileFindings, Finding } from '../../analyzer/findings/findings';

/** Folders of what a build gives, and of what a page is served. */
const outputFolder =
  /(?:^|\/)(?:dist|build|built|out|output|release|releases|umd|cjs|esm|docs?|documentation|public|static|assets|www)(?=\/)/gi;
/** A file that is so many times as long as one that says the same is joined from several. */
const joinedFrom = 4;
/** `on line 12`, `(line 12)`: places differ between a source and what is made of it. */
const places = /\blines? \d+/g;
const quotedNames = /`[^`]+`/g;

interface Told {
  readonly file: FileFindings;
  readonly finding: Finding;
}

/**
 * Lowers what a file says that is built of another one where the same is said.
 * @param files findings of all files of a root
 * @param linesOf lines of a file; 0 where that is not known
 * @returns the same files in the same order; a finding that has its source elsewhere is `low`, and its trail ends there
 */
export function toldAtSource(
  files: readonly FileFindings[],
  linesOf: (path: string) => number,
): readonly FileFindings[] {
  const sayings = new Map<string, Told[]>();
  for (const file of files)
    for (const finding of file.findings) {
      const saying = sayingOf(finding);
      const told = sayings.get(saying);
      if (told) told.push({ file, finding });
      else sayings.set(saying, [{ file, finding }]);
    }
  const lowered = new Map<Finding, Finding>();
  for (const told of sayings.values()) {
    if (told.length === 1) continue;
    for (const copy of told) {
      if (copy.finding.severity === 'low') continue;
      const source = told.find((other) => isMadeOf(copy, other, linesOf));
      if (source) lowered.set(copy.finding, copyOf(copy.finding, source));
    }
  }
  if (lowered.size === 0) return files;
  return files.map((file) =>
    file.findings.some((finding) => lowered.has(finding))
      ? { ...file, findings: file.findings.map((finding) => lowered.get(finding) ?? finding) }
      : file,
  );
}

/** What is said, whatever the file and the lines. */
function sayingOf({ kind, message, trail }: Finding): string {
  return [kind, message, ...trail.map((step) => step.message)].join('\n').replace(places, '');
}

function isMadeOf(copy: Told, source: Told, linesOf: (path: string) => number): boolean {
  const [made, from] = [copy.file.path, source.file.path];
  if (made === from || source.file.role !== 'production' || !isAlike(copy.finding, source.finding)) return false;
  const deeper = depthOf(made) - depthOf(from);
  const lines = linesOf(from);
  return deeper > 0 || (deeper === 0 && lines > 0 && linesOf(made) >= joinedFrom * lines);
}

/** Without names of the program's own two files may say the same by chance. */
function isAlike(copy: Finding, source: Finding): boolean {
  return copy.fingerprint === source.fingerprint || new Set(sayingOf(copy).match(quotedNames)).size > 1;
}

/** Number of folders in the path that a build or a server names so. */
function depthOf(path: string): number {
  return path.replaceAll('\\', '/').match(outputFolder)?.length ?? 0;
}

function copyOf(finding: Finding, { file, finding: { range } }: Told): Finding {
  const message = 'The same stands here, of which this file is made';
  return { ...finding, severity: 'low', trail: [...finding.trail, { role: 'held', message, range, file: file.path }] };
}
