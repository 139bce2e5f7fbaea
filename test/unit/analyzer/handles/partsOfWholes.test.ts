import { samples } from '../expectLeaks';

const puppeteer = "import puppeteer, { type Browser, type Page } from 'puppeteer';\n";
const amqp = "import amqp, { type Channel, type ChannelModel } from 'amqplib';\n";

const sender = (stop: string, mark = '') => `${amqp}export class Sender {
  private connection: ChannelModel | null = null;
  private channel: Channel | null = null;
  constructor(private readonly owns: boolean) {}
  async start(url: string) {
    this.connection = await amqp.connect(url);
    this.channel = await this.connection.createChannel();${mark}
  }
  send(text: string) {
    this.channel?.sendToQueue('mail', Buffer.from(text));
  }
  async stop() {
    ${stop}
    this.channel = null;
  }
}`;

samples(
  'parts that end with their whole',
  [
    {
      name: 'a page of a browser that others give, too',
      code: `${puppeteer}export async function visit(browser: Browser, url: string) {
  const page = await browser.newPage(); // leak handle/browser-context
  await page.goto(url);
}
export async function all(urls: string[]) {
  const browser = await puppeteer.launch();
  try {
    for (const url of urls) await visit(browser, url);
  } finally {
    await browser.close();
  }
}`,
    },
    {
      name: 'a page of one that a caller is given',
      code: `${puppeteer}async function visit(browser: Browser, url: string) {
  const page = await browser.newPage(); // leak handle/browser-context
  await page.goto(url);
}
export async function all(browser: Browser, urls: string[]) {
  for (const url of urls) await visit(browser, url);
}`,
    },
    {
      name: 'a channel whose connection is closed on a condition',
      code: sender('if (this.owns) await this.connection?.close();', ' // leak handle/amqp-channel'),
    },
    {
      name: 'a channel whose connection is closed when the process ends',
      code: sender("process.once('exit', () => void this.connection?.close());", ' // leak handle/amqp-channel'),
    },
  ],
  [
    {
      name: 'a page of a browser that each caller opens',
      code: `${puppeteer}async function lane(browser: Browser, urls: string[]) {
  const page = await browser.newPage();
  for (const url of urls) await page.goto(url);
}
export async function all(urls: string[]) {
  const browser = await puppeteer.launch();
  try {
    await Promise.all([1, 2].map(() => lane(browser, urls)));
  } finally {
    await browser.close();
  }
}`,
    },
    {
      name: 'one that a helper opens of what its caller was given',
      code: `${puppeteer}const open = async (browser: Browser): Promise<Page> => {
  const page = await browser.newPage();
  return page;
};
async function visit(browser: Browser, url: string) {
  const page = await open(browser);
  await page.goto(url);
}
export async function all(url: string) {
  const browser = await puppeteer.launch();
  try {
    await visit(browser, url);
  } finally {
    await browser.close();
  }
}`,
    },
    { name: 'a channel whose connection is closed', code: sender('await this.connection?.close();') },
    {
      name: 'one whose connection is closed where there is one',
      code: sender('const { connection } = this;\n    if (connection) await connection.close();'),
    },
  ],
);
