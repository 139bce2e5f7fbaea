/** Node's ports, on the real system: commands that escape, git that is asked safely. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileSystemAtOnce } from '../../../src/monitor/node/nodeFilesAtOnce';
import { createNodeGit } from '../../../src/monitor/node/nodeGit';
import { nodeCommandRunner, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import { nodeRevisions } from '../../../src/monitor/node/nodeRevisions';

const never = { isCancelled: () => false };

describe('Node ports', function () {
  this.timeout(20_000);
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-ports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  describe('command runner', () => {
    const run = (command: string, timeoutMs = 10_000, cancellation = never) =>
      nodeCommandRunner.run(command, { cwd: folder, timeoutMs, cancellation });
    /** Is a process with this id there and no zombie? */
    const isAlive = (pid: number): boolean => {
      try {
        return !/^State:\s+Z/m.test(execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8', stdio: 'pipe' }));
      } catch {
        return false;
      }
    };

    it('gives output, exit code and outcome', async () => {
      const { output, exitCode, outcome } = await run('printf "größer"; echo " no" >&2; exit 3');
      assert.deepEqual([output, exitCode, outcome], ['größer no\n', 3, 'failed']);
    });

    it('a character split between two writes arrives whole', async () => {
      assert.equal((await run("printf '\\303'; sleep 0.3; printf '\\274'")).output, 'ü');
    });

    it('keeps the end of a long output', async () => {
      const { output } = await run('seq 1 20000');
      assert.ok(output.length <= 16_000 && output.endsWith('19999\n20000\n'));
    });

    it('a time limit holds though something left the process group and keeps the pipes', async () => {
      const before = Date.now();
      const { outcome } = await run('setsid sleep 8 & sleep 8', 300);
      assert.equal(outcome, 'timeout');
      assert.ok(Date.now() - before < 4_000, `${Date.now() - before} ms`);
    });

    it('a command that has ended is over though something in the background keeps the pipes, and leaves nothing running', async () => {
      const before = Date.now();
      const { outcome, output } = await run('sleep 30 & echo $!');
      assert.equal(outcome, 'ok');
      assert.ok(Date.now() - before < 5_000, `${Date.now() - before} ms`);
      const pid = Number(output);
      for (const end = Date.now() + 2_000; isAlive(pid) && Date.now() < end; )
        await new Promise((done) => setTimeout(done, 20));
      assert.equal(isAlive(pid), false);
    });

    it('a cancel ends the children too', async () => {
      let cancelled = false;
      const running = run('sh -c "sleep 2; touch child" & wait', 10_000, { isCancelled: () => cancelled });
      await new Promise((done) => setTimeout(done, 200));
      cancelled = true;
      assert.equal((await running).outcome, 'cancelled');
      await new Promise((done) => setTimeout(done, 2_300));
      assert.equal(existsSync(join(folder, 'child')), false);
    });

    it('a command ends when the process that runs it is killed', async () => {
      const runner = `
        const { nodeCommandRunner } = require(${JSON.stringify(join(__dirname, '../../../src/monitor/node/nodePorts'))});
        void nodeCommandRunner.run('echo $$ > pid; sleep 60 & wait', { cwd: ${JSON.stringify(folder)}, timeoutMs: 60000, cancellation: { isCancelled: () => false } });
      `;
      const owner = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', runner], { stdio: 'inherit' });
      const file = join(folder, 'pid');
      for (const end = Date.now() + 15_000; !existsSync(file) && Date.now() < end; )
        await new Promise((done) => setTimeout(done, 20));
      await new Promise((done) => setTimeout(done, 100));
      const pid = Number(readFileSync(file, 'utf8'));
      assert.equal(isAlive(pid), true);
      owner.kill('SIGKILL');
      for (const end = Date.now() + 5_000; isAlive(pid) && Date.now() < end; )
        await new Promise((done) => setTimeout(done, 20));
      assert.equal(isAlive(pid), false);
    });

    it('a command sees no pipe of ours, and reads nothing', async () => {
      const { output, outcome } = await run('cat; ls -l /proc/self/fd | grep -c "3 ->" || true');
      assert.deepEqual([outcome, /socket|pipe/.test(output)], ['ok', false]);
    });

    it('a folder that is not there is a failure with its reason', async () => {
      const { outcome, output } = await nodeCommandRunner.run('echo', {
        cwd: join(folder, 'gone'),
        timeoutMs: 1000,
        cancellation: never,
      });
      assert.equal(outcome, 'failed');
      assert.match(output, /ENOENT/);
    });
  });

  describe('git', () => {
    const git = (...args: readonly string[]): string =>
      execFileSync(
        'git',
        [
          '-c',
          'user.name=t',
          '-c',
          'user.email=t@t',
          '-c',
          'commit.gpgsign=false',
          '-c',
          'init.defaultBranch=main',
          ...args,
        ],
        {
          cwd: folder,
          encoding: 'utf8',
          stdio: 'pipe',
          env: { ...process.env, GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z' },
        },
      );

    it('tells clean, modified, ignored and untracked, below a prefix too', async () => {
      git('init', '-q');
      for (const path of ['a', 'b', 'sub/dir/c']) write(path, 'x');
      write('.gitignore', 'ignored\n');
      git('add', '.');
      git('commit', '-q', '-m', 'm');
      write('b', 'changed');
      write('new', 'x');
      write('ignored', 'x');
      const committed = Date.parse('2026-01-02T03:04:05Z');
      const facts = await createNodeGit().forFiles(folder, ['a', 'b', 'new', 'ignored']);
      assert.deepEqual(Object.fromEntries(facts ?? []), {
        a: { state: 'clean', lastCommitMs: committed },
        b: { state: 'modified', lastCommitMs: committed },
        new: { state: 'untracked', lastCommitMs: null },
        ignored: { state: 'untracked', lastCommitMs: null },
      });
      const below = await createNodeGit().forFiles(join(folder, 'sub'), ['dir/c']);
      assert.deepEqual(below?.get('dir/c'), { state: 'clean', lastCommitMs: committed });
    });

    it('takes names as they are, not as patterns', async () => {
      git('init', '-q');
      write('agent-[1]/s', 'x');
      write('agent-1/s', 'x');
      git('add', '.');
      git('commit', '-q', '-m', 'm');
      write('agent-1/s', 'changed');
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qam', 'n'], {
        cwd: folder,
        env: { ...process.env, GIT_COMMITTER_DATE: '2026-02-02T00:00:00Z' },
      });
      write('agent-1/s', 'changed again');
      assert.deepEqual(Object.fromEntries((await createNodeGit().forFiles(folder, ['agent-[1]/s'])) ?? []), {
        'agent-[1]/s': { state: 'clean', lastCommitMs: Date.parse('2026-01-02T03:04:05Z') },
      });
    });

    it('knows a repository without a commit, and says nothing outside one', async () => {
      const none = createNodeGit();
      assert.equal(await none.forFiles(folder, ['a']), null);
      git('init', '-q');
      write('a', 'x');
      assert.equal((await none.forFiles(folder, ['a']))?.get('a')?.state, 'untracked');
    });

    it('follows HEAD', async () => {
      git('init', '-q');
      write('a', 'x');
      git('add', '.');
      git('commit', '-q', '-m', 'm');
      const facts = createNodeGit();
      const first = (await facts.forFiles(folder, ['a']))?.get('a')?.lastCommitMs;
      write('a', 'y');
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qam', 'n'], {
        cwd: folder,
        env: { ...process.env, GIT_COMMITTER_DATE: '2026-02-02T00:00:00Z' },
      });
      const second = (await facts.forFiles(folder, ['a']))?.get('a')?.lastCommitMs;
      assert.deepEqual([first, second], [Date.parse('2026-01-02T03:04:05Z'), Date.parse('2026-02-02T00:00:00Z')]);
    });

    it('runs nothing that the repository names', async () => {
      git('init', '-q');
      write('a', 'x');
      git('add', '.');
      git('commit', '-q', '-m', 'm');
      // A signed commit: showing its signature would run the configured program.
      const signed = git('cat-file', 'commit', 'HEAD').replace(
        /^(committer .*)$/m,
        '$1\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----',
      );
      const commit = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
        cwd: folder,
        input: signed,
        encoding: 'utf8',
      }).trim();
      git('update-ref', 'HEAD', commit);
      const ran = join(folder, 'ran');
      write('hook.sh', `#!/bin/sh\ntouch ${ran}\n`);
      execFileSync('chmod', ['+x', join(folder, 'hook.sh')]);
      for (const [key, value] of [
        ['core.fsmonitor', join(folder, 'hook.sh')],
        ['core.pager', join(folder, 'hook.sh')],
        ['log.showSignature', 'true'],
        ['gpg.program', join(folder, 'hook.sh')],
      ])
        git('config', key ?? '', value ?? '');
      utimesSync(join(folder, 'a'), 1, 1);
      assert.equal((await createNodeGit().forFiles(folder, ['a']))?.get('a')?.state, 'clean');
      assert.equal(existsSync(ran), false);
    });
  });

  describe('files of a commit', () => {
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'init.defaultBranch=main', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const commit = (message: string): void => {
      git('add', '-A');
      git('commit', '-q', '-m', message);
    };

    it('are those of the commit, below the root, whatever lies in the working tree', async () => {
      git('init', '-q');
      write('sub/a.ts', 'before');
      write('sub/deep/ü b.ts', 'name');
      write('sub/empty.ts', '');
      write('sub/x.json', '{}');
      write('other/c.ts', 'c');
      symlinkSync('a.ts', join(folder, 'sub/link.ts'));
      commit('one');
      git('checkout', '-q', '-b', 'topic');
      write('sub/a.ts', 'after');
      commit('two');
      const root = join(folder, 'sub');
      const base = await nodeRevisions.mergeBase(root, 'main');
      assert.ok(base.ok);
      const files = await nodeRevisions.filesAt(root, base.value);
      assert.ok(files.ok);
      const fs = files.value;
      const names = async (path: string): Promise<readonly string[]> => {
        const listed = await fs.list(path);
        return listed.ok ? listed.value.map(({ name, kind }) => `${kind} ${name}`).sort() : [listed.error.code];
      };
      const text = async (path: string, max = 100): Promise<string> => {
        const read = await fs.read(join(root, path), max);
        return read.ok ? Buffer.from(read.value).toString('utf8') : read.error.code;
      };
      assert.deepEqual(await names(root), ['directory deep', 'file a.ts', 'file empty.ts', 'file x.json']);
      assert.deepEqual(await names(join(folder, 'other')), ['ENOENT']);
      assert.deepEqual(
        [
          await text('a.ts'),
          await text('deep/ü b.ts'),
          await text('empty.ts'),
          await text('x.json'),
          await text('a.ts', 3),
        ],
        ['before', 'name', '', '{}', 'ETOOBIG'],
      );
      assert.equal(await text('gone.ts'), 'ENOENT');
      const written = await fs.writeAtomic(join(root, 'a.ts'), 'x');
      assert.equal(written.ok, false);
    });

    it('say why there is no base', async () => {
      const reason = async (revision: string): Promise<string> => {
        const base = await nodeRevisions.mergeBase(folder, revision);
        return base.ok ? 'ok' : base.error.message;
      };
      assert.equal(await reason('main'), 'main names no commit here');
      git('init', '-q');
      write('a', 'x');
      commit('one');
      assert.equal(await reason('--help'), '--help names no commit here');
      git('checkout', '-q', '--orphan', 'apart');
      write('a', 'y');
      commit('apart');
      assert.match(await reason('main'), /no commit in common; of a shallow clone, fetch more/);
    });
  });

  for (const [name, fs] of [
    ['file system', nodeFileSystem],
    ['file system at once', fileSystemAtOnce],
  ] as const)
    describe(name, () => {
      it('refuses what is too large or no regular file, and says why', async () => {
        write('a', 'abc');
        assert.deepEqual(await fs.read(join(folder, 'a'), 3), {
          ok: true,
          value: new Uint8Array(Buffer.from('abc')),
        });
        const codes = async (path: string, max = 10): Promise<string> => {
          const read = await fs.read(join(folder, path), max);
          return read.ok ? 'ok' : read.error.code;
        };
        execFileSync('mkfifo', [join(folder, 'pipe')]);
        symlinkSync('loop', join(folder, 'loop'));
        assert.deepEqual(
          [await codes('a', 2), await codes('pipe'), await codes('.'), await codes('gone'), await codes('loop')],
          ['ETOOBIG', 'ENOTFILE', 'ENOTFILE', 'ENOENT', 'ELOOP'],
        );
      });

      it('reads empty files and those that say nothing of their size', async () => {
        write('empty', '');
        const text = async (path: string): Promise<string> => {
          const read = await fs.read(path, 100_000);
          return read.ok ? Buffer.from(read.value).toString('utf8') : read.error.message;
        };
        assert.equal(await text(join(folder, 'empty')), '');
        assert.match(await text('/proc/self/status'), /^Name:[\s\S]*\n$/);
      });

      it('looks at files, folders and what a link leads to', async () => {
        write('real/a', 'abc');
        symlinkSync('real', join(folder, 'link'));
        const seen = await fs.stat(join(folder, 'link/a'));
        assert.ok(seen.ok && seen.value.kind === 'file' && seen.value.size === 3 && seen.value.mtimeMs > 0);
        const real = await fs.realpath(join(folder, 'link/a'));
        assert.ok(real.ok && real.value.endsWith('real/a'));
        const listed = await fs.list(folder);
        assert.deepEqual(listed.ok && listed.value.map(({ name, kind }) => `${kind} ${name}`).sort(), [
          'directory real',
          'symlink link',
        ]);
      });

      it('writes whole files or none, and makes folders', async () => {
        const path = join(folder, 'x/y/z.json');
        assert.equal((await fs.writeAtomic(path, '{}')).ok, true);
        assert.equal(existsSync(path), true);
        mkdirSync(join(folder, 'taken'));
        const failed = await fs.writeAtomic(join(folder, 'taken'), 'x');
        assert.equal(failed.ok, false);
        const listed = await fs.list(folder);
        assert.deepEqual(listed.ok && listed.value.map((entry) => entry.name).sort(), ['taken', 'x']);
      });
    });
});
