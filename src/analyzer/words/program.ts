/** How a program itself is written: exports, flags of a build, assertions, comparisons, paths. */

/** Is it the object that a CommonJS module gives to others? */
export function isExportsObject(text: string): boolean {
  return text === 'exports' || text === 'module.exports';
}

/** Names that a build puts a constant for, which is off in what is shipped. */
export function isDevelopmentFlag(name: string): boolean {
  return /^__(?:TEST|DEV|WATCH|DEBUG)\w*__$/.test(name);
}

/** `import.meta.env.DEV`, `Utils.isDevMode()`: does a condition hold only where the program is worked on? */
export function tellsDevelopment(condition: string): boolean {
  return /^import\.meta\.env\.DEV$|^(?:[\w$]+\.)*(?:isDev(?:elopment)?|(?:isIn|is|in)Dev(?:elopment)?Mode)(?:\(\))?$/.test(
    condition,
  );
}

/** The mode that a text names and another asks for: `process.env.NODE_ENV` and `'development'`. */
export function modeOf(asked: string, name: string): 'development' | 'production' | undefined {
  const isOfBuild = /(?:^|\.)NODE_ENV$|^(?:(?:[\w$]+\.)*(?:env|config|argv)\.)?(?:MODE|mode)$/.test(asked);
  if (!isOfBuild && !(/[mM]ode$/.test(asked) && /\w*Mode\.\w+$/.test(name))) return undefined;
  const mode = /^(['"]|[\w.]*\.)(development|production)\b/i.exec(name)?.[2]?.toLowerCase();
  return mode === 'development' || mode === 'production' ? mode : undefined;
}

/** Does a statement that begins so assert something? */
export function asserts(statement: string): boolean {
  return /^(?:expect|assert|should)\b/.test(statement);
}

/** `===`, `!=`: an operator that asks whether two values are the same. */
export function compares(operator: string): boolean {
  return /^[!=]==?$/.test(operator);
}

/** `PropTypes.instanceOf(Store)`: asks whether something is of the class, as the operator does. */
export function asksForInstance(name: string): boolean {
  return name === 'instanceOf' || name === 'isInstance';
}

/** `path.join`, `resolve`: the last argument names the file. */
export function joinsPath(callee: string): boolean {
  return /(?:^|\.)(?:join|resolve)$/.test(callee);
}

/** Does the text load files by a pattern of their names, so that any may be meant? An image or the words of a language are no script. */
function loadsByPattern(text: string): boolean {
  return /\bimport\.meta\.glob|\brequire\.context\b|\b(?:import|require)\s*\(\s*(?:\/\*.*?\*\/\s*)?`(?![^`]*(?:\/locales?\/|\.(?:json|png|svg|jpe?g|webp|gif|gltf|css|md|txt|ya?ml|wasm)`))[^`]*\$\{/.test(
    text,
  );
}

/**
 * Does the text load a file by a name that it makes or is given, `require(path.join(folder, file))`, `import(url.href)`? A path
 * beside the file itself, joined of texts, is as good as written, and one that ends so is no script: `join(folder, 'package.json')`.
 */
function loadsByName(text: string): boolean {
  return /(?<![\w$.]|function )(?:import|require)\s*\(\s*(?:\/\*.*?\*\/\s*)?(?!(?:[\w$]+\.)?(?:join|resolve)\(\s*__dirname(?:\s*,\s*(?:'[^']*'|"[^"]*"))+\s*,?\s*\)|[\w$.]+\((?:[^()\n]|\([^()\n]*\))*\.json['"`]\s*\))[A-Za-z_$][\w$.[\]?]*\s*[(),+]/.test(
    text,
  );
}

/**
 * What a text does with files that it does not name, by names of the census: `*` by a pattern, `?` by a name that is made, and with
 * them, after a dot, the members that it asks of anything, or names in a text.
 */
export function loadingsIn(text: string): readonly string[] {
  const found = [...(loadsByPattern(text) ? ['*'] : []), ...(loadsByName(text) ? ['?'] : [])];
  if (found.length === 0) return found;
  const asked = new Set([...text.matchAll(/[.{,'"`]\s*([A-Za-z_$][\w$]*)/g)].map(([, name]) => name));
  return [...found, `.${[...asked].join(' ')}`];
}

/** `virtual:generated-pages`, `~pages`, `vue-router/auto-routes`: a module that a build makes of the files that it finds. */
export function isMadeOfFiles(module: string): boolean {
  return /^(?:~|virtual:)\S*(?:page|rout|layout|view|component)|\bauto(?:-rout|$)/.test(module);
}

/** Does a program with a file of this path bring what lies in some folders into all of its files, without an import? */
export function bringsIn(path: string): boolean {
  return /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/.test(path);
}

/** `unplugin-auto-import/vite`: what does so at a build. */
export function isBringer(module: string): boolean {
  return /^unplugin-(?:auto-import|vue-components)(?:\/|$)/.test(module);
}

/** Does a file lie where such a program looks for what it brings in? */
export function isBroughtIn(path: string): boolean {
  return /(?:^|\/)(?:components|composables|hooks|utils|stores|plugins|middleware|layouts)\//.test(path);
}

/** Is it a module of Node, or of servers on it, that a page lacks? */
export function isNodeModule(module: string): boolean {
  return /^(?:node:.+|fs(?:\/promises)?|fs-extra|path|os|http|https|http2|net|tls|child_process|cluster|worker_threads|stream(?:\/promises)?|zlib|dns|express|fastify|koa)$/.test(
    module,
  );
}

/** Members of a child process by which its parent talks with it: they end with it. */
export const streamsOfProcess: ReadonlySet<string> = new Set(['stdin', 'stdout', 'stderr', 'stdio']);

/** Types of the catalogue: a process that was started, and a server that others connect to. */
export const processType = 'child';
export const serverType = 'net.server';

/** Does a method of this name, of a server, say where it waits for others? */
export function opensServer(name: string): boolean {
  return name === 'listen';
}

/** Does a method of this name, of a process, end it? */
export function killsProcess(name: string): boolean {
  return name === 'kill';
}
