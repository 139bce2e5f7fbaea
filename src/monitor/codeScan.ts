/** The scan: read, leave out, prefilter, analyse, drop the tree; in batches that yield. Results are kept per file by content. */
import { createHash } from 'node:crypto';
import {
  type AnalyzerOptions,
  analyzeFile,
  analyzerVersion,
  analyzing,
  classifyFile,
  type FileAnalysis,
  mayMatter,
} from '../analyzer/analyzer';
import { type Census, takeCensus, type User } from '../analyzer/census';
import { detached } from '../analyzer/detached';
import { emptySummary, type Use } from '../analyzer/exportFacts';
import { fileRoleOf } from '../analyzer/fileRole';
import type { FileFindings, SkipReason } from '../analyzer/findings';
import { type Exports, ownModule } from '../analyzer/imports';
import { exportOf, handsOut, isStale, type Links } from '../analyzer/link';
import { createResolver, type ModuleMap, noModules, type Resolver } from '../analyzer/modules';
import { decodeCache, encodeCache } from './analysisCache';
import { Dependents } from './dependents';
import { otherLanguage } from './languages';
import { Pace } from './pace';
import type { Cancellation, Clock, FileSystem } from './ports';
import type { WalkedFile } from './walk';

export interface ScanResult {
  /** Those of which there is something to say. */
  readonly files: readonly FileFindings[];
  readonly analysed: number;
  readonly lines: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly otherLanguages: readonly { readonly language: string; readonly files: number }[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  readonly cancelled: boolean;
}

interface Entry {
  readonly size: number;
  /** When the file changed last; -1 while that says nothing yet. */
  readonly mtimeMs: number;
  readonly hash: string;
  readonly lines: number;
  /** null: analysed without a candidate, or left out. */
  readonly skip: SkipReason | null;
  readonly analysis: FileAnalysis | null;
  /** Of a file that was not parsed: what it imports, should that hand out a resource. */
  readonly imports?: readonly ImportedNames[];
}

/** Of the analyzer's own source, put in by the build: another analyzer has other verdicts. */
declare const __ANALYZER__: string | undefined;
const analyzerBuild = typeof __ANALYZER__ === 'string' ? __ANALYZER__ : 'source';

const scriptEnding = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/i;

/** Has the path an ending of TypeScript or JavaScript, or of a component with scripts? */
export function isScript(path: string): boolean {
  return scriptEnding.test(path);
}

const maxBytes = 4 * 1024 * 1024;
/** A file that changed this short before it was read may change again without a newer time: its content is compared once more. */
const unsettledMs = 2_000;
/** Chains of files through which a fact may travel; longer ones are left as they are. */
const maxRounds = 6;
/** Longest chain of imports that is followed before a file is judged; the texts of all its files are held meanwhile. */
const maxChain = 100;

function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Keeps the analyses of one root up to date. */
export class CodeScan {
  private entries = new Map<string, Entry>();
  private readonly overrides = new Map<string, string>();
  private linked: readonly FileFindings[] = [];
  /** Of the files of `entries`, those of which there is something to say. */
  private telling = new Map<string, FileFindings>();
  /** What a running scan has so far. */
  private next = new Map<string, Entry>();
  /** Counts of the running scan. */
  private tally: Tally = emptyTally();
  /** Files of the last walk by their place in it. */
  private order = new Map<string, number>();
  /** Do the answers of all files stand, but for what `changed` names? */
  private isLinked = false;
  /** Who asks whom; made when first needed after everything has been linked. */
  private dependents: Dependents | null = null;
  /** Files that may answer otherwise since the last link. */
  private readonly changed = new Set<string>();
  /** Files whose fixes are still to be tried. */
  private readonly untried = new Set<string>();
  /** Digest of the files among which all answers of the last scan stood; null where they did not, or are edited since. */
  private stoodAmong: string | null = null;
  /** Texts of what is kept since the last link: neighbours say much the same. */
  private readonly strings = new Map<string, string>();
  /** Rises when other options make running work worthless. */
  private epoch = 0;
  private unsaved = false;
  private modules = noModules;
  private resolver = this.resolverOf(noModules);
  /** Have all files of the workspace been looked at? Only then is it known who uses what. */
  private isWhole = false;
  private census: Census | null = null;
  /** May questions about own exports be answered otherwise since the last link? */
  private isOtherCensus = false;
  private isLinking = false;
  private readonly links: Links = {
    census: () => {
      if (!this.isWhole) return undefined;
      this.census ??= takeCensus(
        usersAmong(this.entries),
        (from, specifier) => this.resolver.resolve(from, specifier),
        (path) => this.resolver.isPublic(path),
      );
      return this.census;
    },
    resolve: (from, specifier) => this.resolver.resolve(from, specifier),
    summaryOf: (path) => (this.next.get(path) ?? this.entries.get(path))?.analysis?.summary,
  };
  private readonly exportsOf: Exports = (from, module, name) => exportOf(this.links, from, module, name);

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private options: AnalyzerOptions,
    private readonly breathe: () => Promise<void> = oneTurn,
  ) {}

