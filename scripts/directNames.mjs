/**
 * Makes the analyzer's bundle name the parser's functions and constants directly. TypeScript exports some two thousand names
 * behind getters, and so `ts.isBlock(node)` is a search in a table and a call before the call, and
 * `ts.SyntaxKind.Block` two searches: together a tenth of a scan. The sources stay as they are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { ts } = createRequire(import.meta.url)('@ts-morph/common');

/** A plugin for esbuild: functions become constants of the file, kinds of nodes numbers. */
export const directNames = {
  name: 'direct-names',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]analyzer[\\/].*\.ts$/ }, ({ path }) => ({
      contents: withDirectNames(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** The text of a module with what it uses of `ts` named once, on its first line, so that all lines keep their number. */
export function withDirectNames(text) {
  const used = new Set();
  const replaced = text
    .replace(/(?<![\w$.])ts\.SyntaxKind\.(\w+)/g, (whole, kind) => {
      const value = ts.SyntaxKind[kind];
      return typeof value === 'number' ? String(value) : whole;
    })
    .replace(/(?<![\w$.])ts\.([a-z]\w+)/g, (whole, name) => {
      if (typeof ts[name] !== 'function') return whole;
      used.add(name);
      return `ts$${name}`;
    });
  if (used.size === 0) return replaced;
  return `const ${[...used].map((name) => `ts$${name} = ts.${name}`).join(', ')}; ${replaced}`;
}

/** Every name of `ts` that the analyzer uses as a value. */
export function namesOfParser() {
  const names = new Set();
  for (const file of readdirSync('src/analyzer', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join('src/analyzer', file), 'utf8');
    for (const [, name] of text.matchAll(/(?<![\w$.])ts\.(\w+)/g)) if (name in ts) names.add(name);
  }
  return names;
}
