/**
 * The files of the agents of one root. Each is looked at, and what changed is read, taken apart and let go before the
 * next: of a text nothing is kept but what it says, so that a fleet that writes all the time leaves little to collect.
 */
import { readAgentFile } from '../sources/agentFiles';
import type { AgentLayout } from '../sources/agentLayout';
import { readStatus, type StatusReading } from '../sources/agentStatus';
import { areStamped, restamped, type Stamps, stampsOf } from '../sources/heartbeat';
import {
  type AgentFile,
  type FileChange,
  forgetVerdicts,
  membersOf,
  type Said,
  type Text,
  unsaid,
  wasGood,
} from './agentFile';
import { type AroundStamps, aroundStamps, digestOf } from './aroundStamps';
import { staysInside } from './confinement';
import { FoldersAbove } from './foldersAbove';
import type { Clock, FileLook, FileSystem, IoResult } from './ports';
import { maxFileBytes, type Root } from './rootFiles';

/** Before an unreadable file is reported it is read once more: its writer may be at work. */
const rereadMs = 250;
/** Clocks of file systems are coarse: what was written a moment ago may be written again at the same time. */
export const settledMs = 2_000;

/** Keeps the byte order mark: the reader reports it. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** What agents say of themselves they say again and again, and many say the same: each text is there once. */
const maxKeptTexts = 30_000;
const maxKeptLength = 200;
const texts = new Map<string, string>();
function keep(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= maxKeptTexts) texts.clear();
  if (text.length <= maxKeptLength) texts.set(text, text);
  return text;
}

interface Taken extends Readonly<Pick<AgentFile, 'status' | 'said' | 'stamps' | 'digest'>> {
  readonly text: Text;
  /** The very text that was read before. */
  readonly isSame: boolean;
}
type Many = NonNullable<FileSystem['many']>;

export interface LookOptions {
  /** Zone of times without one. */
  readonly timeZone: string;
  /** null: the swarm's. */
  readonly layout: AgentLayout | null;
}

/** So many files at a time, before it is asked whether there is time for more. */
const filesAtATime = 1024;

/** What a look saw. */
export interface Looked {
  /** The files that say something else than before, or that somebody wrote again. */
  readonly changes: readonly FileChange[];
  /** How many of the files were looked at, from the first on. */
  readonly count: number;
}

/** Looks at files and reads those that changed. One look at a time. */
export class AgentFilesLook {
  private readonly changes: FileChange[] = [];
  private readonly suspects: AgentFile[] = [];
  private readonly byHand: AgentFile[] = [];
  /** Stamps of the file before. */
  private last: Stamps | null = null;
  private readonly timeZone: string;
  private readonly layout: AgentLayout | null;
  private readonly now: number;

  constructor(
    private readonly ports: { readonly fs: FileSystem; readonly clock: Clock },
    private readonly root: Root,
    options: LookOptions,
  ) {
    this.timeZone = options.timeZone;
    this.layout = options.layout;
    this.now = ports.clock.now();
  }

  /** @param isEnough asked now and then: are the others left for another time? */
  async at(files: readonly AgentFile[], isEnough: () => boolean = () => false): Promise<Looked> {
    let count = 0;
    while (count < files.length && !(count > 0 && isEnough())) {
      const some = files.length <= filesAtATime ? files : files.slice(count, count + filesAtATime);
      await this.visitAll(some);
      count += some.length;
    }
    if (this.suspects.length > 0) {
      await new Promise<void>((resolve) => void this.ports.clock.setTimeout(resolve, rereadMs));
      for (const file of this.suspects) await this.readByHand(file, true);
    }
    return { changes: this.changes, count };
  }

  private async visitAll(files: readonly AgentFile[]): Promise<void> {
    const { many } = this.ports.fs;
    // The folders of a swarm are listed as such; others may have become links since the walk.
    if (many && this.layout) await this.visit(many, await this.dueWithoutLinks(many, files), true);
    else if (many) await this.visit(many, files, false);
    else
      for (const file of files) {
        const stat = await this.ports.fs.stat(file.absolute);
        if (this.isDue(file, stat.ok ? stat.value : null)) this.byHand.push(file);
      }
    for (const file of this.byHand.splice(0)) await this.readByHand(file, false);
  }

