/** From a module specifier to the analysed file it means, by relative path; packages and aliases are not followed here. */

const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mts',
  '.cts',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
];

/**
 * Resolves a relative specifier.
 * @param from path of the importing file, relative to its root, forward slashes
 * @param specifier as written: `./bus`, `../events.js`
 * @param has whether a path is an analysed file
 * @returns the path, or undefined for packages, aliases and unknown files
 */
export function resolveModule(from: string, specifier: string, has: (path: string) => boolean): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else parts.push(part);
  }
  const base = parts.join('/');
  // TypeScript imports `./x.js` of a file `x.ts`.
  const bases = [base, base.replace(/\.(?:js|jsx|mjs|cjs)$/, '')];
  for (const candidate of bases) for (const ending of endings) if (has(candidate + ending)) return candidate + ending;
  return undefined;
}
