/**
 * Bundles of TypeScript the parser and leaves out the rest: its checker, its emitter and the services of editors are three
 * quarters of it, and the analyzer never calls them. The compiler ships as one script whose 2,000 names are exported behind
 * getters, of which a bundler can leave out nothing; as a module that exports what the analyzer names, it can.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import esbuild from 'esbuild';
import { namesOfParser } from './directNames.mjs';

const common = /@ts-morph[\\/]common[\\/]dist[\\/]ts-morph-common\.js$/;
/**
 * Parts that do something when loaded (they register themselves, or fill a namespace), so that no bundler dares to leave them out, and
 * all that only these call. `test/contract/parserModule.test.ts` asks whether what is left lacks any of it.
 */
const registering = new RegExp(
  `^src/(?:${[
    'services/(?!(?:services|utilities|types)\\.ts)',
    'compiler/(?:_namespaces/|(?:builder|builderState|commandLineParser|executeCommandLine|moduleNameResolver|moduleSpecifiers|sys|tsbuildPublic|watch|watchPublic)\\.ts)',
    '(?:server|typescript|jsTyping|typingsInstallerCore)/',
  ].join('|')})`,
);

/** A plugin for esbuild: the TypeScript of `@ts-morph/common` becomes `parserModule()`. */
export const parserOnly = {
  name: 'parser-only',
  setup(build) {
    build.onLoad({ filter: common }, async () => ({ contents: await parserModule(), loader: 'js' }));
  },
};

let made;

/** The text of a module with the parser alone; `ts` is its one export. */
export function parserModule() {
  made ??= makeParserModule();
  return made;
}

async function makeParserModule() {
  const whole = asModule(
    readFileSync(join(dirname(createRequire(import.meta.url).resolve('@ts-morph/common')), 'typescript.js'), 'utf8'),
  );
  return withoutEmitFlags(withoutUnusedMessages(await withoutUnused(whole)));
}

/** The script as a module: its sections between the wrapper's head and its export of everything. */
function asModule(script) {
  const sections = script.split(/^(?=\/\/ src\/)/m).slice(1);
  const nameOf = (section) => section.slice(3, section.indexOf('\n')).trim();
  for (const needed of ['src/compiler/parser.ts', 'src/compiler/scanner.ts', 'src/services/services.ts'])
    if (!sections.some((section) => nameOf(section) === needed))
      throw new Error(`TypeScript is laid out otherwise than expected: ${needed} is not there`);
  const kept = sections.filter((section) => !registering.test(nameOf(section)));
  const exported = [...namesOfParser()].sort();
  return `const __defProp = Object.defineProperty;
const __export = (target, all) => { for (const name in all) __defProp(target, name, { get: all[name], enumerable: true }); };
${kept.join('')}
export const ts = { ${exported.join(', ')} };
`;
}

/** What nothing reaches is left out. */
async function withoutUnused(contents) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    legalComments: 'none',
    logLevel: 'error',
  });
  const [{ text }] = outputFiles;
  return text;
}

/** Most of two thousand messages belong to the checker: kept are those that what is left names. */
function withoutUnusedMessages(text) {
  const named = new Set([...text.matchAll(/\bDiagnostics\.(\w+)/g)].map(([, name]) => name));
  let left = 0;
  const result = text.replace(/^ {2}(\w+): diag\(.*\),?$/gm, (line, name) => {
    if (named.has(name)) return line;
    left++;
    return '';
  });
  if (left === 0) throw new Error('TypeScript writes its messages otherwise than expected');
  return result;
}

/**
 * Each node gathers from its children what an emitter would have to rewrite in it. The parser asks for one of these flags
 * alone, that of an `await` outside of functions: nodes without it need not be asked of their kind and name.
 */
function withoutEmitFlags(text) {
  const gathering = /(function propagateChildFlags\(child\) \{\s*if \(!child)(\) return 0;)/;
  const topLevelAwait = /!!\(node\.transformFlags & (\d+)\);/.exec(text)?.[1];
  if (!topLevelAwait || !gathering.test(text)) throw new Error('TypeScript gathers its flags otherwise than expected');
  return text.replace(gathering, `$1 || (child.transformFlags & ${topLevelAwait}) === 0$2`);
}