  /** Takes what changed. @param areDue it is known that all of them did */
  private async visit(many: Many, files: readonly AgentFile[], areDue: boolean): Promise<void> {
    await many.visit(absolutesOf(files), maxFileBytes, {
      look: (index, look) => {
        const file = files[index];
        if (!file || (!this.isDue(file, look) && !areDue)) return false;
        if (look?.kind === 'file') return true;
        // Not there, or a link: what it leads to is a question of its own.
        this.byHand.push(file);
        return false;
      },
      take: (index, content) => {
        const file = files[index];
        if (file) this.take(file, content);
      },
    });
  }

  /** The files that changed and on whose way below the root there is no link; the others are read by hand. */
  private async dueWithoutLinks(many: Many, files: readonly AgentFile[]): Promise<readonly AgentFile[]> {
    const due: AgentFile[] = [];
    await many.visit(absolutesOf(files), 0, {
      look: (index, look) => {
        const file = files[index];
        if (file && this.isDue(file, look)) due.push(file);
        return false;
      },
      take: ignore,
    });
    const above = new FoldersAbove(this.root.path);
    const folders = [...new Set(due.flatMap(({ absolute }) => above.of(absolute)))];
    const links = new Set<string>();
    await many.visit(folders, 0, {
      look: (index, look) => {
        if (look?.kind !== 'directory') links.add(folders[index] ?? '');
        return false;
      },
      take: ignore,
    });
    if (links.size === 0) return due;
    const isBehindLink = ({ absolute }: AgentFile): boolean => above.of(absolute).some((folder) => links.has(folder));
    this.byHand.push(...due.filter(isBehindLink));
    return due.filter((file) => !isBehindLink(file));
  }

  /** Notes how the file looks; must it be read? */
  private isDue(file: AgentFile, look: FileLook | null): boolean {
    const kind = look?.kind ?? null;
    const size = look?.size ?? 0;
    const mtimeMs = look?.mtimeMs ?? 0;
    const isSame =
      file.isSettled &&
      file.kind === kind &&
      file.size === size &&
      file.mtimeMs === mtimeMs &&
      file.inode === look?.id &&
      file.timeZone === this.timeZone;
    if (isSame && kind !== 'symlink') return false;
    file.kind = kind;
    file.size = size;
    file.mtimeMs = mtimeMs;
    file.inode = look?.id;
    return true;
  }

  private take(file: AgentFile, content: IoResult<Uint8Array>): void {
    const taken = this.takenOf(file, content);
    if (this.isSuspect(file, taken)) this.suspects.push(file);
    else this.keep(file, taken, false, this.mtimeOf(file, taken));
  }

  private takenOf(file: AgentFile, content: IoResult<Uint8Array>): Taken {
    if (!content.ok) return this.untaken(file, faultOf(content.error));
    const bytes = content.value;
    const nul = bytes.indexOf(0);
    if (nul !== -1 && nul < 4096) return this.untaken(file, { error: 'The file is binary, not text' });
    const around = aroundStamps(bytes, file.stamps);
    const isAround = file.digest === around.digest;
    const isSame = isAround && isSaidAgain(file, around);
    if (isAround && file.timeZone === this.timeZone) {
      const { said, stamps, digest } = file;
      const status = this.againOf(file, around);
      if (status !== undefined) return { text: '', isSame, status, said, stamps, digest };
    }
    const text = utf8.decode(bytes);
    if (this.layout) {
      const read = readAgentFile(text, file.path, this.layout, this.timeZone);
      const said: readonly Said[] = read.ok ? read.agents : unsaid(file, read);
      return { text: '', isSame, status: null, said, stamps: null, digest: digestOf(bytes) };
    }
    const status = readStatus(text, file.folder, this.timeZone, keep);
    const { digest, stamps } = stampedOf(text, bytes, status);
    return { text: '', isSame, status, said: null, stamps: this.shared(stamps), digest };
  }

  /** Agents of one kind write alike: stamps at the same places are one object. */
  private shared(stamps: Stamps | null): Stamps | null {
    const { last } = this;
    if (!stamps) return null;
    const isLast =
      last?.length === stamps.length &&
      last.ends.length === stamps.ends.length &&
      last.ends.every((end, index) => end === stamps.ends[index]);
    this.last = isLast ? last : stamps;
    return this.last;
  }

  /** What a text says that is the same around its stamps; undefined: it must be read. */
  private againOf({ status, stamps }: AgentFile, { values }: AroundStamps): StatusReading | null | undefined {
    // Touched, not written: what it says is known.
    if (stamps === null) return status;
    return status?.ok ? (restamped(status, values, this.timeZone) ?? undefined) : undefined;
  }

