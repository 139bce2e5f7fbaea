/**
 * What the files of a workspace answer each other's questions, and whom to ask again: an edit concerns only those whose
 * answers may be others by it.
 */
import { type Census, takeCensus, type User } from '../../analyzer/census/census';
import { emptySummary, type FileSummary } from '../../analyzer/facts/exportFacts';
import { type Exports, ownModule } from '../../analyzer/facts/imports';
import { exportOf, handsOut, isStale, type Links } from '../../analyzer/facts/link';
import { createResolver, type ModuleMap, noModules, type Resolver } from '../../analyzer/facts/modules';
import { Dependents } from './dependents';
import type { KnownFiles } from './knownFiles';
import { type Entry, userOf } from './scanEntry';

/** Whom to ask in a round of linking. */
export interface Round {
  /** Did all answers stand before it, but for those of the files that changed? */
  readonly isComplete: boolean;
  readonly toAsk: readonly string[];
}

export class Answers {
  private modules = noModules;
  private resolver = this.resolverOf(noModules);
  /** Do the answers of all files stand, but for what `changed` names? */
  private isLinked = false;
  /** Has a round of the running linking asked everybody? The next ones go by what has changed since. */
  private isAsked = false;
  /** Who asks whom; made when first needed after everything has been linked. */
  private dependents: Dependents | null = null;
  /** Files that may answer otherwise since the last round. */
  private readonly changed = new Set<string>();
  /** Have all files of the workspace been looked at? Only then is it known who uses what. */
  private isWhole = false;
  private census: Census | null = null;
  /** May questions about own exports be answered otherwise since the last round? */
  private isOtherCensus = false;
  private isLinking = false;
  /** Of files whose imports are being judged before them: what they pass on. */
  private readonly coming = new Map<string, FileSummary>();
  private readonly links: Links = {
    census: () => {
      if (!this.isWhole) return undefined;
      this.census ??= takeCensus(
        usersAmong(this.files.all),
        (from, specifier) => this.resolver.resolve(from, specifier),
        (path) => this.resolver.isPublic(path),
        (path) => this.resolver.packageOf(path),
      );
      return this.census;
    },
    resolve: (from, specifier) => this.resolve(from, specifier),
    summaryOf: (path) => this.files.latestOf(path)?.analysis?.summary ?? this.coming.get(path),
  };
  readonly exportsOf: Exports = (from, module, name) => exportOf(this.links, from, module, name);

  constructor(private readonly files: KnownFiles) {}

  private resolverOf(map: ModuleMap): Resolver {
    return createResolver(map, (path) => this.files.has(path));
  }

  /** Aliases and packages by which files name each other. */
  setModules(map: ModuleMap): void {
    this.modules = map;
    this.resolver = this.resolverOf(map);
    this.unlink();
  }

  /** The file that a specifier means. */
  resolve(from: string, specifier: string): string | undefined {
    return this.resolver.resolve(from, specifier);
  }

  /** A specifier may mean another file now. */
  filesCame(): void {
    this.resolver.filesCame();
  }

  /** Names all files of the last walk, with what they are, and how they name each other. */
  digest(): string {
    return this.files.digest(JSON.stringify(this.modules));
  }

  /** The imports of a file are judged before it. */
  begin(path: string, reexports: FileSummary['reexports']): void {
    if (reexports.length > 0) this.coming.set(path, { ...emptySummary, reexports });
  }

  /** It is its own turn. */
  begun(path: string): void {
    this.coming.delete(path);
  }

  /** Any answer may be another one now. */
  unlink(): void {
    this.isLinked = false;
    this.isAsked = false;
    this.dependents = null;
    this.census = null;
  }

  /** All answers stand. */
  markLinked(): void {
    this.isLinked = true;
  }

  /** Says whether all files of the workspace have been looked at. */
  setWhole(isWhole: boolean): void {
    this.isWhole = isWhole;
  }

  /** Notes what a file says now. @returns whether others may be told something else by it */
  note(path: string, before: Entry | undefined, entry: Entry): boolean {
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

  /** Notes that a file is gone. */
  noteGone(path: string): void {
    this.changed.add(path);
    this.countAnew();
    // Who asked it can no longer be told.
    if (!this.dependents) this.unlink();
  }

  /** Is a question of the file answered otherwise now, or does what it imports hand out a resource? */
  isToJudgeAgain(path: string, { analysis, imports, skip, placed }: Entry): boolean {
    if (analysis) return isStale(this.links, path, analysis.lookups);
    if (skip || placed) return false;
    return imports?.some(({ module, names }) => handsOut(this.links, path, module, names)) === true;
  }

  /** Rounds of linking begin: the census stays as it is amid each of them. */
  beginLinking(): void {
    this.isLinking = true;
    // One that was broken off may have asked but a part.
    this.isAsked = false;
  }

  /** Begins a round: only who asked a file that answers otherwise now; everybody in the first, before everything has been linked once. */
  async beginRound(pause: () => Promise<void>): Promise<Round> {
    const isComplete = this.isLinked || this.isAsked;
    this.isAsked = true;
    const changed = new Set(this.changed);
    this.changed.clear();
    const { isOtherCensus } = this;
    if (isOtherCensus) this.census = null;
    this.isOtherCensus = false;
    const toAsk = isComplete ? await this.askersOf(changed, isOtherCensus, pause) : this.files.all.keys();
    return { isComplete, toAsk: [...toAsk] };
  }

  /** Has a round changed what others are told? */
  get hasNews(): boolean {
    return this.changed.size > 0 || this.isOtherCensus;
  }

  /** Files that are not parsed, on which an answer of the census hangs. */
  get wanted(): readonly string[] {
    return [...(this.census?.wanted ?? [])].filter((path) => this.files.get(path)?.analysis === null);
  }

  /** The rounds are over. */
  endLinking(): void {
    this.isLinking = false;
    this.isAsked = false;
    if (this.isOtherCensus) this.census = null;
  }

  /** Amid a link the answers are those of the round; it is followed by another. */
  private countAnew(): void {
    if (!this.isLinking) this.census = null;
    this.isOtherCensus = true;
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
      for (const [path, entry] of this.files.all) {
        this.noteQuestions(dependents, path, entry);
        await pause();
      }
    }
    return isOtherCensus ? new Set([...dependents.of(changed), ...dependents.ofOwn]) : dependents.of(changed);
  }

  private noteQuestions(dependents: Dependents, path: string, { analysis, imports }: Entry): void {
    const reexports = analysis?.summary.reexports ?? [];
    const modules = new Set(
      [...(analysis?.lookups ?? []), ...reexports, ...(imports ?? [])].map(({ module }) => module),
    );
    const asksCensus = modules.delete(ownModule);
    const asked = [...modules].map((module) => this.resolve(path, module));
    dependents.note(
      path,
      asked.filter((one) => one !== undefined),
      reexports.length > 0,
    );
    if (asksCensus) dependents.noteOwn(path);
  }
}

function* usersAmong(entries: ReadonlyMap<string, Entry>): Iterable<User> {
  for (const [path, entry] of entries) yield userOf(path, entry);
}
