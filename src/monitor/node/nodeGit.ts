/** Facts from git about single files, with hooks and file-system monitors off: reading must run nothing of the repository. */
import { execFile } from 'node:child_process';
import type { GitFacts } from '../ports';

const timeoutMs = 10_000;

function git(root: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [
        '-c',
        'core.fsmonitor=false',
        '-c',
        'core.hooksPath=/dev/null',
        '-c',
        'core.untrackedCache=false',
        '--no-optional-locks',
        ...args,
      ],
      {
        cwd: root,
        timeout: timeoutMs,
        maxBuffer: 8 * 1024 * 1024,
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
      },
      (error, stdout) => resolve(error ? null : stdout),
    );
  });
}

export const nodeGit: GitFacts = {
  forFiles: async (root, paths) => {
    if (paths.length === 0) return new Map();
    const prefix = await git(root, ['rev-parse', '--show-prefix']);
    if (prefix === null) return null;
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
        full.startsWith(prefix.trim()) ? full.slice(prefix.trim().length) : full,
        code === '??' || code === '!!' ? 'untracked' : 'modified',
      );
      // A rename names its source in the next entry.
      if (code.includes('R') || code.includes('C')) index++;
    }
    const facts = new Map<
      string,
      { readonly state: 'clean' | 'modified' | 'untracked'; readonly lastCommitMs: number | null }
    >();
    for (const path of paths) {
      const state = states.get(path) ?? 'clean';
      const committed = state === 'untracked' ? null : await git(root, ['log', '-1', '--format=%ct', '--', path]);
      const seconds = Number(committed?.trim());
      facts.set(path, {
        state,
        lastCommitMs: committed && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
      });
    }
    return facts;
  },
};