  /** Other options make every verdict new. */
  setOptions(options: AnalyzerOptions): void {
    if (JSON.stringify(options) === JSON.stringify(this.options)) return;
    this.options = options;
    this.epoch++;
    this.entries.clear();
    this.telling.clear();
    this.stoodAmong = null;
    this.isWhole = false;
    this.unlink();
  }

  /** Any answer may be another one now. */
  private unlink(): void {
    this.isLinked = false;
    this.dependents = null;
    this.census = null;
  }

  /** Aliases and packages by which files name each other. */
  setModules(map: ModuleMap): void {
    this.modules = map;
    this.resolver = this.resolverOf(map);
    this.unlink();
  }

  private resolverOf(map: ModuleMap): Resolver {
    return createResolver(map, (path) => this.order.has(path) || this.entries.has(path));
  }

  /** Text of an open document, which counts instead of the file; undefined when it is closed. */
  setOverride(path: string, text: string | undefined): void {
    if (text === undefined) this.overrides.delete(path);
    else this.overrides.set(path, text);
  }

  /**
   * Analyses one text now and links it with what is known of the other files.
   * @param fixing `later` leaves the fixes of its findings to the next link
   */
  analyzeOne(path: string, text: string, fixing: 'now' | 'later' = 'now'): FileFindings {
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
    const known = this.entries.get(path);
    // Asked again about the same text, of which others say the same: editors do so after each refresh.
    const isEnough = known?.analysis && (fixing === 'later' || !known.analysis.untried);
    if (known?.hash === hash && isEnough && !isStale(this.links, path, known.analysis.lookups))
      return known.analysis.findings;
    const analysis = detached(analyzeFile({ path, text }, this.options, this.exportsOf, fixing), this.strings);
    this.keep(path, {
      size: -1,
      mtimeMs: -1,
      hash,
      lines: countLines(text),
      skip: null,
      analysis,
    });
    return analysis.findings;
  }

  /** Takes an entry up. @returns whether others may be told something else by it */
  private keep(path: string, entry: Entry): boolean {
    const before = this.entries.get(path);
    this.entries.set(path, entry);
    if (entry.analysis?.untried) this.untried.add(path);
    this.stoodAmong = null;
    this.noteFindings(path, entry);
    if (this.dependents) this.noteQuestions(this.dependents, path, entry);
    // A file that was not there before may be what a specifier means.
    if (!before) {
      this.unlink();
      this.resolver.filesCame();
    }
    const answers = (one: Entry | undefined): string => JSON.stringify(one?.analysis?.summary ?? emptySummary);
    const isOther = answers(before) !== answers(entry);
    if (isOther) this.changed.add(path);
    const [usedBefore, usesNow] = [before, entry].map((one) => JSON.stringify(one ? userOf(path, one) : null));
    if (usedBefore !== usesNow) this.countAnew();
    return isOther || usedBefore !== usesNow;
  }

