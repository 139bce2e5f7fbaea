/** The scan: read, leave out, prefilter, analyse, drop the tree; in batches that yield. Results are kept per file by content. */
import type { AnalyzerOptions, EditedTree } from '../../analyzer/analyzer';
import { detached } from '../../analyzer/detached';
import type { ModuleMap } from '../../analyzer/facts/modules';
import { fileRoleOf } from '../../analyzer/files/fileRole';
import { isPage, isPageOfProgram } from '../../analyzer/files/pagePaths';
import type { FileFindings, SkipReason } from '../../analyzer/findings/findings';
import { analyzer } from '../../analyzer/onDemand';
import { analyzerBuild, analyzerVersion } from '../../analyzer/version';
import type { Cancellation, Clock, FileSystem } from '../ports';
import type { WalkedFile } from '../walk';
import { decodeCache, encodeCache } from './analysisCache';
import { Answers } from './answers';
import { toldAtSource } from './copies';
import { FileTexts } from './fileTexts';
import { linksIn } from './importWords';
import { analyzeInSteps, type Judging, judge } from './judging';
import { KnownFiles } from './knownFiles';
import { otherLanguage } from './languages';
import { settleAnswers } from './linking';
import { Pace } from './pace';
import { countLines, type Entry, hashOf, unreadPage } from './scanEntry';
import { count, emptyTally, resultOf, type ScanResult } from './scanResult';
import { entryOf, lineOf } from './writtenEntry';

const scriptEnding = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/i;

/** Has the path an ending of TypeScript or JavaScript, or of a component with scripts? */
export function isScript(path: string): boolean {
  return scriptEnding.test(path);
}

/** Longest chain of imports that is followed before a file is judged; the texts of all its files are held meanwhile. */
const maxChain = 100;
/** Pages of a root that are read. Of more, as of a site that is generated, one that is not read stands for all: it may place anything. */
const mostPages = 1000;

function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Keeps the analyses of one root up to date. */
export class CodeScan {
  private readonly files = new KnownFiles();
  private readonly answers = new Answers(this.files);
  private readonly texts: FileTexts;
  /** Of the document that was edited last. */
  private edited: EditedTree | undefined;
  private linked: readonly FileFindings[] = [];
  /** Files of which the last link found that they are made of others. */
  private made: ReadonlySet<string> = new Set();
  private readonly linesOf = (path: string): number => this.files.get(path)?.lines ?? 0;
  /** Counts of the running scan. */
  private tally = emptyTally();
  /** Files whose fixes are still to be tried. */
  private readonly untried = new Set<string>();
  /** Digest of the files among which all answers of the last scan stood; null where they did not, or are edited since. */
  private stoodAmong: string | null = null;
  /** Texts of what is kept since the last link: neighbours say much the same. */
  private readonly strings = new Map<string, string>();
  /** Rises when other options make running work worthless. */
  private epoch = 0;
  private unsaved = false;

  constructor(
    fs: FileSystem,
    private readonly clock: Clock,
    private options: AnalyzerOptions,
    private readonly breathe: () => Promise<void> = oneTurn,
  ) {
    this.texts = new FileTexts(fs, clock);
  }

  /** Other options make every verdict new. */
  setOptions(options: AnalyzerOptions): void {
    if (JSON.stringify(options) === JSON.stringify(this.options)) return;
    this.options = options;
    this.epoch++;
    this.files.clear();
    this.stoodAmong = null;
    this.answers.setWhole(false);
    this.answers.unlink();
  }

  /** Aliases and packages by which files name each other. */
  setModules(map: ModuleMap): void {
    this.answers.setModules(map);
  }

  /** Text of an open document, which counts instead of the file; undefined when it is closed. */
  setOverride(path: string, text: string | undefined): void {
    this.texts.setOverride(path, text);
    if (text === undefined) this.edited?.forget(path);
  }

