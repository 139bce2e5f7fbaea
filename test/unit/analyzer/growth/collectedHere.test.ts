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
    {
      name: 'but for an end of something else',
      path: 'src/probe.js',
      code: leaking(probe(`${read}\n  await other.close();`, 'const other = start();')),
    },
  ],
  [
    { name: 'at the end of all', path: 'src/probe.js', code: safe(probe(`${read}\n  await tool.close();`)) },
    {
      name: 'after an early way out that stands before it',
      path: 'src/probe.js',
      code: safe(probe(`${read}\n  await tool.close();`, 'if (!page) {\n    await tool.close();\n    return;\n  }')),
    },
  ],
);
