import { samples } from '../expectLeaks';

samples(
  'handle/browser-launch',
  [
    {
      name: 'a close that a failed page skips',
      code: `import puppeteer from 'puppeteer';\nexport async function shot(url: string) {\n  const browser = await puppeteer.launch(); // leak handle/browser-launch\n  const page = await browser.newPage();\n  await page.goto(url);\n  const image = await page.screenshot();\n  await browser.close();\n  return image;\n}`,
    },
    {
      name: 'never closed',
      code: `import { chromium } from 'playwright';\nexport async function title(url: string) {\n  const browser = await chromium.launch(); // leak handle/browser-launch\n  const page = await browser.newPage();\n  await page.goto(url);\n  return page.title();\n}`,
    },
    {
      name: 'closed on success only',
      path: 'src/pdf.js',
      code: `const puppeteer = require('puppeteer-core');\nmodule.exports = async (html) => {\n  const browser = await puppeteer.launch({ headless: true }); // leak handle/browser-launch\n  try {\n    const page = await browser.newPage();\n    await page.setContent(html);\n    const pdf = await page.pdf();\n    await browser.close();\n    return pdf;\n  } catch (error) {\n    console.error(error);\n    return null;\n  }\n};`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import puppeteer from 'puppeteer';\nexport async function shot(url: string) { const browser = await puppeteer.launch(); try { const page = await browser.newPage(); await page.goto(url); return await page.screenshot(); } finally { await browser.close(); } }`,
    },
    {
      name: 'one kept for all',
      code: `import puppeteer from 'puppeteer';\nlet browser;\nexport async function get() { browser ??= await puppeteer.launch(); return browser; }`,
    },
    {
      name: 'a page of it that the caller gets',
      code: `import puppeteer from 'puppeteer';\nexport async function page() { const browser = await puppeteer.launch(); const [first] = await browser.pages(); return first; }`,
    },
    {
      name: 'a guarded close in finally',
      code: `import { chromium } from 'playwright';\nexport async function title(url: string) { let browser; try { browser = await chromium.launch(); const page = await browser.newPage(); await page.goto(url); return await page.title(); } finally { if (browser) await browser.close(); } }`,
    },
  ],
);

samples(
  'handle/browser-context',
  [
    {
      name: 'a page of a shared browser',
      code: `import { browser } from './browser';\nexport async function title(url: string) {\n  const page = await browser.newPage(); // leak handle/browser-context\n  await page.goto(url);\n  const text = await page.title();\n  await page.close();\n  return text;\n}`,
    },
    {
      name: 'an early return',
      code: `export async function check(browser, url: string) {\n  const context = await browser.newContext(); // leak handle/browser-context\n  try {\n    const response = await visit(context, url);\n    if (!response) return false;\n    await context.close();\n    return true;\n  } catch (error) {\n    await context.close();\n    throw error;\n  }\n}`,
    },
    {
      name: 'a page of a typed browser that nobody closes',
      code: `import type { Browser } from 'puppeteer';\nexport class Shots {\n  constructor(private readonly browser: Browser) {}\n  async take(url: string) {\n    const page = await this.browser.newPage(); // leak handle/browser-context\n    await page.goto(url);\n    return page.screenshot();\n  }\n}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `export async function title(browser, url: string) { const page = await browser.newPage(); try { await page.goto(url); return await page.title(); } finally { await page.close(); } }`,
    },
    {
      name: 'a page of a browser that ends here',
      code: `import { chromium } from 'playwright';\nexport async function title(url: string) { const browser = await chromium.launch(); try { const page = await browser.newPage(); await page.goto(url); return await page.title(); } finally { await browser.close(); } }`,
    },
    {
      name: 'a page that the caller gets',
      code: `export async function open(browser, url: string) { const page = await browser.newPage(); await page.goto(url); return page; }`,
    },
  ],
);

samples(
  'handle/lock-release-skipped',
  [
    {
      name: 'a release function that a rejection skips',
      code: `import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function save(file) {\n  const release = await mutex.acquire(); // leak handle/lock-release-skipped\n  await file.write();\n  release();\n}`,
    },
    {
      name: 'an early return',
      code: `import { Mutex } from 'async-mutex';\nexport class Store {\n  private readonly mutex = new Mutex();\n  async take() {\n    const release = await this.mutex.acquire(); // leak handle/lock-release-skipped\n    if (this.list.length === 0) return null;\n    const next = this.list.pop();\n    release();\n    return next;\n  }\n}`,
    },
    {
      name: 'dropped, where only another lock is released',
      code: `import { Mutex } from 'async-mutex';\nconst reading = new Mutex();\nconst writing = new Mutex();\nexport async function save(file) {\n  await writing.acquire(); // leak handle/lock-release-skipped\n  await file.write();\n  reading.release();\n}`,
    },
    {
      name: 'a lock of a file',
      code: `import lockfile from 'proper-lockfile';\nexport async function update(path: string) {\n  const unlock = await lockfile.lock(path); // leak handle/lock-release-skipped\n  await rewrite(path);\n  await unlock();\n}`,
    },
  ],
  [
    {
      name: 'released by the lock itself, in another method',
      code: `import { Mutex } from 'async-mutex';\nexport class Driver {\n  private readonly mutex = new Mutex();\n  async acquireConnection() {\n    await this.mutex.acquire();\n    return this.connection;\n  }\n  async releaseConnection() {\n    this.mutex.release();\n  }\n}`,
    },
    {
      name: 'released by the lock itself in finally',
      code: `import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function save(file) {\n  await mutex.acquire();\n  try {\n    await file.write();\n  } finally {\n    mutex.release();\n  }\n}`,
    },
    {
      name: 'finally',
      code: `import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function save(file) { const release = await mutex.acquire(); try { await file.write(); } finally { release(); } }`,
    },
    {
      name: 'runExclusive',
      code: `import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport const save = (file) => mutex.runExclusive(() => file.write());`,
    },
    {
      name: 'a release that the caller gets',
      code: `import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function lock() { const release = await mutex.acquire(); return release; }`,
    },
  ],
);