  /**
   * Analyses one text now and links it with what is known of the other files.
   * @param fixing `later` leaves the fixes of its findings to the next link
   */
  analyzeOne(path: string, text: string, fixing: 'now' | 'later' = 'now'): FileFindings {
    const { analyzeFile, classifyFile, EditedTree } = analyzer();
    const skip = classifyFile(path, text);
    if (skip) {
      this.keep(path, { size: -1, mtimeMs: -1, hash: '', lines: countLines(text), skip, analysis: null });
      return {
        path,
        coverage: { state: 'skipped', reason: skip },
        role: 'production',
        findings: [],
        suppressed: [],
        suppressionProblems: [],
      };
    }
    const hash = hashOf(text);
    const known = this.files.get(path);
    // Asked again about the same text, of which others say the same: editors do so after each refresh.
    const isEnough = known?.analysis && (fixing === 'later' || !known.analysis.untried);
    if (known?.hash === hash && isEnough && !this.answers.isToJudgeAgain(path, known))
      return this.atSource(known.analysis.findings);
    this.edited ??= new EditedTree();
    const edited = this.texts.isOpen(path) ? this.edited : undefined;
    const { exportsOf } = this.answers;
    const analysis = detached(analyzeFile({ path, text }, this.options, exportsOf, fixing, edited), this.strings);
    this.keep(path, { size: -1, mtimeMs: -1, hash, lines: countLines(text), skip: null, analysis });
    return this.atSource(analysis.findings);
  }

  /** What a file says that is known to be made of others, as the next link will say it. */
  private atSource(file: FileFindings): FileFindings {
    if (!this.made.has(file.path)) return file;
    const others = this.linked.filter(({ path }) => path !== file.path);
    return toldAtSource([file, ...others], this.linesOf)[0] ?? file;
  }

  /** Takes an entry up. @returns whether others may be told something else by it */
  private keep(path: string, entry: Entry): boolean {
    const before = this.files.get(path);
    this.files.set(path, entry);
    if (entry.analysis?.untried) this.untried.add(path);
    this.stoodAmong = null;
    return this.answers.note(path, before, entry);
  }

  forget(path: string): void {
    this.files.delete(path);
    this.untried.delete(path);
    this.stoodAmong = null;
    this.answers.noteGone(path);
  }

  /** Was the file looked at, and if it was left out, why? null: no scan has met it. */
  lookedAt(path: string): { readonly skip: SkipReason | null } | null {
    const entry = this.files.get(path);
    return entry ? { skip: entry.skip } : null;
  }

  /** Findings as of the last link, of every file of which there is something to say. */
  get findings(): readonly FileFindings[] {
    return this.linked;
  }

  /**
   * Judges again the files whose questions about other files are answered otherwise now, until all answers stand. Then tries
   * the fixes that were left for later.
   * @param absoluteOf where a file lies, to read it again; undefined for one that is gone
   */
  async relink(
    absoluteOf: (path: string) => string | undefined,
    isCancelled: () => boolean = () => false,
  ): Promise<readonly FileFindings[]> {
    const pace = this.pace();
    const epoch = this.epoch;
    const isStopped = (): boolean => isCancelled() || this.epoch !== epoch;
    const judgeAgain = (path: string): Promise<boolean> =>
      this.judgeAgain(path, absoluteOf(path), this.judging(pace, isStopped));
    const { files, answers } = this;
    await settleAnswers({ files, answers, judgeAgain, pace, isStopped });
    for (const path of [...this.untried]) {
      if (isStopped()) break;
      await pace.step();
      if (this.files.get(path)?.analysis?.untried) await judgeAgain(path);
      // Typed on meanwhile: then it is the turn of the next link.
      if (this.files.get(path)?.analysis?.untried !== true) this.untried.delete(path);
    }
    this.strings.clear();
    if (isStopped()) this.answers.unlink();
    else this.answers.markLinked();
    const told = this.files.findings;
    this.linked = toldAtSource(told, this.linesOf);
    this.made = new Set(this.linked.filter((file, index) => file !== told[index]).map(({ path }) => path));
    return this.linked;
  }

