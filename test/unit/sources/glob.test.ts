/** Globs: as everyone's matcher has them, and in bounded time whatever the text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { globBases, globMatcher } from '../../../src/sources/glob';

describe('globs', () => {
  it('those that people write, as picomatch matches them', () => {
    const globs = [
      'runtime/*.prom',
      'runtime/health/*.json',
      '**/*.ts',
      'src/**',
      'agent_workspaces/queue/{completed,persistent}/*.json',
      '.slo-lens/*.slo.yaml',
      'a?c.json',
      'report.*.json',
      '**/x/**/y',
      '[a-c]x',
      '[^a-c]x',
      '*',
      '**',
      'orchestrator*',
      '{a,b{c,d}}',
      'a**b',
    ];
    const paths = [
      'runtime/a.prom',
      'runtime/sub/a.prom',
      'runtime/health/bot.json',
      'a.ts',
      'x/y/a.ts',
      'src/a/b',
      'src/a',
      'agent_workspaces/queue/completed/1.json',
      'agent_workspaces/queue/other/1.json',
      '.slo-lens/a.slo.yaml',
      'abc.json',
      'abbc.json',
      'report.1.json',
      'report.json',
      'x/y',
      'q/x/r/s/y',
      'ax',
      'dx',
      '.env',
      'orchestrator-2',
      'my-orchestrator',
      'a',
      'bc',
      'bd',
      'be',
      'a/b',
      'axxb',
    ];
    for (const glob of globs)
      for (const path of paths)
        assert.equal(globMatcher([glob])(path), picomatch(glob, { dot: true })(path), `${glob} on ${path}`);
  });
  it('a star takes any part of a name, and of names only the whole', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{1,8}$/), fc.stringMatching(/^[ab]{1,8}$/), (glob, name) => {
        const pattern = new RegExp(`^${glob.replace(/\*+/g, '[ab]*').replaceAll('?', '[ab]')}$`);
        if (glob !== '**') assert.equal(globMatcher([glob])(name), pattern.test(name));
      }),
    );
  });
  it('what globs begin with in plain text is told', () => {
    assert.deepEqual(globBases(['a/b/*.json', './a/{b,c}/x.json', '**/x', 'a*/b', 'x\\*/y']), [
      'a/b',
      'a/c/x.json',
      'a/b/x.json',
      '',
      '',
      'x*/y',
    ]);
  });
  it('what a glob matches is one of its bases or lies below it', () => {
    const part = fc.constantFrom('a', 'b', '*', '**', 'a*', '?', '{a,b}', '[ab]');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1 }),
        (globs, names) => {
          const glob = globs.join('/');
          const path = names.join('/');
          const isBelow = globBases([glob]).some((base) => base === '' || path === base || path.startsWith(`${base}/`));
          if (globMatcher([glob])(path)) assert.ok(isBelow, `${glob} on ${path}`);
        },
      ),
    );
  });
  it('no glob and no path takes long', () => {
    const started = Date.now();
    for (const [glob, path] of [
      [`${'*a'.repeat(400)}*b`, 'a'.repeat(4000)],
      [`${'**/a/'.repeat(150)}b`, `${'a/'.repeat(2000)}c`],
      ['+(+(a|aa)|a)b', 'a'.repeat(4000)],
      ['{a,b}'.repeat(100), 'a'],
      ['{'.repeat(900), '{'],
      ['['.repeat(900), '['],
      ['{1..1000000000}', '5'],
    ] as const)
      assert.equal(globMatcher([glob])(path), false, glob.slice(0, 20));
    assert.ok(Date.now() - started < 3000, `${Date.now() - started} ms`);
  });
});
