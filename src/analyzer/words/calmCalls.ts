/**
 * Which calls may be taken not to throw? Language built-ins, logging and registration, as data: if every call counted as
 * a possible exception, every line would be a way out.
 */

/** Globals and their members that do not throw on ordinary values; a trailing `*` stands for any member. */
export const calmGlobals: readonly string[] = [
  'require',
  'console.*',
  'Math.*',
  'Number',
  'Number.*',
  'String',
  'String.*',
  'Boolean',
  'Symbol',
  'Symbol.*',
  'Object.*',
  'Array',
  'Array.*',
  'Date',
  'Date.*',
  'JSON.stringify',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'encodeURI',
  'escape',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'performance.*',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'process.nextTick',
  'process.hrtime',
  'process.hrtime.bigint',
  'process.cwd',
  'process.uptime',
  'process.memoryUsage',
  'process.emitWarning',
  'process.emit',
  'process.on',
  'process.once',
  'process.off',
  'process.removeListener',
  'process.stdout.*',
  'process.stderr.*',
  'Promise.*',
  'Promise',
  'Buffer',
  'Buffer.*',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'AggregateError',
  'RegExp',
  'Proxy',
  'Uint8Array',
  'Int32Array',
  'Uint32Array',
  'Uint16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'AbortSignal.*',
  'URLSearchParams',
  'EventTarget',
  'Event',
  'Reflect.*',
  'Atomics.*',
  'Intl.*',
];

/** Modules whose functions do not throw on ordinary values. `fs` reports through its callbacks and promises. */
export const calmModules: ReadonlySet<string> = new Set([
  'path',
  'path/posix',
  'os',
  'util',
  'events',
  'timers',
  'timers/promises',
  'stream',
  'stream/promises',
  'net',
  'tls',
  'http',
  'https',
  'http2',
  'zlib',
  'readline',
  'crypto',
  'perf_hooks',
  'async_hooks',
  'string_decoder',
  'child_process',
  'socket.io-client',
  'chalk',
  'picocolors',
  'kleur',
  'debug',
  'ms',
  'ansi-colors',
  'once',
  'through2',
  'concat-stream',
  'end-of-stream',
  'pump',
  'split2',
  'uuid',
  'uuid/v4',
  'nanoid',
  'nanoid/non-secure',
  'ulid',
  'cuid',
  '@paralleldrive/cuid2',
  'shortid',
  'uniqid',
  'hyperid',
]);

/** Modules whose functions throw only in their `…Sync` forms. */
export const syncThrowingModules: ReadonlySet<string> = new Set([
  'fs',
  'fs/promises',
  'graceful-fs',
  'fs-extra',
  'child_process',
  'zlib',
]);

/** Synchronous functions of those modules that report through their result. */
export const calmSyncFunctions: ReadonlySet<string> = new Set([
  'existsSync',
  'spawnSync',
  'pathExistsSync',
  'closeSync',
]);

/** Globals and exports of which throwing is the normal way to say no. */
export const throwingNames: readonly string[] = [
  'JSON.parse',
  'URL',
  'decodeURIComponent',
  'decodeURI',
  'structuredClone',
  'eval',
  'atob',
];

/** Methods that do not throw, whatever they are called on: built-in collections, text, dates, emitters, streams, loggers. */
export const calmMethods: ReadonlySet<string> = new Set(
  [
    'push pop shift unshift slice splice concat join reverse sort indexOf lastIndexOf includes find findIndex findLast filter map forEach reduce reduceRight some every flat flatMap fill keys values entries at',
    'charAt charCodeAt codePointAt endsWith startsWith match matchAll padEnd padStart repeat replace replaceAll search split substring substr toLowerCase toUpperCase trim trimEnd trimStart localeCompare normalize',
    'get set has add delete clear size toString valueOf toFixed toISOString toJSON getTime getFullYear toLocaleString test exec hasOwnProperty isPrototypeOf',
    'then catch finally bind',
    'on once off emit addListener removeListener removeAllListeners prependListener prependOnceListener setMaxListeners listenerCount addEventListener removeEventListener dispatchEvent subscribe unsubscribe',
    'write end pipe unpipe resume pause destroy cork uncork setEncoding unref ref setTimeout setNoDelay setKeepAlive read',
    'log debug info warn error trace fatal verbose silly notice success fail succeed start stop text',
    'copy equals subarray toArray writeUInt8 writeUInt16LE writeUInt32LE writeInt32LE readUInt8 readUInt16LE readUInt32LE readUInt16BE readUInt32BE readInt32LE readUIntBE readUIntLE writeUInt32BE writeUInt16BE readBigUInt64LE',
    'abort isFile isDirectory isSymbolicLink update digest',
    'kill close listen address',
  ].flatMap((line) => line.split(' ')),
);