  /** Judges a file by the text that lies there now. @returns whether others may be told something else by it */
  private async judgeAgain(path: string, absolute: string | undefined, judging: Judging): Promise<boolean> {
    const entry = this.files.get(path);
    if (!entry) return false;
    const text = await this.texts.now(path, absolute);
    // Judged by another since: that was with the newer text.
    if (text === undefined || this.files.get(path) !== entry || judging.isStopped()) return false;
    const analysis = await analyzeInSteps(path, text, judging);
    // Meanwhile it may have been edited, or forgotten.
    if (!analysis || this.files.get(path) !== entry) return false;
    const { size, mtimeMs, lines, skip } = entry;
    const hash = hashOf(text);
    this.unsaved = true;
    if (hash === entry.hash) return this.keep(path, { size, mtimeMs, hash, lines, skip, analysis });
    // What lies there is another text by now: verdicts go by the text they were made of, and the next scan reads it again.
    return this.keep(path, { size: -1, mtimeMs: -1, hash, lines: countLines(text), skip: null, analysis });
  }

  private judging(pace: Pace, isStopped: () => boolean): Judging {
    return { options: this.options, exportsOf: this.answers.exportsOf, strings: this.strings, pace, isStopped };
  }

  private pace(): Pace {
    return new Pace(this.clock, this.breathe);
  }

  /**
   * Brings all files up to date.
   * @param progress told the share done, 0–1
   * @param isSubject files that the result is about; the others only serve the links between files
   */
  async scan(
    files: readonly WalkedFile[],
    cancellation: Cancellation,
    progress: (share: number) => void,
    isSubject: (path: string) => boolean = () => true,
  ): Promise<ScanResult> {
    const epoch = this.epoch;
    const isStopped = (): boolean => cancellation.isCancelled() || this.epoch !== epoch;
    const tally = emptyTally();
    this.tally = tally;
    const pages = files.filter(({ path }) => isPageOfProgram(path));
    const [firstPage] = pages;
    const areTooMany = pages.length > mostPages;
    const scripts = files.filter((file) => {
      const { path } = file;
      const language = isSubject(path) ? otherLanguage(path) : null;
      if (language) tally.languages.set(language, (tally.languages.get(language) ?? 0) + 1);
      return isScript(path) || (areTooMany ? file === firstPage : isPageOfProgram(path));
    });
    const pace = this.pace();
    const judging = this.judging(pace, isStopped);
    const scanned = this.files.begin(scripts);
    this.answers.filesCame();
    const take = (path: string, result: Entry | string | null): void => {
      if (result === null) return;
      if (typeof result === 'object') scanned.set(path, result);
      else if (isPage(path)) scanned.set(path, unreadPage);
      // Others are read for the links only.
      if (isSubject(path) && isScript(path)) count(tally, path, result);
    };
    let isAsSaved = true;
    const begun = new Set<string>();
    /** What a file imports comes first: most of its questions then have their answer when it is judged. */
    const visit = async (file: WalkedFile, depth: number): Promise<void> => {
      if (begun.has(file.path) || isStopped()) return;
      begun.add(file.path);
      const read =
        areTooMany && file === firstPage ? 'too-large' : await this.texts.read(file, this.files.get(file.path));
      if (typeof read !== 'object' || read === null || !('text' in read)) take(file.path, read);
      else {
        if (depth < maxChain && isScript(file.path)) {
          const { modules, reexports } = linksIn(read.text);
          // Who imports it and is imported by it learns meanwhile where to ask.
          this.answers.begin(file.path, reexports);
          for (const module of modules) {
            const index = this.files.placeOf(this.answers.resolve(file.path, module) ?? '');
            const imported = index === undefined ? undefined : scripts[index];
            if (imported) await visit(imported, depth + 1);
          }
          this.answers.begun(file.path);
        }
        if (isStopped()) return;
        isAsSaved = false;
        const judged = await judge(file.path, read, judging);
        if (isStopped()) return;
        take(file.path, judged);
        this.unsaved = true;
      }
      progress(scanned.size / scripts.length);
      await pace.step();
    };
    /** What is as it was need not wait for its turn. @returns whether it is */
    const takeKnown = async (file: WalkedFile): Promise<boolean> => {
      const known = await this.texts.unchanged(file, this.files.get(file.path));
      if (!known) return false;
      begun.add(file.path);
      take(file.path, known);
      progress(scanned.size / scripts.length);
      return true;
    };
    const toRead: WalkedFile[] = [];
    for (const file of scripts) {
      if (isStopped()) break;
      if (!(await takeKnown(file))) toRead.push(file);
      if (pace.isOver()) await pace.rest();
    }
    for (const file of productionFirst(toRead)) await visit(file, 0);
    if (this.epoch === epoch) {
      if (!isStopped() && this.files.all.size !== scanned.size) this.unsaved = true;
      this.files.settle(scanned, isStopped());
      this.answers.unlink();
      if (!isStopped()) this.answers.setWhole(true);
    }
    this.files.end();
    const absolutes = new Map(scripts.map((file) => [file.path, file.absolute]));
    const among = this.answers.digest();
    // Nothing is judged anew, among the same files: everybody would be told what was said.
    if (isAsSaved && !isStopped() && among === this.stoodAmong) this.answers.markLinked();
    const linked = await this.relink((path) => absolutes.get(path), isStopped);
    this.stoodAmong = isStopped() || this.answers.digest() !== among ? null : among;
    return resultOf(
      tally,
      linked.filter((file) => isSubject(file.path)),
      isStopped(),
    );
  }

