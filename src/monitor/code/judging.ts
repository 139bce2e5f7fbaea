/** Analyses of texts in steps, between which others have their turn. */
import type { AnalyzerOptions, FileAnalysis } from '../../analyzer/analyzer';
import { anyElement } from '../../analyzer/census/censusNames';
import { placedBy, scriptsOfPage } from '../../analyzer/census/pages';
import { detached } from '../../analyzer/detached';
import type { Exports } from '../../analyzer/facts/imports';
import { isPage } from '../../analyzer/files/pagePaths';
import type { SkipReason } from '../../analyzer/findings/findings';
import { analyzer } from '../../analyzer/onDemand';
import { importedModules } from './importWords';
import type { Pace } from './pace';
import { type Content, countLines, type Entry } from './scanEntry';

/** What a step goes through in a millisecond, about. */
const charactersPerMs = 5_000;

export interface Judging {
  readonly options: AnalyzerOptions;
  readonly exportsOf: Exports;
  /** Texts of what is kept: neighbours say much the same. */
  readonly strings: Map<string, string>;
  readonly pace: Pace;
  readonly isStopped: () => boolean;
}

/** The analysis of a text. @returns undefined when it was stopped amid it */
export async function analyzeInSteps(
  path: string,
  text: string,
  { options, exportsOf, strings, pace, isStopped }: Judging,
): Promise<FileAnalysis | undefined> {
  const steps = analyzer().analyzing({ path, text }, options, exportsOf, 'now');
  for (;;) {
    const step = steps.next();
    if (step.done) return detached(step.value, strings);
    if (pace.isOver((step.value ?? 0) / charactersPerMs)) {
      await pace.rest();
      if (isStopped()) return undefined;
    }
  }
}

/** The entry of a text that is new: of a page what it loads and places; else analysed, left out, or without a word that matters. @returns null when it was stopped amid it */
export async function judge(path: string, { text, ...content }: Content, judging: Judging): Promise<Entry | null> {
  const lines = countLines(text);
  if (isPage(path)) {
    const imports = importedModules(scriptsOfPage(path, text));
    const said = detached({ imports, placed: placedBy(path, text) }, judging.strings);
    return { ...content, lines, skip: null, analysis: null, ...said };
  }
  const skip = analyzer().classifyFile(path, text);
  // Libraries make elements by the names that they are given, wherever they lie.
  const isElsewhere = skip === 'vendored';
  const imports = (): Pick<Entry, 'imports'> => ({
    imports: detached(
      importedModules(text).filter(({ module }) => !(isElsewhere && module === anyElement)),
      judging.strings,
    ),
  });
  if (skip) return { ...content, lines, skip, analysis: null, ...(isSource(skip) ? imports() : {}) };
  if (!analyzer().mayMatter(text, judging.options)) return { ...content, lines, skip, analysis: null, ...imports() };
  const analysis = await analyzeInSteps(path, text, judging);
  return analysis ? { ...content, lines, skip: null, analysis } : null;
}

/** What is left out, but runs as a part of the program. */
function isSource(skip: SkipReason): boolean {
  return skip === 'generated' || skip === 'vendored';
}