  /** Of a file without a text. */
  private untaken(file: AgentFile, text: Text): Taken {
    const said = this.layout && unsaid(file, null);
    return { text, isSame: file.digest === null, status: null, said, stamps: null, digest: null };
  }

  /** Is somebody writing it at this moment? */
  private isSuspect(file: AgentFile, { text, digest, status, said }: Taken): boolean {
    // Known to be broken as it stands: said once, not waited for each time.
    if (isBroken(status) || said?.some((one) => isBroken(one.status))) return file.digest !== digest;
    // Between the removal of the old file and the creation of the new one there is none.
    return text === null && wasGood(file) && file.text !== null;
  }

  private async readByHand(file: AgentFile, isAgain: boolean): Promise<void> {
    const read = await this.ports.fs.read(file.absolute, maxFileBytes);
    const taken: Taken =
      read.ok && !(await staysInside(this.ports.fs, file.absolute, this.root.path))
        ? this.untaken(file, { error: 'The file is a link that leads out of the folder; it is not read' })
        : this.takenOf(file, read);
    if (!isAgain && this.isSuspect(file, taken)) {
      this.suspects.push(file);
      return;
    }
    const mtime = file.kind === 'symlink' ? await this.targetTime(file.absolute) : this.mtimeOf(file, taken);
    this.keep(file, taken, isAgain, mtime);
  }

  private mtimeOf(file: AgentFile, { text }: Taken): number | null {
    return text === null || file.kind === null ? null : file.mtimeMs;
  }

  private async targetTime(absolute: string): Promise<number | null> {
    const stat = await this.ports.fs.stat(absolute);
    return stat.ok ? stat.value.mtimeMs : null;
  }

  private keep(file: AgentFile, taken: Taken, isAgain: boolean, mtime: number | null): void {
    const { text, isSame, digest, status, said, stamps } = taken;
    const before = file.text;
    const isFault = typeof text === 'object' && text !== null;
    // What could not be read may be readable without a change of the file.
    file.isSettled = !isAgain && !isFault && (file.kind === null || Math.abs(this.now - file.mtimeMs) > settledMs);
    file.timeZone = this.timeZone;
    // Nothing that is judged by: what was judged stands.
    if (
      before !== undefined &&
      isSame &&
      file.status === status &&
      file.said === said &&
      file.mtime === mtime &&
      isSameText(before, text)
    )
      return;
    const isOther = before === undefined || !isSame;
    const isWritten = isOther && file.digest !== null && digest !== null;
    file.text = text;
    file.status = status;
    file.stamps = stamps;
    file.digest = digest;
    file.mtime = mtime;
    if (said && said !== file.said) file.members = membersOf(said, file.members ?? []);
    file.said = said;
    forgetVerdicts(file);
    this.changes.push({ file, isOther, isWritten });
  }
}

const ignore = (): void => undefined;

/** Is it the very text that was read before? Around the stamps it is the same. */
function isSaidAgain({ status, stamps }: AgentFile, { values }: AroundStamps): boolean {
  return stamps === null || (status?.ok === true && areStamped(status, values));
}

/** By what the next text of the file is told from this one. */
function stampedOf(text: string, bytes: Uint8Array, status: StatusReading): Pick<Taken, 'stamps' | 'digest'> {
  const stamps: Stamps | null = status.ok ? stampsOf(text, bytes.length, status) : null;
  const { digest, values } = aroundStamps(bytes, stamps);
  // Of bytes that are no text a place in the text is none in the bytes.
  if (status.ok && stamps && areStamped(status, values)) return { stamps, digest };
  return { stamps: null, digest: stamps ? digestOf(bytes) : digest };
}

function absolutesOf(files: readonly AgentFile[]): readonly string[] {
  return files.map(({ absolute }) => absolute);
}

function isBroken(status: StatusReading | null): boolean {
  return status?.ok === false;
}

function isSameText(a: Text, b: Text): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && a?.error === b?.error);
}

function faultOf({ code, message }: { readonly code: string; readonly message: string }): Text {
  if (code === 'ENOENT') return null;
  return {
    error: code === 'ETOOBIG' ? `The file is too large: ${message}` : `The file cannot be read: ${message}`,
  };
}