  /**
   * What the running scan has found so far, of every file. Each was judged by what was known of the others then: a verdict that
   * waits for another file is missing.
   */
  soFar(): ScanResult {
    return resultOf(this.tally, this.files.comingFindings, false);
  }

  /** Is there something that is not written down yet? */
  get hasUnsaved(): boolean {
    return this.unsaved;
  }

  /** What is known, to be written to disk by the owner; also amid a scan. */
  async save(): Promise<Uint8Array> {
    this.unsaved = false;
    const entries = this.files.latest;
    // The texts of open documents are not those of the files.
    const ofFiles = entries.filter(([, { size, analysis }]) => size >= 0 && !analysis?.untried);
    const stood = ofFiles.length === entries.length ? this.stoodAmong : null;
    return encodeCache(this.cacheKey(), stood, linesOf(ofFiles), this.pace().step);
  }

  /** Takes a saved state; anything that does not fit is ignored. */
  async load(bytes: Uint8Array): Promise<void> {
    const epoch = this.epoch;
    const entries: (readonly [string, Entry])[] = [];
    const take = (line: string): boolean => {
      const entry = entryOf(line);
      if (entry) entries.push(entry);
      return entry !== undefined;
    };
    const note = await decodeCache(bytes, this.cacheKey(), take, this.pace().step);
    if (this.epoch !== epoch) return;
    // Something is missing: once it is there again, it is worth writing down.
    if (note === null && entries.length > 0) this.unsaved = true;
    if (this.files.all.size === 0) {
      this.stoodAmong = note;
      this.answers.setWhole(note !== null);
    }
    // What was analysed meanwhile is newer.
    this.files.addOlder(entries);
    this.answers.unlink();
    this.answers.filesCame();
  }

  private cacheKey(): string {
    return `${analyzerVersion}|${analyzerBuild}|${JSON.stringify(this.options)}`;
  }
}

function* linesOf(entries: Iterable<readonly [string, Entry]>): Iterable<string> {
  for (const [path, entry] of entries) yield lineOf(path, entry);
}

/** What weighs most is found first: in tests, scripts and examples each finding weighs one level less. */
function productionFirst(files: readonly WalkedFile[]): readonly WalkedFile[] {
  const first: WalkedFile[] = [];
  const later: WalkedFile[] = [];
  for (const file of files) (fileRoleOf(file.path, '') === 'production' ? first : later).push(file);
  return [...first, ...later];
}
