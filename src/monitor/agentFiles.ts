/**
 * The files of the agents of one root. Each is looked at, and what changed is read, taken apart and let go before the
 * next: of a text nothing is kept but what it says, so that a fleet that writes all the time leaves little to collect.
 */
import { hash } from 'node:crypto';
import { readAgentFile } from '../sources/agentFiles';
import type { AgentLayout } from '../sources/agentLayout';
import { readStatus, type StatusReading } from '../sources/agentStatus';
import { type AgentFile, type FileChange, type Known, membersOf, type Text, unsaid, wasGood } from './agentFile';
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

type Taken = Pick<Known, 'text' | 'hash' | 'status' | 'said'>;
type Many = NonNullable<FileSystem['many']>;

export interface LookOptions {
  /** Zone of times without one. */
  readonly timeZone: string;
  /** null: the swarm's. */
  readonly layout: AgentLayout | null;
}

/** Looks at files and reads those that changed. One look at a time. */
export class AgentFilesLook {
  private readonly changes: FileChange[] = [];
  private readonly suspects: AgentFile[] = [];
  private readonly byHand: AgentFile[] = [];
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

  /** @returns the files that say something else than before, or that somebody wrote again */
  async at(files: readonly AgentFile[]): Promise<readonly FileChange[]> {
    const { many } = this.ports.fs;
    // The folders of a swarm are listed as such; others may have become links since the walk.
    if (many && this.layout) await this.visit(many, await this.dueWithoutLinks(many, files), true);
    else if (many) await this.visit(many, files, false);
    else
      for (const file of files) {
        const stat = await this.ports.fs.stat(file.absolute);
        if (this.isDue(file, stat.ok ? stat.value : null)) this.byHand.push(file);
      }
    for (const file of this.byHand) await this.readByHand(file, false);
    if (this.suspects.length > 0) {
      await new Promise<void>((resolve) => void this.ports.clock.setTimeout(resolve, rereadMs));
      for (const file of this.suspects) await this.readByHand(file, true);
    }
    return this.changes;
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
    if (bytes.subarray(0, 4096).includes(0)) return this.untaken(file, { error: 'The file is binary, not text' });
    const digest = hash('sha1', bytes, 'base64');
    const { known } = file;
    // Touched, not written: what it says is known.
    if (known !== null && known.hash === digest && file.timeZone === this.timeZone)
      return { text: '', hash: digest, status: known.status, said: known.said };
    const text = utf8.decode(bytes);
    if (!this.layout)
      return { text: '', hash: digest, status: readStatus(text, file.folder, this.timeZone, keep), said: null };
    const read = readAgentFile(text, file.path, this.layout, this.timeZone);
    return { text: '', hash: digest, status: null, said: read.ok ? read.agents : unsaid(file, read) };
  }

  /** Of a file without a text. */
  private untaken(file: AgentFile, text: Text): Taken {
    return { text, hash: null, status: null, said: this.layout && unsaid(file, null) };
  }

  /** Is somebody writing it at this moment? */
  private isSuspect(file: AgentFile, { text, hash: digest, status, said }: Taken): boolean {
    // Known to be broken as it stands: said once, not waited for each time.
    if (isBroken(status) || said?.some((one) => isBroken(one.status))) return file.known?.hash !== digest;
    // Between the removal of the old file and the creation of the new one there is none.
    return text === null && wasGood(file) && file.known?.text !== null;
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
    const { text, hash: digest, status, said } = taken;
    const before = file.known;
    const isFault = typeof text === 'object' && text !== null;
    // What could not be read may be readable without a change of the file.
    file.isSettled = !isAgain && !isFault && (file.kind === null || Math.abs(this.now - file.mtimeMs) > settledMs);
    file.timeZone = this.timeZone;
    // Nothing that is judged by: the old object stands, so that what was judged by it stands too.
    if (
      before &&
      before.hash === digest &&
      before.mtime === mtime &&
      isSameText(before.text, text) &&
      before.status === status &&
      before.said === said
    )
      return;
    const known: Known = {
      text,
      status,
      said,
      hash: digest,
      mtime,
      changedAt: before?.changedAt ?? null,
      lastCommit: before?.lastCommit ?? null,
    };
    file.known = known;
    if (said && said !== before?.said) file.members = membersOf(said, file.members ?? []);
    this.changes.push({ file, before, known });
  }
}

const ignore = (): void => undefined;

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
