/** Facts from git about single files, with everything off that would run a program of the repository. */
import { execFile } from 'node:child_process';
import type { GitFacts } from '../ports';

const timeoutMs = 10_000;
/** Processes at a time. */
const width = 4;

/** A hook or a shell of the user's may have set them: they would lead git to another repository. */
const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));

/** Options before any command: nothing that the repository names is run. */
export const gitOptions: readonly string[] = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=false',
  '-c',
  'log.showSignature=false',
  '--no-optional-locks',
  '--literal-pathspecs',
];

/** The environment that git runs in. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  ...own,
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  // Of a partial clone, what is not here is not fetched: no network.
  GIT_NO_LAZY_FETCH: '1',
};

function git(root: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [...gitOptions, ...args],
      { cwd: root, timeout: timeoutMs, maxBuffer: 8 * 1024 * 1024, env: gitEnvironment },
      (error, stdout) => resolve(error ? null : stdout),
    );
  });
}

/** Which of the files differ from HEAD; null when git cannot say. */
async function changedFiles(
  root: string,
  prefix: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, 'modified' | 'untracked'> | null> {
  const status = await git(root, [
    'status',
    '--porcelain=v1',
    '-z',
    '--untracked-files=all',
    '--ignored=matching',
    '--',
    ...paths,
  ]);
  if (status === null) return null;
  const states = new Map<string, 'modified' | 'untracked'>();
  const entries = status.split('\0');
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] ?? '';
    if (entry === '') continue;
    const code = entry.slice(0, 2);
    const full = entry.slice(3);
    states.set(
      full.startsWith(prefix) ? full.slice(prefix.length) : full,
      code === '??' || code === '!!' ? 'untracked' : 'modified',
    );
    // A rename names its source in the next entry.
    if (code.includes('R') || code.includes('C')) index++;
  }
  return states;
}

/** Git's facts; the commits of files are remembered as long as HEAD stays where it is. */
export function createNodeGit(): GitFacts {
  const known = new Map<string, { readonly head: string; readonly commits: Map<string, number | null> }>();
  return {
    forFiles: async (root, paths) => {
      if (paths.length === 0) return new Map();
      const [prefix, head = ''] =
        (await git(root, ['rev-parse', '--show-prefix', 'HEAD']))?.split('\n') ??
        // No commit yet.
        (await git(root, ['rev-parse', '--show-prefix']))?.split('\n') ??
        [];
      if (prefix === undefined) return null;
      const states = await changedFiles(root, prefix, paths);
      if (states === null) return null;
      let commits = known.get(root);
      if (commits?.head !== head) {
        commits = { head, commits: new Map() };
        known.set(root, commits);
      }
      const { commits: times } = commits;
      const asked = paths.filter((path) => states.get(path) !== 'untracked' && !times.has(path));
      const next = asked.values();
      await Promise.all(
        Array.from({ length: width }, async () => {
          for (const path of next) {
            const committed = await git(root, ['log', '-1', '--format=%ct', '--', path]);
            const seconds = Number(committed?.trim());
            // A failure is not remembered.
            if (committed !== null) times.set(path, Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null);
          }
        }),
      );
      return new Map(
        paths.map((path) => {
          const state = states.get(path) ?? 'clean';
          return [path, { state, lastCommitMs: state === 'untracked' ? null : (times.get(path) ?? null) }];
        }),
      );
    },
  };
}

export const nodeGit: GitFacts = createNodeGit();
