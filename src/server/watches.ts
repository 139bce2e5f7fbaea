/**
 * What the editor is asked to watch besides its fixed patterns: the files that the definition in force names, and what another
 * window says of alerts. An event is a hint: it says when to look, never what there is.
 */
import { type Connection, DidChangeWatchedFilesNotification, type Disposable } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { filesOf, queuesOf } from '../monitor/recordsReader';
import type { Root } from '../monitor/rootFiles';
import { HANDLINGS_FILE } from '../monitor/sessionHistory';
import type { Definition } from '../slo/definition/model';
import { isSwarmLayout } from '../sources/agentLayout';
import { globMatcher } from '../sources/glob';

interface WatchedPattern {
  /** Absolute path of a folder. */
  readonly base: string;
  /** A glob below it. */
  readonly pattern: string;
}

/** Sources whose files may be looked at without walking the folder anew. */
const swept: ReadonlySet<string> = new Set([
  'AgentStatusFiles',
  'EventLog',
  'SampleLog',
  'HealthFiles',
  'PointerFiles',
]);
const maxPatterns = 100;

/** Globs of the files that sources name; none leads out of the folder, else the definition would not be in force. */
function sourceGlobs({ sources }: Definition): readonly string[] {
  const globs = sources.flatMap(({ type, connectionDetails }) =>
    swept.has(type) && !isSwarmLayout(connectionDetails)
      ? [...filesOf(connectionDetails), ...queuesOf(connectionDetails)]
      : [],
  );
  return [...new Set(globs)].slice(0, maxPatterns);
}

/** Keeps the editor's watchers as they are wanted; a client that cannot be asked has what it watches by itself. */
export class Watches {
  /** The client can be asked, also about folders of its own. */
  isAsked = false;
  private globs: readonly string[] = [];
  private matches: (path: string) => boolean = () => false;
  private roots: readonly Root[] = [];
  private said: string | null = null;
  private key = '';
  private registered: Disposable | null = null;
  private changing: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly join: (...parts: readonly string[]) => string,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** @param historyFolder where what people say of alerts is kept; null: nowhere */
  want(definition: Definition, roots: readonly Root[], historyFolder: string | null): void {
    this.globs = sourceGlobs(definition);
    this.roots = roots;
    this.said = historyFolder === null ? null : this.join(historyFolder, HANDLINGS_FILE);
    const patterns = [
      ...roots.flatMap(({ path }) => this.globs.map((pattern): WatchedPattern => ({ base: path, pattern }))),
      ...(historyFolder === null ? [] : [{ base: historyFolder, pattern: HANDLINGS_FILE }]),
    ];
    const key = JSON.stringify(patterns);
    if (key === this.key) return;
    this.key = key;
    this.matches = this.globs.length > 0 ? globMatcher(this.globs) : () => false;
    if (this.isAsked) this.changing = this.changing.then(() => this.ask(patterns)).catch(this.failed);
  }

  /** Is it the file of what people say of alerts? */
  isOfAlerts(path: string | null): boolean {
    return path !== null && path === this.said;
  }

  /** Is it a file that the definition names? */
  isNamed(path: string | null): boolean {
    return this.roots.some(
      (root) =>
        path?.startsWith(this.join(root.path, '/')) &&
        this.matches(path.slice(this.join(root.path, '/').length).replaceAll('\\', '/')),
    );
  }

  /** The new patterns are watched before the old ones are given up. */
  private async ask(patterns: readonly WatchedPattern[]): Promise<void> {
    const before = this.registered;
    this.registered =
      patterns.length === 0
        ? null
        : await this.connection.client.register(DidChangeWatchedFilesNotification.type, {
            watchers: patterns.map(({ base, pattern }) => ({
              globPattern: { baseUri: URI.file(base).toString(), pattern },
            })),
          });
    before?.dispose();
  }
}
