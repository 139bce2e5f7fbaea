/** The texts that a scan reads: of the files as they lie there, and of open documents, which count instead. */
import type { Clock, FileStat, FileSystem } from '../ports';
import type { WalkedFile } from '../walk';
import { type Content, type Entry, hashOf, withTimes } from './scanEntry';

const maxBytes = 4 * 1024 * 1024;
/** A file that changed this short before it was read may change again without a newer time: its content is compared once more. */
const unsettledMs = 2_000;

const decoder = new TextDecoder();

export class FileTexts {
  private readonly overrides = new Map<string, string>();

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
  ) {}

  /** Text of an open document, which counts instead of the file; undefined when it is closed. */
  setOverride(path: string, text: string | undefined): void {
    if (text === undefined) this.overrides.delete(path);
    else this.overrides.set(path, text);
  }

  isOpen(path: string): boolean {
    return this.overrides.has(path);
  }

  /** What is known of a file, if it is as it was by its size and times; undefined where it has to be read to tell. */
  async unchanged(file: WalkedFile, known: Entry | undefined): Promise<Entry | undefined> {
    if (!known) return undefined;
    const override = this.overrides.get(file.path);
    if (override !== undefined) return known.hash === hashOf(override) ? known : undefined;
    const stat = await this.fs.stat(file.absolute);
    return stat.ok && isAsKnown(stat.value, known) ? known : undefined;
  }

  /** What is known of a file that is as it was, or its text; a message where it cannot be read, null where it is gone. */
  async read(file: WalkedFile, known: Entry | undefined): Promise<Entry | Content | string | null> {
    const override = this.overrides.get(file.path);
    if (override !== undefined) {
      const hash = hashOf(override);
      return known && known.hash === hash ? known : { text: override, hash, size: -1, mtimeMs: -1 };
    }
    const stat = await this.fs.stat(file.absolute);
    // Gone since it was listed.
    if (!stat.ok) return stat.error.code === 'ENOENT' ? null : stat.error.message;
    if (known && isAsKnown(stat.value, known)) return known;
    const { size } = stat.value;
    const changedMs = changedAt(stat.value);
    const mtimeMs = this.clock.now() - changedMs > unsettledMs ? changedMs : -1;
    const read = await this.fs.read(file.absolute, maxBytes);
    if (!read.ok) {
      if (read.error.code === 'ENOENT') return null;
      return read.error.code === 'ETOOBIG'
        ? { size, mtimeMs, hash: 'too-large', lines: 0, skip: 'too-large', analysis: null }
        : read.error.message;
    }
    const text = decoder.decode(read.value);
    const hash = hashOf(text);
    return known && known.hash === hash ? withTimes(known, size, mtimeMs) : { text, hash, size, mtimeMs };
  }

  /**
   * The text that counts now.
   * @param absolute where the file lies; undefined for one that is gone
   */
  async now(path: string, absolute: string | undefined): Promise<string | undefined> {
    const override = this.overrides.get(path);
    if (override !== undefined) return override;
    const read = absolute === undefined ? undefined : await this.fs.read(absolute, maxBytes);
    return read?.ok ? decoder.decode(read.value) : undefined;
  }
}

/** The later of both times: a tool may set that of the content back, but not that of the change. */
function changedAt({ mtimeMs, ctimeMs }: FileStat): number {
  return Math.max(mtimeMs, ctimeMs ?? 0);
}

function isAsKnown(stat: FileStat, known: Entry): boolean {
  return known.size === stat.size && known.mtimeMs === changedAt(stat);
}
