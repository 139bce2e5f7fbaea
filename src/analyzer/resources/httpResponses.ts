/** Responses of Node's own clients: who asks for one has to read it. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const modules = ['http', 'https', 'follow-redirects'];

export const httpResponseTypes: readonly TypeEntry[] = [
  {
    id: 'http.module',
    names: [],
    values: [
      ...['http', 'https'].flatMap((module): readonly ApiName[] => [
        { module, name: '*' },
        { module, name: 'default' },
      ]),
      { module: 'follow-redirects', name: 'http' },
      { module: 'follow-redirects', name: 'https' },
    ],
  },
];

export const httpResponseKinds: readonly ResourceKind[] = [
  {
    id: 'handle/http-response',
    family: 'handle',
    noun: 'response',
    title: 'Response is not read on every way out',
    participle: 'read or resumed',
    severity: 'medium',
    words: modules.flatMap((module) => [`${module}'`, `${module}"`]),
    acquire: [
      { form: 'method-callback', on: ['http.module'], method: ['get', 'request'], parameter: 0 },
      {
        form: 'callback',
        callee: ['http', 'https'].flatMap((module) => [
          { module, name: 'get' },
          { module, name: 'request' },
        ]),
        parameter: 0,
      },
    ],
    release: [
      { form: 'method', method: ['resume', 'destroy', 'pipe', 'read', 'unpipe'] },
      { form: 'observed', method: ['on', 'once', 'addListener'], event: ['data', 'readable', 'end'] },
      { form: 'consumed' },
    ],
    heldBy: 'runtime',
    pathSensitive: true,
    exits: 'certain',
    givenForGood: true,
    endedWith: ['destroy', 'abort'],
    productionOnly: true,
    emptyWith: { option: 'method', value: 'HEAD' },
    documentation: {
      what: 'A callback of `http.get()` or `http.request()` that is given the response and, on some way out, neither reads nor resumes it: often the one for a redirect or a status that is no success.',
      why: 'Once somebody listens for the response, Node waits until it is read: the socket stays taken, and what arrives stays in memory.',
      leaking:
        "import https from 'node:https';\nexport function load(url, done) {\n  https.get(url, (response) => {\n    if (response.statusCode !== 200) return done(new Error(response.statusMessage));\n    let text = '';\n    response.on('data', (chunk) => (text += chunk));\n    response.on('end', () => done(null, text));\n  });\n}",
      safe: "import https from 'node:https';\nexport function load(url, done) {\n  https.get(url, (response) => {\n    if (response.statusCode !== 200) {\n      response.resume();\n      return done(new Error(response.statusMessage));\n    }\n    let text = '';\n    response.on('data', (chunk) => (text += chunk));\n    response.on('end', () => done(null, text));\n  });\n}",
      releases: [
        '`response.resume()`, which throws the body away',
        '`response.destroy()`',
        'a `data` handler, a pipe, `for await`',
        'handed to another function',
      ],
    },
  },
];
