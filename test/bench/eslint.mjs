/**
 * ESLint as a whole process: `eslint.mjs PEERS leaks|typed FOLDER`. `leaks`: the six no-leaked rules of
 * eslint-plugin-react-web-api; `typed`: one rule of typescript-eslint that asks the type checker.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourcesOf } from './corpus.mjs';

const [, , peers, mode, folder] = process.argv;
const load = async (name) => {
  const main = createRequire(join(peers, 'package.json')).resolve(name);
  return import(pathToFileURL(main));
};
/** A package that may only be imported. */
const loadModule = (name, main) => import(pathToFileURL(join(peers, 'node_modules', name, main)));

const { ESLint } = await load('eslint');
const { default: tseslint } = await load('typescript-eslint');
const { default: webApi } = await loadModule('eslint-plugin-react-web-api', 'dist/index.js');
const leakRules = Object.keys(webApi.rules).filter((name) => name.startsWith('no-leaked-'));
const work = mkdtempSync(join(tmpdir(), 'slo-lens-eslint-'));
try {
  const project = join(work, 'tsconfig.json');
  writeFileSync(
    project,
    JSON.stringify({
      compilerOptions: {
        target: 'esnext',
        module: 'preserve',
        jsx: 'preserve',
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ['ts', 'tsx', 'mts', 'cts'].map((ending) => `${folder}/**/*.${ending}`),
    }),
  );
  const isTyped = mode === 'typed';
  const rules = isTyped
    ? { '@typescript-eslint/no-floating-promises': 'warn' }
    : Object.fromEntries(leakRules.map((name) => [`web-api/${name}`, 'warn']));
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    ignore: false,
    overrideConfig: [
      { linterOptions: { reportUnusedDisableDirectives: 'off' } },
      {
        files: ['**/*.{ts,tsx,mts,cts}'],
        languageOptions: {
          parser: tseslint.parser,
          parserOptions: isTyped ? { project: [project], tsconfigRootDir: work } : { ecmaFeatures: { jsx: true } },
        },
        plugins: { 'web-api': webApi, '@typescript-eslint': tseslint.plugin },
        rules,
      },
    ],
  });
  const results = await eslint.lintFiles(sourcesOf(folder));
  const ours = results.flatMap(({ messages }) => messages.filter(({ ruleId }) => ruleId in rules));
  const fatal = results.filter(({ messages }) => messages.some((message) => message.fatal));
  console.log(
    JSON.stringify({
      files: results.length,
      rules: Object.keys(rules).length,
      messages: ours.length,
      unparsed: fatal.length,
    }),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
