import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

const playwright = "import { chromium, type Browser } from 'playwright';\n";
const use = (end: string, mark = '') => `export async function shot(url: string) {
  const browser = await shared();
  const context = await browser.newContext({ locale: 'en' });${mark}
  const page = await context.newPage();
  try {
    await page.goto(url);
    return await page.screenshot();
  } finally {
    ${end}
  }
}
`;
const handled = `${playwright}let browser: Promise<Browser> | undefined;
export function shared() {
  browser ??= chromium.launch().catch((error) => {
    browser = undefined;
    throw error;
  });
  return browser;
}
`;
const annotated = `${playwright}const known = new Map<string, Browser>();
export async function shared(name = 'one'): Promise<Browser> {
  const one = known.get(name) ?? (await start(name));
  known.set(name, one);
  return one;
}
declare function start(name: string): Promise<Browser>;
`;
const leak = ' // leak handle/browser-context';

samples(
  'what a promise gives whose failure is handled, and what a function says that it gives',
  [
    {
      name: 'a context of a browser whose start is handled',
      code: handled + use('await page.close();', leak).replace('const page', 'const page'),
    },
    { name: 'a context of what the annotation names', code: annotated + use('await page.close();', leak) },
  ],
  [
    {
      name: 'a context that is closed',
      code:
        handled +
        use('await context.close();').replace(
          '  const page = await context.newPage();\n  try {\n',
          '  try {\n    const page = await context.newPage();\n',
        ),
    },
    {
      name: 'what a handler may put in the place of it',
      code: "export const lines = fetch('/x').catch(() => undefined).then((one) => one?.text());",
    },
  ],
);

describe('what functions of other files say that they give', () => {
  for (const [name, source] of Object.entries({ handled, annotated }))
    it(`is known: ${name}`, () => {
      const found = findingsOfFiles({
        'src/browser.ts': source,
        'src/shot.ts': `import { shared } from './browser';\n${use('await page.close();')}`,
      }).flatMap(({ path, findings }) => findings.map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`));
      assert.deepEqual(found, ['src/shot.ts:4 handle/browser-context']);
    });
});
