/** The definition that verdicts are given by: that of the workspace's files, the last good one before their errors, or the built-in. */
import { builtInDefinition } from '../slo/builtInDefinition';
import { loadDefinition } from '../slo/definition/loadDefinition';
import type { Definition, DefinitionProblem } from '../slo/definition/model';
import type { FileSystem } from './ports';
import { isProblem, matching, type Root, readText } from './rootFiles';
import type { Walk } from './walk';

/** Where definitions of a workspace are. */
export const DEFINITION_FILES = ['.slo-lens/slo.yaml', '.slo-lens/*.slo.yaml'];

/** A definition file as it lies on disk; `key` is what problems name it by. */
export interface DefinitionText {
  readonly root: Root | null;
  readonly path: string;
  readonly key: string;
  readonly text: string;
}

export interface DefinitionInfo {
  readonly source: 'built-in' | 'workspace';
  readonly files: readonly DefinitionText[];
  readonly state: 'ok' | 'last-good' | 'invalid';
  readonly problems: readonly DefinitionProblem[];
}

interface WalkedRoot {
  readonly root: Root;
  readonly walk: Walk | null;
}

const builtIn: DefinitionInfo = { source: 'built-in', files: [], state: 'ok', problems: [] };

export class DefinitionInForce {
  /** null: the built-in one, which takes a while to read and is not needed before the first report. */
  private own: Definition | null = null;
  private last: DefinitionInfo = builtIn;

  constructor(private readonly fs: FileSystem) {}

  get definition(): Definition {
    return this.own ?? builtInDefinition();
  }

  /** The files as they were read last, and what is wrong with them. */
  get info(): DefinitionInfo {
    return this.last;
  }

  /**
   * Reads the definition again.
   * @param named files that count instead of the workspace's; absolute paths
   * @param keyOf what the problems of a file name it by, of its relative and its absolute path
   */
  async read(
    roots: readonly WalkedRoot[],
    named: readonly string[],
    keyOf: (path: string, absolute: string) => string,
  ): Promise<void> {
    const files: DefinitionText[] = [];
    const unreadable: DefinitionProblem[] = [];
    for (const absolute of named) {
      const text = await readText(this.fs, { path: absolute, absolute });
      if (isProblem(text)) unreadable.push(unreadableAt(absolute, text.message));
      else files.push({ root: null, path: absolute, key: absolute, text: text.text });
    }
    for (const { root, walk } of named.length === 0 ? roots : []) {
      if (!walk) continue;
      for (const file of matching(walk, DEFINITION_FILES)) {
        const text = await readText(this.fs, file, root.path);
        const key = keyOf(file.path, file.absolute);
        if (isProblem(text)) unreadable.push(unreadableAt(key, text.message));
        else files.push({ root, path: file.path, key, text: text.text });
      }
    }
    if (files.length === 0 && unreadable.length === 0) {
      this.own = null;
      this.last = builtIn;
      return;
    }
    const loaded = loadDefinition(files.map(({ key, text }) => ({ file: key, text })));
    const hadGood = this.last.source === 'workspace' && this.last.state !== 'invalid';
    const ok = loaded.definition !== null && unreadable.length === 0;
    if (loaded.definition && ok) this.own = loaded.definition;
    this.last = {
      source: 'workspace',
      files,
      state: ok ? 'ok' : hadGood ? 'last-good' : 'invalid',
      problems: [...unreadable, ...loaded.problems],
    };
  }
}

function unreadableAt(file: string, message: string): DefinitionProblem {
  return {
    level: 'error',
    code: 'slo/unreadable',
    message,
    path: '',
    document: 0,
    place: { file, line: 0, column: 0, endLine: 0, endColumn: 0 },
  };
}
