/** Listeners of which a table of the module knows one for each event are as many as events. */
import { samples } from '../expectLeaks';

const hook = (
  body: string,
  more = '',
  table = 'const tables = new Map();',
): string => `import { useEffect } from 'react';
${table}
function listen(name) {
  ${body}
}
export const useWindow = (name, handler) => {
  useEffect(() => {
    listen(name).push(handler);
    return () => {
      ${more}
    };
  }, [name, handler]);
};`;
const add = (mark = '', name = 'name'): string =>
  `window.addEventListener(${name}, (event) => {${mark}\n      tell(name, event);\n    });`;
const leak = ' // leak listener/dom-event-listener';

samples(
  'a listener that a table of the module may know',
  [
    {
      name: 'and that forgets it while it stays',
      code: hook(
        `if (!tables.has(name)) {\n    ${add(leak)}\n    tables.set(name, []);\n  }\n  return tables.get(name);`,
        'tables.delete(name);',
      ),
      path: 'src/hook.tsx',
    },
    {
      name: 'by another name than that of the event',
      code: hook(
        `const id = next();\n  if (!tables.has(id)) {\n    ${add(leak)}\n    tables.set(id, []);\n  }\n  return tables.get(id);`,
      ),
      path: 'src/hook.tsx',
    },
    {
      name: 'and that is filled on a condition elsewhere',
      code: hook(
        `if (!tables.has(name)) {\n    ${add(leak)}\n  }\n  if (name !== 'resize') tables.set(name, []);\n  return tables.get(name);`,
      ),
      path: 'src/hook.tsx',
    },
    {
      name: 'and that another may empty',
      code: hook(
        `if (tables.has(name)) return tables.get(name);\n  ${add(leak)}\n  tables.set(name, []);\n  return tables.get(name);`,
        'forget(tables);',
      ),
      path: 'src/hook.tsx',
    },
  ],
  [
    {
      name: 'behind a condition',
      code: hook(`if (!tables.has(name)) {\n    ${add()}\n    tables.set(name, []);\n  }\n  return tables.get(name);`),
      path: 'src/hook.tsx',
    },
    {
      name: 'by what it had before',
      code: hook(
        `const before = tables.get(name);\n  if (!before) {\n    const list = [];\n    ${add()}\n    tables.set(name, list);\n    return list;\n  }\n  return before;`,
      ),
      path: 'src/hook.tsx',
    },
    {
      name: 'behind an early way out',
      code: hook(
        `if (tables.has(name)) return tables.get(name);\n  tables.set(name, []);\n  ${add()}\n  return tables.get(name);`,
      ),
      path: 'src/hook.tsx',
    },
  ],
);

const head = `import { EventEmitter } from 'node:events';
const hub = new EventEmitter();
const tables = new Map();
`;
const onHub = (mark = '', name = 'topic', table = ''): string => `if (!tables.has(${name})) {
    tables.set(${name}, []);${table}
    hub.on(${name}, (event) => tables.get(${name}).forEach((one) => one(event)));${mark}
  }`;
const ofHub = ' // leak listener/emitter-on';
const hidden = ' // hint listener/emitter-on';

samples(
  'a listener of which a table knows one for each of what comes and goes',
  [
    {
      name: 'by the part of a request',
      code: `import express from 'express';
${head}express().get('/topics/:topic', (req, res) => {
  const topic = req.params.topic;
  ${onHub(ofHub)}
  tables.get(topic).push((event) => res.write(event));
});`,
    },
    {
      name: 'by an id',
      code: `${head}export function follow(jobId, tell) {\n  ${onHub(ofHub, 'jobId', ' // leak cache/map-without-eviction')}\n  tables.get(jobId).push(tell);\n}`,
    },
    {
      name: 'by an id, at the page',
      code: `const seen = new Set();\nexport function follow(taskId, tell) {\n  if (seen.has(taskId)) return;\n  seen.add(taskId); // leak cache/set-field-only-grows\n  window.addEventListener(taskId, () => tell(taskId)); // leak listener/dom-event-listener\n}`,
    },
    {
      name: 'by what is made of an id',
      code: `import express from 'express';
${head}express().post('/calls', (req, res) => {
  const channel = \`answer:\${req.body.call}\`;
  if (tables.has(channel)) return res.end();
  tables.set(channel, res); // leak cache/request-state-in-module
  hub.on(channel, (state) => res.json(state));${ofHub}
});`,
    },
    {
      name: 'by any name that others give',
      code: `${head}export function follow(topic, tell) {\n  ${onHub(hidden)}\n  tables.get(topic).push(tell);\n}`,
    },
  ],
  [
    {
      name: 'by a name of a fixed list',
      code: `${head}export function follow(topic: 'open' | 'shut', tell: (event: unknown) => void) {\n  ${onHub()}\n  tables.get(topic).push(tell);\n}`,
    },
    {
      name: 'by names that the file itself gives',
      code: `${head}function follow(topic, tell) {\n  ${onHub()}\n  tables.get(topic).push(tell);\n}\nexport const both = (tell) => {\n  follow('open', tell);\n  follow('shut', tell);\n};`,
    },
  ],
);