  /** Amid a link the answers are those of the round; it is followed by another. */
  private countAnew(): void {
    if (!this.isLinking) this.census = null;
    this.isOtherCensus = true;
  }

  private noteFindings(path: string, { analysis }: Entry): void {
    if (analysis && saysSomething(analysis.findings)) this.telling.set(path, analysis.findings);
    else this.telling.delete(path);
  }

  private noteQuestions(dependents: Dependents, path: string, { analysis, imports }: Entry): void {
    const reexports = analysis?.summary.reexports ?? [];
    const modules = new Set(
      [...(analysis?.lookups ?? []), ...reexports, ...(imports ?? [])].map(({ module }) => module),
    );
    const asksCensus = modules.delete(ownModule);
    const asked = [...modules].map((module) => this.links.resolve(path, module));
    dependents.note(
      path,
      asked.filter((one) => one !== undefined),
      reexports.length > 0,
    );
    if (asksCensus) dependents.noteOwn(path);
  }

  forget(path: string): void {
    this.entries.delete(path);
    this.telling.delete(path);
    this.untried.delete(path);
    this.changed.add(path);
    this.stoodAmong = null;
    this.countAnew();
    // Who asked it can no longer be told.
    if (!this.dependents) this.unlink();
  }

  /** Was the file looked at, and if it was left out, why? null: no scan has met it. */
  lookedAt(path: string): { readonly skip: SkipReason | null } | null {
    const entry = this.entries.get(path);
    return entry ? { skip: entry.skip } : null;
  }

  /** Findings as of the last link, of every file of which there is something to say. */
  get findings(): readonly FileFindings[] {
    return this.linked;
  }

  /**
   * Judges again the files whose questions about other files are answered otherwise now, until all answers stand. Rounds are
   * bounded: files that import each other in a circle may otherwise never agree. Then tries the fixes that were left for later.
   * @param absoluteOf where a file lies, to read it again; undefined for one that is gone
   */
  async relink(
    absoluteOf: (path: string) => string | undefined,
    isCancelled: () => boolean = () => false,
  ): Promise<readonly FileFindings[]> {
    const pace = this.pace();
    const epoch = this.epoch;
    const isStopped = (): boolean => isCancelled() || this.epoch !== epoch;
    this.isLinking = true;
    for (let round = 0; round < maxRounds; ) {
      // Only who asked a file that answers otherwise now; before everything has been linked once, everybody.
      const isComplete = this.isLinked;
      const changed = new Set(this.changed);
      this.changed.clear();
      const { isOtherCensus } = this;
      if (isOtherCensus) this.census = null;
      this.isOtherCensus = false;
      const toAsk = isComplete ? await this.askersOf(changed, isOtherCensus, pace.step) : this.entries.keys();
      let isNews = false;
      for (const path of [...toAsk]) {
        if (isStopped()) break;
        await pace.step();
        const entry = this.entries.get(path);
        if (entry && this.isToJudgeAgain(path, entry))
          isNews = (await this.judgeAgain(path, entry, absoluteOf, pace, isStopped)) || isNews;
      }
      // A file is parsed for the census once, so this ends.
      const wanted = [...(this.census?.wanted ?? [])].filter((path) => this.entries.get(path)?.analysis === null);
      for (const path of wanted) {
        if (isStopped()) break;
        await pace.step();
        const entry = this.entries.get(path);
        if (entry) isNews = (await this.judgeAgain(path, entry, absoluteOf, pace, isStopped)) || isNews;
      }
      const isLearned = wanted.some((path) => this.entries.get(path)?.analysis);
      if (!isNews || (isComplete && this.changed.size === 0 && !this.isOtherCensus)) break;
      if (!isLearned) round++;
    }
    this.isLinking = false;
    if (this.isOtherCensus) this.census = null;
    for (const path of [...this.untried]) {
      if (isStopped()) break;
      await pace.step();
      const entry = this.entries.get(path);
      if (entry?.analysis?.untried) await this.judgeAgain(path, entry, absoluteOf, pace, isStopped);
      // Typed on meanwhile: then it is the turn of the next link.
      if (this.entries.get(path)?.analysis?.untried !== true) this.untried.delete(path);
    }
    this.strings.clear();
    if (isStopped()) this.unlink();
    else this.isLinked = true;
    this.linked = this.inOrder([...this.telling.values()]);
    return this.linked;
  }

