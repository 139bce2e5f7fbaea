/** Browsers, contexts and pages of browser automation. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const puppeteer = ['puppeteer', 'puppeteer-core', 'puppeteer-extra'];
const playwright = ['playwright', 'playwright-core', '@playwright/test'];
const engines = ['chromium', 'firefox', 'webkit'];

const launches: readonly ApiName[] = [
  ...puppeteer.flatMap((module) => ['launch', 'connect', 'default.launch'].map((name) => ({ module, name }))),
  ...playwright.flatMap((module) =>
    engines.flatMap((engine) =>
      ['launch', 'launchPersistentContext', 'connect', 'connectOverCDP'].map((method) => ({
        module,
        name: `${engine}.${method}`,
      })),
    ),
  ),
];

export const automationTypes: readonly TypeEntry[] = [
  {
    id: 'automation.browser',
    names: [...puppeteer, ...playwright].flatMap((module) =>
      ['Browser', 'BrowserContext'].map((name) => ({ module, name })),
    ),
    calls: launches,
    members: ['newContext', 'createBrowserContext', 'createIncognitoBrowserContext'].map((name) => ({
      of: 'automation.browser',
      name,
      call: true,
    })),
  },
];

export const automationKinds: readonly ResourceKind[] = [
  {
    id: 'handle/browser-launch',
    family: 'handle',
    noun: 'browser',
    title: 'Browser is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['puppeteer', 'playwright'],
    acquire: [{ form: 'call', callee: launches, promise: true }],
    release: [{ form: 'method', method: ['close', 'disconnect', 'process', '[Symbol.asyncDispose]'] }],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    parts: ['newPage', 'newContext', 'createBrowserContext', 'createIncognitoBrowserContext', 'pages', 'contexts'],
    afterRelease: { use: 'handle/use-after-close' },
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A browser that is started by a function and not closed on every way out of it: when a page fails to load, the browser stays.',
      why: 'Each browser is a tree of processes that lives until it is closed.',
      leaking:
        "import puppeteer from 'puppeteer';\nexport async function shot(url) {\n  const browser = await puppeteer.launch();\n  const page = await browser.newPage();\n  await page.goto(url);\n  const image = await page.screenshot();\n  await browser.close();\n  return image;\n}",
      safe: "import puppeteer from 'puppeteer';\nexport async function shot(url) {\n  const browser = await puppeteer.launch();\n  try {\n    const page = await browser.newPage();\n    await page.goto(url);\n    return await page.screenshot();\n  } finally {\n    await browser.close();\n  }\n}",
      releases: ['`browser.close()` in `finally`', '`browser.process().kill()`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/browser-context',
    family: 'handle',
    noun: 'page',
    title: 'Page or context of a shared browser is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['newPage', 'newContext', 'BrowserContext'],
    acquire: [
      {
        form: 'method',
        on: ['automation.browser'],
        method: ['newPage', 'newContext', 'createBrowserContext', 'createIncognitoBrowserContext'],
        promise: true,
        untyped: true,
      },
    ],
    release: [{ form: 'method', method: ['close', '[Symbol.asyncDispose]'] }],
    heldBy: 'receiver',
    fluent: ['on', 'once'],
    afterRelease: { use: 'handle/use-after-close' },
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A page or context of a browser that lives on, closed on one way out of the function and not on another.',
      why: 'The browser keeps each page, its renderer process and its memory until it is closed.',
      leaking:
        'export async function title(browser, url) {\n  const page = await browser.newPage();\n  await page.goto(url);\n  const text = await page.title();\n  await page.close();\n  return text;\n}',
      safe: 'export async function title(browser, url) {\n  const page = await browser.newPage();\n  try {\n    await page.goto(url);\n    return await page.title();\n  } finally {\n    await page.close();\n  }\n}',
      releases: ['`page.close()` or `context.close()` in `finally`', 'closing the browser that owns it'],
    },
  },
];
