/** The files of one root as they are known: what the last scan, edits since then, and a running scan say of them. */
import { createHash } from 'node:crypto';
import type { FileFindings } from '../../analyzer/findings/findings';
import type { WalkedFile } from '../walk';
import { type Entry, toldOf } from './scanEntry';

export class KnownFiles {
  private entries = new Map<string, Entry>();
  /** Of the files of `entries`, those of which there is something to say. */
  private telling = new Map<string, FileFindings>();
  /** What a running scan has so far. */
  private coming = new Map<string, Entry>();
  /** Files of the last walk by their place in it. */
  private order = new Map<string, number>();

  /** Paths and entries, without what a running scan has. */
  get all(): ReadonlyMap<string, Entry> {
    return this.entries;
  }

  /** Paths and entries, a running scan's before older ones, in the order of the walk. */
  get latest(): readonly (readonly [string, Entry])[] {
    const place = (path: string): number => this.order.get(path) ?? this.order.size;
    return [...new Map([...this.entries, ...this.coming])].sort(([a], [b]) => place(a) - place(b));
  }

  get(path: string): Entry | undefined {
    return this.entries.get(path);
  }

  /** The entry of a running scan, or else the older one. */
  latestOf(path: string): Entry | undefined {
    return this.coming.get(path) ?? this.entries.get(path);
  }

  /** Is there such a file, as far as the last walk and the entries tell? */
  has(path: string): boolean {
    return this.order.has(path) || this.entries.has(path);
  }

  /** Place of a file in the last walk. */
  placeOf(path: string): number | undefined {
    return this.order.get(path);
  }

  set(path: string, entry: Entry): void {
    this.entries.set(path, entry);
    this.noteFindings(path, entry);
  }

  delete(path: string): void {
    this.entries.delete(path);
    this.telling.delete(path);
  }

  clear(): void {
    this.entries.clear();
    this.telling.clear();
  }

  /** Takes entries up whose findings are not told before the next scan; those that are known already are newer. */
  addOlder(entries: Iterable<readonly [string, Entry]>): void {
    this.entries = new Map([...entries, ...this.entries]);
  }

  /** A scan of these files begins. @returns what it has, for it to fill */
  begin(files: readonly WalkedFile[]): Map<string, Entry> {
    const coming = new Map<string, Entry>();
    this.coming = coming;
    this.order = new Map(files.map(({ path }, index) => [path, index]));
    return coming;
  }

  /** What a scan has counts from now on; of one that was stopped, what it did not reach keeps its last entry. */
  settle(scanned: Map<string, Entry>, isStopped: boolean): void {
    this.entries = isStopped ? new Map([...this.entries, ...scanned]) : scanned;
    this.telling = new Map();
    for (const [path, entry] of this.entries) this.noteFindings(path, entry);
  }

  /** The running scan has nothing more. */
  end(): void {
    this.coming = new Map();
  }

  /** Findings of all files, in the order of the walk. */
  get findings(): readonly FileFindings[] {
    return this.inOrder([...this.telling.values()]);
  }

  /** Findings of what a running scan has so far. */
  get comingFindings(): readonly FileFindings[] {
    return this.inOrder([...this.coming.values()].map(toldOf).filter((one) => one !== undefined));
  }

  /** Names all files of the last walk, with what they are. */
  digest(context: string): string {
    // In one piece: a digest of thousands of small ones costs ten times as much.
    const lines = [context];
    for (const path of this.order.keys()) lines.push(path, this.entries.get(path)?.hash ?? '');
    return createHash('sha1').update(lines.join('\n')).digest('base64');
  }

  private noteFindings(path: string, entry: Entry): void {
    const findings = toldOf(entry);
    if (findings) this.telling.set(path, findings);
    else this.telling.delete(path);
  }

  /** In the order of the walk; files that it did not see come last. */
  private inOrder(files: readonly FileFindings[]): readonly FileFindings[] {
    const place = ({ path }: FileFindings): number => this.order.get(path) ?? this.order.size;
    return [...files].sort((a, b) => place(a) - place(b));
  }
}