  /** Judges a file by the text that lies there now. @returns whether others may be told something else by it */
  private async judgeAgain(
    path: string,
    entry: Entry,
    absoluteOf: (path: string) => string | undefined,
    pace: Pace,
    isStopped: () => boolean,
  ): Promise<boolean> {
    const text = await this.textOf(path, absoluteOf);
    // Judged by another since: that was with the newer text.
    if (text === undefined || this.entries.get(path) !== entry || isStopped()) return false;
    const analysis = await this.analyze(path, text, pace, isStopped);
    // Meanwhile it may have been edited, or forgotten.
    if (!analysis || this.entries.get(path) !== entry) return false;
    const { imports: _, ...rest } = entry;
    const hash = hashOf(text);
    // What lies there may be another text by now: verdicts go by the text they were made of, and the next scan reads it again.
    const content =
      hash === entry.hash ? rest : { ...rest, hash, size: -1, mtimeMs: -1, lines: countLines(text), skip: null };
    this.unsaved = true;
    return this.keep(path, { ...content, analysis });
  }

  /** Who may be told something else by the files that changed. */
  private async askersOf(
    changed: ReadonlySet<string>,
    isOtherCensus: boolean,
    pause: () => Promise<void>,
  ): Promise<ReadonlySet<string>> {
    if (changed.size === 0 && !isOtherCensus) return changed;
    let { dependents } = this;
    if (!dependents) {
      dependents = new Dependents();
      this.dependents = dependents;
      for (const [path, entry] of this.entries) {
        this.noteQuestions(dependents, path, entry);
        await pause();
      }
    }
    return isOtherCensus ? new Set([...dependents.of(changed), ...dependents.ofOwn]) : dependents.of(changed);
  }

  private isToJudgeAgain(path: string, { analysis, imports, skip }: Entry): boolean {
    if (analysis) return isStale(this.links, path, analysis.lookups);
    if (skip) return false;
    return imports?.some(({ module, names }) => handsOut(this.links, path, module, names)) === true;
  }

