/** Bodies of responses of `fetch` where connections are pooled: one that is neither read nor cancelled keeps its connection. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));

export const responseBodyKinds: readonly ResourceKind[] = [
  {
    id: 'handle/response-body',
    family: 'handle',
    noun: 'response body',
    title: 'Body of a response is neither read nor cancelled',
    participle: 'read or cancelled',
    severity: 'low',
    words: ['node-fetch', 'cross-fetch', 'undici'],
    patterns: [
      [
        /\bfetch\(/,
        /['"](?:node:|(?:fs|fs-extra|path|os|https?|http2|net|tls|child_process|worker_threads|stream|zlib|dns|express|fastify|koa)['"/])/,
      ],
    ],
    acquire: [
      {
        form: 'call',
        callee: [
          ...named('node-fetch', 'default', '*'),
          ...named('undici', 'fetch'),
          ...named('cross-fetch', 'default', 'fetch', '*'),
        ],
        promise: true,
      },
      { form: 'call', callee: [{ name: 'fetch' }], promise: true, inNode: true },
    ],
    release: [
      {
        form: 'method',
        method: ['body', 'json', 'text', 'arrayBuffer', 'blob', 'bytes', 'formData', 'buffer', 'textConverted'],
        written: 'body?.cancel()',
      },
    ],
    emptyWith: { option: 'method', value: 'HEAD' },
    // Aborted, also by a time limit, it gives the connection back.
    limitedBy: ['signal'],
    emptyAt: [204, 205, 304],
    heldBy: 'runtime',
    pathSensitive: true,
    exits: 'likely',
    productionOnly: true,
    documentation: {
      what: 'A server gets a response, looks at its status, and leaves the body as it is.',
      why: 'The connection stays busy with the body until the response is collected as garbage: it cannot be used again, and a burst of errors opens one after the other.',
      leaking:
        "import { join } from 'node:path';\nexport async function load(base, name) {\n  const response = await fetch(join(base, name));\n  if (!response.ok) throw new Error(response.statusText);\n  return response.json();\n}",
      safe: "import { join } from 'node:path';\nexport async function load(base, name) {\n  const response = await fetch(join(base, name));\n  if (!response.ok) {\n    await response.body?.cancel();\n    throw new Error(response.statusText);\n  }\n  return response.json();\n}",
      releases: [
        '`text()`, `json()` or another way of reading',
        '`body.cancel()`',
        'returned or handed to another owner',
      ],
    },
  },
];
