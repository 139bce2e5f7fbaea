/**
 * The status files of the agents of one root. Each is looked at, and what changed is read, taken apart and let go before the
 * next: of a text nothing is kept but what it says, so that a fleet that writes all the time leaves little to collect.
 */
import { hash } from 'node:crypto';
import { canonicalId } from '../sources/agentIdentity';
import { readStatus, type StatusContent, type StatusReading } from '../sources/agentStatus';
import type { AgentFolder, AgentReading } from '../sources/agents';
import type { FileFacts } from '../sources/liveness';
import { staysInside } from './confinement';
import type { Clock, FileLook, FileSystem, IoResult } from './ports';
import { maxFileBytes, type Root } from './rootFiles';

/** Before an unreadable file is reported it is read once more: its writer may be at work. */
const rereadMs = 250;
/** Clocks of file systems are coarse: what was written a moment ago may be written again at the same time. */
export const settledMs = 2_000;

/** null: there is no file; '' stands for a text that was read. */
type Text = Exclude<AgentFolder['text'], string> | '';

/** What an agent's file said when it was read last. Another object when anything changed that is judged by. */
export interface Known {
  readonly text: Text;
  readonly status: StatusReading | null;
  readonly hash: string | null;
  readonly mtime: number | null;
  /** When this process saw the content change while no commit did; set once, after all files were looked at. */
  changedAt: number | null;
  lastCommit: number | null;
}

/** The verdict on an agent, and what it rests on. */
export interface Judged {
  readonly reading: AgentReading;
  readonly known: Known;
  readonly git: FileFacts['git'];
  readonly lastCommit: number | null;
  readonly isBulk: boolean;
  readonly options: string;
  readonly until: number;
}

/** One agent's file: where it is, how it looked, what it said. */
export interface AgentFile {
  readonly folder: string;
  /** Canonical id of the folder. */
  readonly id: string;
  /** Relative to the root. */
  readonly path: string;
  readonly absolute: string;
  /** How the file looked; null: it was not there. */
  kind: FileLook['kind'] | null;
  size: number;
  mtimeMs: number;
  inode: FileLook['id'];
  /** Zone that its times were read in. */
  timeZone: string;
  /** The same look means the same text. */
  isSettled: boolean;
  known: Known | null;
  judged: Judged | null;
  lastGood: StatusContent | null;
}

export interface FileChange {
  readonly file: AgentFile;
  readonly before: Known | null;
  readonly known: Known;
}

/** A file of which nothing is known yet. */
export function newAgentFile(folder: string, path: string, absolute: string): AgentFile {
  return {
    folder,
    id: canonicalId(folder),
    path,
    absolute,
    kind: null,
    size: 0,
    mtimeMs: 0,
    inode: undefined,
    timeZone: '',
    isSettled: false,
    known: null,
    judged: null,
    lastGood: null,
  };
}

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

interface Taken {
  readonly text: Text;
  readonly hash: string | null;
  readonly status: StatusReading | null;
}

/** Looks at files and reads those that changed. One look at a time. */
export class AgentFilesLook {
  private readonly changes: FileChange[] = [];
  private readonly suspects: AgentFile[] = [];
  private readonly byHand: AgentFile[] = [];
  private readonly now: number;

  constructor(
    private readonly ports: { readonly fs: FileSystem; readonly clock: Clock },
    private readonly root: Root,
    private readonly timeZone: string,
  ) {
    this.now = ports.clock.now();
  }

  /** @returns the files that say something else than before, or that somebody wrote again */
  async at(files: readonly AgentFile[]): Promise<readonly FileChange[]> {
    const { many } = this.ports.fs;
    if (many)
      await many.visit(
        files.map(({ absolute }) => absolute),
        maxFileBytes,
        {
          look: (index, look) => {
            const file = files[index];
            if (!file || !this.isDue(file, look)) return false;
            if (look?.kind === 'file') return true;
            // Not there, or a link: what it leads to is a question of its own.
            this.byHand.push(file);
            return false;
          },
          take: (index, content) => {
            const file = files[index];
            if (file) this.take(file, content);
          },
        },
      );
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
    if (!content.ok) return { text: faultOf(content.error), hash: null, status: null };
    const bytes = content.value;
    if (bytes.subarray(0, 4096).includes(0))
      return { text: { error: 'The file is binary, not text' }, hash: null, status: null };
    const digest = hash('sha1', bytes, 'base64');
    const { known } = file;
    // Touched, not written: what it says is known.
    const status =
      known !== null && known.hash === digest && file.timeZone === this.timeZone
        ? known.status
        : readStatus(utf8.decode(bytes), file.folder, this.timeZone, keep);
    return { text: '', hash: digest, status };
  }

  /** Is somebody writing it at this moment? */
  private isSuspect(file: AgentFile, { text, hash: digest, status }: Taken): boolean {
    // Known to be broken as it stands: said once, not waited for each time.
    if (status && !status.ok) return file.known?.hash !== digest;
    // Between the removal of the old file and the creation of the new one there is none.
    return text === null && file.lastGood !== null && file.known?.text !== null;
  }

  private async readByHand(file: AgentFile, isAgain: boolean): Promise<void> {
    const read = await this.ports.fs.read(file.absolute, maxFileBytes);
    const taken: Taken =
      read.ok && !(await staysInside(this.ports.fs, file.absolute, this.root.path))
        ? {
            text: { error: 'The file is a link that leads out of the folder; it is not read' },
            hash: null,
            status: null,
          }
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

  private keep(file: AgentFile, { text, hash: digest, status }: Taken, isAgain: boolean, mtime: number | null): void {
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
      before.status === status
    )
      return;
    const known: Known = {
      text,
      status,
      hash: digest,
      mtime,
      changedAt: before?.changedAt ?? null,
      lastCommit: before?.lastCommit ?? null,
    };
    file.known = known;
    this.changes.push({ file, before, known });
  }
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