  private async textOf(path: string, absoluteOf: (path: string) => string | undefined): Promise<string | undefined> {
    const override = this.overrides.get(path);
    if (override !== undefined) return override;
    const absolute = absoluteOf(path);
    const read = absolute === undefined ? undefined : await this.fs.read(absolute, maxBytes);
    return read?.ok ? new TextDecoder('utf-8').decode(read.value) : undefined;
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
    const next = new Map<string, Entry>();
    this.next = next;
    const epoch = this.epoch;
    const isStopped = (): boolean => cancellation.isCancelled() || this.epoch !== epoch;
    const tally = emptyTally();
    this.tally = tally;
    const { skipped, languages, unreadable } = tally;
    const scripts = files.filter(({ path }) => {
      const language = isSubject(path) ? otherLanguage(path) : null;
      if (language) languages.set(language, (languages.get(language) ?? 0) + 1);
      return isScript(path);
    });
    const pace = this.pace();
    this.order = new Map(scripts.map(({ path }, index) => [path, index]));
    this.resolver.filesCame();
    const take = (path: string, result: Entry | string | null): void => {
      if (typeof result === 'string') {
        if (isSubject(path)) unreadable.push({ path, message: result });
      } else if (result) {
        next.set(path, result);
        if (!isSubject(path)) {
          // Read for the links only.
        } else if (result.skip) skipped[result.skip] = (skipped[result.skip] ?? 0) + 1;
        else {
          tally.analysed++;
          tally.lines += result.lines;
        }
      }
    };
    let isAsSaved = true;
    const begun = new Set<string>();
    /** What a file imports comes first: most of its questions then have their answer when it is judged. */
    const visit = async (file: WalkedFile, depth: number): Promise<void> => {
      if (begun.has(file.path) || isStopped()) return;
      begun.add(file.path);
      const read = await this.read(file);
      if (typeof read !== 'object' || read === null || !('text' in read)) take(file.path, read);
      else {
        if (depth < maxChain)
          for (const module of modulesIn(read.text)) {
            const index = this.order.get(this.links.resolve(file.path, module) ?? '');
            const imported = index === undefined ? undefined : scripts[index];
            if (imported) await visit(imported, depth + 1);
          }
        if (isStopped()) return;
        isAsSaved = false;
        const judged = await this.judge(file.path, read, pace, isStopped);
        if (isStopped()) return;
        take(file.path, judged);
        this.unsaved = true;
      }
      progress(next.size / scripts.length);
      await pace.step();
    };
    for (const file of productionFirst(scripts)) await visit(file, 0);
    if (this.epoch === epoch) {
      if (!isStopped() && this.entries.size !== next.size) this.unsaved = true;
      // What was not reached keeps its last analysis.
      this.entries = isStopped() ? new Map([...this.entries, ...next]) : next;
      this.unlink();
      this.telling = new Map();
      for (const [path, entry] of this.entries) this.noteFindings(path, entry);
      if (!isStopped()) this.isWhole = true;
    }
    this.next = new Map();
    const absolutes = new Map(scripts.map((file) => [file.path, file.absolute]));
    const among = this.digest();
    // Nothing is judged anew, among the same files: everybody would be told what was said.
    if (isAsSaved && !isStopped() && among === this.stoodAmong) this.isLinked = true;
    const linked = await this.relink((path) => absolutes.get(path), isStopped);
    this.stoodAmong = isStopped() || this.digest() !== among ? null : among;
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
    const found = [...this.next.values()].flatMap(({ analysis }) =>
      analysis && saysSomething(analysis.findings) ? [analysis.findings] : [],
    );
    return resultOf(this.tally, this.inOrder(found), false);
  }

  /** Is there something that is not written down yet? */
  get hasUnsaved(): boolean {
    return this.unsaved;
  }

  /** Names all files of the last walk, with what they are, and how they name each other. */
  private digest(): string {
    const hash = createHash('sha1').update(JSON.stringify(this.modules));
    for (const path of this.order.keys()) hash.update(`\n${path}\n${this.entries.get(path)?.hash ?? ''}`);
    return hash.digest('base64');
  }

  /** What is known, to be written to disk by the owner; also amid a scan. */
  async save(): Promise<Uint8Array> {
    this.unsaved = false;
    const entries = new Map([...this.entries, ...this.next]);
    // The texts of open documents are not those of the files.
    const ofFiles = [...entries].filter(([, { size, analysis }]) => size >= 0 && !analysis?.untried);
    const stood = ofFiles.length === entries.size ? this.stoodAmong : null;
    return encodeCache(this.cacheKey(), stood, ofFiles, this.pace().step);
  }

  /** Takes a saved state; anything that does not fit is ignored. */
  async load(bytes: Uint8Array): Promise<void> {
    const epoch = this.epoch;
    const { entries, note } = await decodeCache(bytes, this.cacheKey(), isSavedEntry, this.pace().step);
    if (this.epoch !== epoch) return;
    if (this.entries.size === 0) {
      this.stoodAmong = note;
      this.isWhole = note !== null;
    }
    // What was analysed meanwhile is newer.
    this.entries = new Map([...entries, ...this.entries]);
    this.unlink();
    this.resolver.filesCame();
  }

  private cacheKey(): string {
    return `${analyzerVersion}|${analyzerBuild}|${JSON.stringify(this.options)}`;
  }

  /** In the order of the walk; files that it did not see come last. */
  private inOrder(files: readonly FileFindings[]): readonly FileFindings[] {
    const place = ({ path }: FileFindings): number => this.order.get(path) ?? this.order.size;
    return [...files].sort((a, b) => place(a) - place(b));
  }

