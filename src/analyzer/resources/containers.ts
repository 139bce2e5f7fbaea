/** Collections that grow: kinds without an acquisition, judged by what fills and what empties them. */
import type { ResourceKind } from './model';

const container = (
  name: string,
  noun: string,
  title: string,
  documentation: ResourceKind['documentation'],
  words: readonly string[],
  severity: ResourceKind['severity'] = 'medium',
): ResourceKind => ({
  id: `cache/${name}`,
  family: 'cache',
  noun,
  title,
  severity,
  words,
  acquire: [],
  release: [],
  heldBy: 'receiver',
  documentation,
});

const releases = [
  'deleting entries when they are done',
  'a size check that evicts',
  'expiry that sweeps',
  'replacing or draining the collection',
  '`WeakMap` or `WeakSet`',
  'keys that are a small closed set',
];

export const containerKinds: readonly ResourceKind[] = [
  container(
    'map-without-eviction',
    'map',
    'Map grows without eviction',
    {
      what: 'A `Map` that outlives what fills it takes a new entry for each new key, and nothing removes entries.',
      why: 'Each distinct id, URL or query stays in memory until the process ends.',
      leaking:
        'const cache = new Map();\nexport async function load(url) {\n  if (cache.has(url)) return cache.get(url);\n  const page = await fetchPage(url);\n  cache.set(url, page);\n  return page;\n}',
      safe: 'const cache = new Map();\nexport async function load(url) {\n  if (cache.has(url)) return cache.get(url);\n  const page = await fetchPage(url);\n  cache.set(url, page);\n  if (cache.size > 1000) cache.delete(cache.keys().next().value);\n  return page;\n}',
      releases,
    },
    ['new Map'],
    'high',
  ),
  container(
    'set-field-only-grows',
    'set',
    'Set only grows',
    {
      what: 'A `Set` that outlives what fills it is only added to.',
      why: 'Every value ever seen stays in memory.',
      leaking:
        'const seen = new Set();\nexport function isNew(id) {\n  const fresh = !seen.has(id);\n  seen.add(id);\n  return fresh;\n}',
      safe: 'const seen = new Set();\nexport function begin(id) {\n  seen.add(id);\n}\nexport function end(id) {\n  seen.delete(id);\n}',
      releases,
    },
    ['new Set'],
  ),
  container(
    'array-only-pushed',
    'list',
    'List only grows',
    {
      what: 'An array that outlives what fills it is only appended to.',
      why: 'Every entry ever appended stays in memory.',
      leaking: "const log = [];\nserver.on('request', (req) => {\n  log.push(req.url);\n});",
      safe: "const log = [];\nserver.on('request', (req) => {\n  log.push(req.url);\n  if (log.length > 1000) log.shift();\n});",
      releases: [
        '`shift`, `pop`, `splice` or `length =`',
        'a slice or filter that is assigned back',
        'a cap',
        'draining',
      ],
    },
    ['.push(', '.unshift(', '.concat(', '[...'],
  ),
  container(
    'record-only-grows',
    'record',
    'Record only grows',
    {
      what: 'A plain object used as a table outlives what fills it and takes a property for each new key.',
      why: 'Each distinct key stays in memory until the process ends.',
      leaking: 'const sessions = {};\nexport function open(id, data) {\n  sessions[id] = data;\n}',
      safe: 'const sessions = {};\nexport function open(id, data) {\n  sessions[id] = data;\n}\nexport function close(id) {\n  delete sessions[id];\n}',
      releases,
    },
    ['= {}', ': {}', 'Object.create(null)'],
  ),
  container(
    'memoize-hand-rolled',
    'memo table',
    'Hand-written memo table grows without limit',
    {
      what: 'A function keeps results by argument in a table of its own, without a limit.',
      why: 'The table lives as long as the function, and each distinct argument adds an entry.',
      leaking:
        'export function memoize(fn) {\n  const results = new Map();\n  return (key) => {\n    if (!results.has(key)) results.set(key, fn(key));\n    return results.get(key);\n  };\n}',
      safe: 'export function memoizeLast(fn) {\n  let last;\n  return (key) => {\n    if (last?.key !== key) last = { key, value: fn(key) };\n    return last.value;\n  };\n}',
      releases,
    },
    ['new Map', '= {}', 'Object.create(null)'],
  ),
];