/** Calls that give their result or error to someone else and come back: continuations by their name. */
export const calmNames: ReadonlySet<string> = new Set([
  'callback',
  'cb',
  'done',
  'next',
  'resolve',
  'reject',
  'debug',
  'log',
  'warn',
  'error',
  'info',
  'trace',
  'noop',
]);

/** Functions and methods that report and come back, or only wrap what they are given (`asValue(client)`), by their name. */
export const calmPattern = /^(?:(?:print|log|warn|debug|info|trace|report|notify)(?:[A-Z_]|$)|as[A-Z])/;

/** Functions that load a part of the program when it is wanted, by their name: `importArchiver`. */
export const importPattern = /^import[A-Z]/;

/** Functions that answer a question with yes or no, by their name: `shouldRetry`, `isEmpty`. */
export const asksPattern = /^(?:is|has|should|can|needs|supports)[A-Z]/;

/**
 * Is throwing how it says no, by its name: does it read a foreign text, check, or work with the system at once? Who only asks
 * comes here where it is seen to throw.
 */
export function mayRefuseByName(name: string): boolean {
  return (
    asksPattern.test(name) ||
    /^(?:parse|decode|deserialize|compile|validate|verify|assert|require|ensure|check|expect|must|load|read)|(?:OrFail|OrThrow|Sync)$/.test(
      name,
    )
  );
}

/** May the text export such a function that throws? */
export function mayRefuse(text: string): boolean {
  return (
    /\bthrow\b|\bJSON\.parse\b/.test(text) &&
    /\bexports?\b[\s\S]{0,120}?\b(?:is|has|should|can|needs|supports)[A-Z]/.test(text)
  );
}

/** Functions that make an id of chance, the time or a count, by their name: `generateId`, `createUniqueId`, `nextMessageID`, `uuidv4`. */
export const idPattern =
  /^(?:(?:gen(?:erate)?|create|make|new|next|random|unique)[A-Za-z]*(?:Id|ID|Uid|UID|Uuid|UUID|Guid|GUID)|uuid(?:v[1-7])?|guid|nanoid)$/;

/** Promises that are not rejected, whatever becomes of others. */
export const calmPromises: readonly string[] = ['Promise.resolve', 'Promise.allSettled'];

/** Promises that fulfil whatever happens. */
export const calmAwaits: ReadonlySet<string> = new Set(
  [
    'delay sleep wait timeout tick nextTick setTimeout setImmediate allSettled close destroy dispose end release',
    // An editor answers with nothing where nothing is chosen or found.
    'showQuickPick showInputBox findFiles',
  ].flatMap((line) => line.split(' ')),
);

/** Calls that end the process. */
export const endingCalls: readonly string[] = ['process.exit', 'process.abort', 'process.reallyExit', 'Deno.exit'];

/** Calls that look at an argument without keeping it. */
export const lookingGlobals: readonly string[] = [
  'console.*',
  'String',
  'Number',
  'Boolean',
  'JSON.stringify',
  'Number.*',
  'isNaN',
  'parseInt',
  'Object.keys',
  'Array.isArray',
  'Math.*',
];

/** Methods of loggers and assertions: they look at an argument without keeping it. */
export const lookingMethods: ReadonlySet<string> = new Set(
  'log debug info warn error trace fatal verbose silly notice ok equal strictEqual deepEqual notEqual notStrictEqual'.split(
    ' ',
  ),
);