  /** The entry of a file that is as it was, or its text; a message where it cannot be read, null where it is gone. */
  private async read(file: WalkedFile): Promise<Entry | Content | string | null> {
    const override = this.overrides.get(file.path);
    const known = this.entries.get(file.path);
    if (override !== undefined) {
      const hash = hashOf(override);
      return known && known.hash === hash ? known : { text: override, hash, size: -1, mtimeMs: -1 };
    }
    const stat = await this.fs.stat(file.absolute);
    // Gone since it was listed.
    if (!stat.ok) return stat.error.code === 'ENOENT' ? null : stat.error.message;
    const { size } = stat.value;
    // The later of both: a tool may set the time of the content back, but not that of the change.
    const changedMs = Math.max(stat.value.mtimeMs, stat.value.ctimeMs ?? 0);
    const mtimeMs = this.clock.now() - changedMs > unsettledMs ? changedMs : -1;
    if (known && known.size === size && known.mtimeMs === changedMs) return known;
    const read = await this.fs.read(file.absolute, maxBytes);
    if (!read.ok) {
      if (read.error.code === 'ENOENT') return null;
      return read.error.code === 'ETOOBIG'
        ? { size, mtimeMs, hash: 'too-large', lines: 0, skip: 'too-large', analysis: null }
        : read.error.message;
    }
    const text = new TextDecoder('utf-8').decode(read.value);
    const hash = hashOf(text);
    return known && known.hash === hash ? { ...known, size, mtimeMs } : { text, hash, size, mtimeMs };
  }

  /** @returns undefined when it was stopped amid it */
  private async analyze(
    path: string,
    text: string,
    pace: Pace,
    isStopped: () => boolean,
  ): Promise<FileAnalysis | undefined> {
    const steps = analyzing({ path, text }, this.options, this.exportsOf, 'now');
    for (;;) {
      const step = steps.next();
      if (step.done) return detached(step.value, this.strings);
      if (pace.isOver()) {
        await pace.rest();
        if (isStopped()) return undefined;
      }
    }
  }

  /** @returns null when it was stopped amid it */
  private async judge(
    path: string,
    { text, ...content }: Content,
    pace: Pace,
    isStopped: () => boolean,
  ): Promise<Entry | null> {
    const lines = countLines(text);
    const skip = classifyFile(path, text);
    const imports = (): Pick<Entry, 'imports'> => ({ imports: detached(importedModules(text), this.strings) });
    if (skip) return { ...content, lines, skip, analysis: null, ...(isSource(skip) ? imports() : {}) };
    if (!mayMatter(text, this.options)) return { ...content, lines, skip, analysis: null, ...imports() };
    const analysis = await this.analyze(path, text, pace, isStopped);
    return analysis ? { ...content, lines, skip: null, analysis } : null;
  }
}

/** What weighs most is found first: in tests, scripts and examples each finding weighs one level less. */
function productionFirst(files: readonly WalkedFile[]): readonly WalkedFile[] {
  const isProduction = ({ path }: WalkedFile): boolean => fileRoleOf(path, '') === 'production';
  return [...files.filter(isProduction), ...files.filter((file) => !isProduction(file))];
}

interface Tally {
  readonly skipped: Record<string, number>;
  readonly languages: Map<string, number>;
  readonly unreadable: { readonly path: string; readonly message: string }[];
  analysed: number;
  lines: number;
}

function emptyTally(): Tally {
  return { skipped: {}, languages: new Map(), unreadable: [], analysed: 0, lines: 0 };
}

function resultOf(
  { languages, skipped, unreadable, analysed, lines }: Tally,
  files: readonly FileFindings[],
  cancelled: boolean,
): ScanResult {
  const otherLanguages = [...languages]
    .map(([language, count]) => ({ language, files: count }))
    .sort((a, b) => b.files - a.files);
  return { files, analysed, lines, skipped: { ...skipped }, otherLanguages, unreadable, cancelled };
}

