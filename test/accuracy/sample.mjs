/**
 * `node test/accuracy/sample.mjs [PROJECT…]`: prints the sites to label as JSON. Nothing here knows what the analyzer reports:
 * files are drawn at random (fixed seed, per project) among those in which one of the patterns below occurs, and the sites of a
 * file are the places of the patterns, at most `sitesOfFile` drawn at random when there are more.
 *
 * Two draws, never the same file twice:
 * - `random`: any such file;
 * - `imbalance`: a file in which more is acquired than released by counting words; leaks are likelier there, so that recall can
 *   be told at all.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { obtain } from './obtain.mjs';
import { folderOf, idOf, randomFrom, readProjects, shuffled } from './projects.mjs';

const seed = 'slo-lens accuracy 1';
const sitesOfFile = 6;
const randomSitesOfProject = 7;
const imbalanceSitesOfProject = 3;
/** A reader reads the whole file. */
const longestFile = 1200;
const shortestFile = 25;

/** Word patterns of an acquisition or of growth, the family of a site, and what ends it. */
const patterns = [
  ['listener', /\.addEventListener\(|\baddEventListener\(/, /removeEventListener\(|signal:|once:/],
  ['listener', /\.(?:on|addListener|prependListener)\(\s*['"`\w[]/, /\.(?:off|removeListener|removeAllListeners)\(/],
  ['listener', /\.once\(\s*['"`\w]/, /\.(?:off|removeListener|removeAllListeners)\(/],
  ['listener', /\bsetInterval\(/, /clearInterval\(/],
  ['listener', /\bsetTimeout\(/, /clearTimeout\(/],
  ['listener', /\brequestAnimationFrame\(/, /cancelAnimationFrame\(/],
  ['listener', /\bnew \w*(?:Resize|Intersection|Mutation|Performance)Observer\(/, /\.disconnect\(/],
  ['listener', /\.subscribe\(/, /unsubscribe/],
  ['listener', /\.connect\(\s*(?:this\.|\w+\s*=>|\()/, /\.disconnect\(/],
  ['listener', /\.onDid\w+\(|\.on[A-Z]\w+\(\s*(?:\w+|\([^)]*\))\s*=>/, /dispose/],
  [
    'handle',
    /\bnew (?:WebSocket|WebSocketServer|EventSource|BroadcastChannel|Worker|MessageChannel|AudioContext)\b/,
    /\.(?:close|terminate)\(/,
  ],
  ['handle', /createObjectURL\(/, /revokeObjectURL\(/],
  ['handle', /getUserMedia\(|getDisplayMedia\(/, /\.stop\(\)/],
  [
    'handle',
    /\b(?:createReadStream|createWriteStream|openSync|createInterface|mkdtemp(?:Sync)?)\(|\bfs\w*(?:\.promises)?\.open\(/,
    /\.(?:close|closeSync|end|destroy)\(|pipeline\(/,
  ],
  [
    'handle',
    /\b(?:net|tls|http2)\.connect\(|\bcreateConnection\(|\bcreateServer\(|\bnew (?:net\.)?Socket\(/,
    /\.(?:end|destroy|close)\(/,
  ],
  [
    'handle',
    /\b(?:getConnection|acquireConnection|acquire|checkout|startSession|createChannel|createQueryRunner)\(|\bpool\.connect\(/,
    /\.(?:release|destroy|close|endSession)\w*\(/,
  ],
  [
    'handle',
    /\bnew (?:Pool|Client|MongoClient|Redis|Kafka|Agent|http\.Agent)\(/,
    /\.(?:end|close|quit|disconnect|destroy)\(/,
  ],
  ['handle', /\b(?:spawn|fork|watch|watchFile|launch)\(/, /\.(?:kill|close|unwatchFile)\(/],
  ['handle', /\.getReader\(|\.getWriter\(|\.pipe\(/, /releaseLock|\.cancel\(|unpipe|pipeline\(/],
  [
    'handle',
    /\b(?:createTexture|createBuffer|createProgram|createImageBitmap|createFramebuffer)\(/,
    /\.(?:delete\w+|close|destroy)\(/,
  ],
  [
    'cache',
    /\bthis\.\w+\.(?:set|add)\(|^\s*(?:const|let|var)?\s*\w*(?:[cC]ache|[mM]ap|[rR]egistry)\w*\.(?:set|add)\(/,
    /\.(?:delete|clear)\(/,
  ],
  [
    'cache',
    /\bthis\.\w+\.(?:push|unshift)\(|\b\w*(?:[qQ]ueue|[lL]ist(?:eners)?|[cC]ache|[hH]andlers)\.push\(/,
    /\.(?:shift|pop|splice)\(|\.length\s*=|=\s*\[\]/,
  ],
  ['cache', /\bthis\.\w+\[\w[\w.]*\]\s*=[^=]|\b\w*(?:[cC]ache|[mM]ap|[rR]egistry)\w*\[\w[\w.]*\]\s*=[^=]/, /\bdelete /],
];
const comment = /^\s*(?:\/\/|\*|\/\*)/;
const compiled = /sourceMappingURL=[^\n]*\s*$|"__esModule"/;

function scriptsBelow(folder, path) {
  const absolute = join(folder, path);
  if (statSync(absolute).isFile()) return /(?<!\.d|\.min)\.[cm]?[jt]sx?$/.test(path) ? [path] : [];
  return readdirSync(absolute)
    .filter((name) => name !== 'node_modules' && name !== 'vendor' && name !== 'lang')
    .sort()
    .flatMap((name) => scriptsBelow(folder, `${path}/${name}`));
}

/** @returns the candidate sites of a text: 1-based line, family, first pattern that matches. */
export function sitesOf(text) {
  const sites = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (comment.test(line)) continue;
    const pattern = patterns.find(([, acquire]) => acquire.test(line));
    if (pattern) sites.push({ line: index + 1, family: pattern[0], text: line.trim().slice(0, 160) });
  }
  return { sites, lines: lines.length };
}

/** Does one of the patterns acquire more often than its release occurs? */
function isImbalanced(text) {
  const count = (pattern) => [...text.matchAll(new RegExp(pattern.source, 'gm'))].length;
  return patterns.some(([, acquire, release]) => count(acquire) > count(release));
}

function draw(files, wanted, random, taken) {
  const sites = [];
  for (const file of shuffled(files, random)) {
    if (sites.length >= wanted) break;
    if (taken.has(file.path)) continue;
    taken.add(file.path);
    const some = shuffled(file.sites, random).slice(0, Math.min(sitesOfFile, wanted - sites.length + 2));
    for (const site of some.sort((a, b) => a.line - b.line)) sites.push({ path: file.path, ...site });
  }
  return sites;
}

/** The sites of one project. */
export function sampleOf(project) {
  const folder = folderOf(project);
  const random = randomFrom(`${seed} ${idOf(project)}`);
  const files = project.roots
    .flatMap((root) => scriptsBelow(folder, root))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
    .filter(({ text }) => !compiled.test(text))
    .map((file) => ({ ...file, ...sitesOf(file.text) }))
    .filter(({ sites, lines }) => sites.length > 0 && lines >= shortestFile && lines <= longestFile);
  const taken = new Set();
  const drawn = (origin, from, wanted) =>
    draw(from, wanted, random, taken).map((site) => ({ project: idOf(project), origin, ...site }));
  return [
    ...drawn('random', files, randomSitesOfProject),
    ...drawn(
      'imbalance',
      files.filter(({ text }) => isImbalanced(text)),
      imbalanceSitesOfProject,
    ),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const only = process.argv.slice(2);
  const projects = readProjects().filter((project) => only.length === 0 || only.includes(project.name));
  for (const project of projects) obtain(project);
  console.log(JSON.stringify(projects.flatMap(sampleOf), null, 1));
}
