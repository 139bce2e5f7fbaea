import { samples } from '../expectLeaks';

samples(
  'handle/bundler-build',
  [
    {
      name: 'a bundle that is written and forgotten',
      code: `import { rollup } from 'rollup';
export async function build(input, output) {
  const bundle = await rollup({ input }); // leak handle/bundler-build
  await bundle.write(output);
}`,
    },
    {
      name: 'a bundle that stays open when writing fails',
      code: `import { rolldown } from 'rolldown';
export async function build(input, output) {
  const bundle = await rolldown({ input }); // leak handle/bundler-build
  await bundle.write(output);
  await bundle.close();
}`,
    },
    {
      name: 'a context of esbuild',
      code: `import * as esbuild from 'esbuild';
export async function build(options) {
  const context = await esbuild.context(options); // leak handle/bundler-build
  const result = await context.rebuild();
  return result.errors.length;
}`,
    },
  ],
  [
    {
      name: 'closed in finally',
      code: `import { rollup } from 'rollup';
export async function build(input, output) {
  const bundle = await rollup({ input });
  try { await bundle.write(output); } finally { await bundle.close(); }
}`,
    },
    {
      name: 'returned',
      code: `import { createServer } from 'vite';
export async function start(root) { const server = await createServer({ root }); await server.listen(); return server; }`,
    },
    {
      name: 'a build of esbuild, which ends by itself',
      code: `import { build } from 'esbuild';
export async function run(options) { const result = await build(options); return result.errors.length; }`,
    },
  ],
);
