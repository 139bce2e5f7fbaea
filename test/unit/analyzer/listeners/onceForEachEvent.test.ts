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