/** A file that is new or has changed. */
interface Content {
  readonly text: string;
  readonly hash: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Most files are fine; of those nothing is kept in lists. */
function saysSomething({ findings, suppressed, suppressionProblems, coverage }: FileFindings): boolean {
  return findings.length > 0 || suppressed.length > 0 || suppressionProblems.length > 0 || coverage.state === 'partial';
}

function userOf(path: string, { analysis, imports, skip }: Entry): User {
  if (analysis) return { path, uses: analysis.summary.uses ?? [], reexports: analysis.summary.reexports };
  const uses = (imports ?? []).flatMap(({ module, names, isType }): readonly Use[] =>
    isType ? [] : (names ?? ['*']).map((name) => ({ module, name })),
  );
  return { path, uses, reexports: [], isUnread: skip === null };
}

function* usersAmong(entries: ReadonlyMap<string, Entry>): Iterable<User> {
  for (const [path, entry] of entries) yield userOf(path, entry);
}

/** What is left out, but runs as a part of the program. */
function isSource(skip: SkipReason): boolean {
  return skip === 'generated' || skip === 'vendored';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Path and entry, whole enough that nothing later trips over it. */
function isSavedEntry(value: unknown): value is [string, Entry] {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || !isObject(value[1])) return false;
  const { size, mtimeMs, hash, lines, skip, analysis } = value[1];
  return (
    [size, mtimeMs, lines].every((number) => typeof number === 'number') &&
    typeof hash === 'string' &&
    (skip === null || typeof skip === 'string') &&
    (analysis === null ||
      (isObject(analysis) &&
        isObject(analysis.findings) &&
        Array.isArray(analysis.findings.findings) &&
        isObject(analysis.summary) &&
        isObject(analysis.summary.exports) &&
        Array.isArray(analysis.lookups)))
  );
}

interface ImportedNames {
  readonly module: string;
  /** Names as the module exports them; undefined where the text takes the module as a whole. */
  readonly names?: readonly string[];
  /** Only types are imported. */
  readonly isType?: true;
}

const importing = /(?:\b(?:import|export)\s([^'"`;]*?)\bfrom|\brequire\()\s*['"]([^'"\n]+)['"]/g;

/** The modules that a text imports, by its words. */
function modulesIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , module] of text.matchAll(importing)) if (module !== undefined) found.add(module);
  return found;
}

/** What a text imports, by its words: only to know whether it is worth parsing. */
function importedModules(text: string): readonly ImportedNames[] {
  const found = new Map<string, ImportedNames>();
  const add = (one: ImportedNames): void => {
    const key = `${one.isType ? 'type ' : ''}${one.module}`;
    const before = found.get(key);
    const names = before?.names && one.names ? [...before.names, ...one.names] : undefined;
    found.set(key, !before || names ? { ...one, ...(names ? { names } : {}) } : before.names ? one : before);
  };
  for (const [, module] of text.matchAll(/\bimport\s*\(\s*['"]([^'"\n]+)['"]/g))
    if (module !== undefined) add({ module, names: ['*'] });
  for (const [, clause, module] of text.matchAll(importing)) {
    if (module === undefined) continue;
    if (clause === undefined || clause.includes('*')) add({ module });
    else {
      const isType = /^\s*type\s/.test(clause);
      const { values, types } = namesOf(isType ? clause.replace('type', '') : clause);
      if (!isType && (values.length > 0 || types.length === 0)) add({ module, names: values });
      const ofTypes = isType ? [...values, ...types] : types;
      if (ofTypes.length > 0) add({ module, names: ofTypes, isType: true });
    }
  }
  return [...found.values()];
}

/** `Main, { A, type B as C }` → values `default` and `A`, type `B` */
function namesOf(clause: string): { readonly values: readonly string[]; readonly types: readonly string[] } {
  const [outside = '', inside = ''] = clause.split('{');
  const values = /\w/.test(outside) ? ['default'] : [];
  const types: string[] = [];
  for (const part of inside.replace('}', '').split(',')) {
    const [first = '', second] = part.trim().split(/\s+/);
    if (first === 'type' && second !== undefined && second !== 'as') types.push(second);
    else if (first !== '') values.push(first);
  }
  return { values, types };
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
