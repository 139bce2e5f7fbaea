import { samples } from '../expectLeaks';

const probe = (rest: string, before = ''): string => `import { start } from './tools';
async function probe() {
  const tool = start();
  const page = tool.page;
  ${before}
  const errors = [];
  page.on('pageerror', (error) => {
    errors.push({ text: error.message });MARK
  });
  ${rest}
}
probe();`;

const leaking = (code: string): string => code.replace('MARK', ' // leak cache/array-only-pushed');
const safe = (code: string): string => code.replace('MARK', '');
const read = 'await page.wait(1000);\n  errors.forEach((one) => console.log(one.text));';

samples(
  'A list that one call collects, reads and ends',
  [
    {
      name: 'but for an end that is conditional',
      path: 'src/probe.js',
      code: leaking(probe(`${read}\n  if (errors.length > 0) await tool.close();`)),
    },
    {
      name: 'but for an early way out',
      path: 'src/probe.js',
      code: leaking(probe(`${read}\n  if (page.isBusy) return;\n  await tool.close();`)),
    },
    {
      name: 'but for an end in a handler that may not run',
      path: 'src/probe.js',
      code: leaking(probe(`${read}\n  page.on('idle', () => tool.close());`)),
    },
    ...[
      "await once(process, 'SIGTERM');",
      "await new Promise((resolve) => process.on('SIGINT', resolve));",
      'await new Promise(() => {});',
      'await untilStopped();',
    ].map((wait) => ({
      name: `but for one that comes with that of the program: ${wait}`,
      path: 'src/probe.js',
      code: leaking(
        `${probe(`${wait}\n  console.log(errors.length);\n  await tool.close();`)}
function untilStopped() {
  return new Promise((resolve) => process.once('SIGTERM', resolve));
}`,
      ),
    })),
    {
      name: 'but for an end of something else',
      path: 'src/probe.js',
      code: leaking(probe(`${read}\n  await other.close();`, 'const other = start();')),
    },
  ],
  [
    {
      name: 'after the end of another process',
      path: 'src/probe.js',
      code: safe(probe("await once(child, 'exit');\n  console.log(errors.length);\n  await tool.close();")),
    },
    { name: 'at the end of all', path: 'src/probe.js', code: safe(probe(`${read}\n  await tool.close();`)) },
    {
      name: 'after an early way out that stands before it',
      path: 'src/probe.js',
      code: safe(probe(`${read}\n  await tool.close();`, 'if (!page) {\n    await tool.close();\n    return;\n  }')),
    },
  ],
);
