/** Builds and contexts of bundlers. */
import type { ResourceKind } from './model';

export const bundlerKinds: readonly ResourceKind[] = [
  {
    id: 'handle/bundler-build',
    family: 'handle',
    noun: 'build',
    title: 'Build or context of a bundler is not closed',
    participle: 'closed',
    // It ends with the tool that builds.
    severity: 'low',
    words: ['rollup', 'rolldown', 'esbuild', "'vite'", '"vite"'],
    acquire: [
      {
        form: 'call',
        callee: [
          { module: 'rollup', name: 'rollup' },
          { module: 'rolldown', name: 'rolldown' },
          { module: 'esbuild', name: 'context' },
          { module: 'vite', name: 'createServer' },
        ],
        promise: true,
      },
    ],
    release: [{ form: 'method', method: ['close', 'dispose', '[Symbol.asyncDispose]'] }],
    heldBy: 'runtime',
    fluent: ['listen'],
    pathSensitive: true,
    lent: 'endedAfter',
    documentation: {
      what: 'A bundle of Rollup or Rolldown, a context of esbuild or a server of Vite that is made by a function and not closed on every way out of it.',
      why: 'Plugins keep watchers, workers and child processes until the build is closed.',
      leaking:
        "import { rollup } from 'rollup';\nexport async function build(input, output) {\n  const bundle = await rollup({ input });\n  return bundle.write(output);\n}",
      safe: "import { rollup } from 'rollup';\nexport async function build(input, output) {\n  const bundle = await rollup({ input });\n  try {\n    return await bundle.write(output);\n  } finally {\n    await bundle.close();\n  }\n}",
      releases: [
        '`close()`, `dispose()` of an esbuild context',
        '`await using`',
        'returned or handed to another owner',
      ],
    },
  },
];
