import { samples } from '../expectLeaks';

/** A client that is set up again when a request fails. */
const client = (again: string): string => `export class Client {
  private timer: ReturnType<typeof setInterval> | undefined;
  private peer: any;
  constructor(private readonly open: () => Promise<any>) {}
  destroy() {
    clearInterval(this.timer);
  }
  async connect() {
    this.peer = await this.beat();
  }
  private async beat() {
    const peer = await this.open();
    this.timer = setInterval(() => peer.ping(), 60_000);MARK
    return peer;
  }
  async ask(question: string, retry = false): Promise<any> {
    try {
      return await this.peer.ask(question);
    } catch (error) {
      if (retry) throw error;
${again}
      return this.ask(question, true);
    }
  }
  async askAll(questions: string[]) {
    for (const question of questions) await this.ask(question);
  }
}`;
const reported = (again: string): string => client(again).replace('MARK', ' // leak listener/interval');
const silent = (again: string): string => client(again).replace('MARK', '');

samples(
  'intervals that are set again by who has ended the last one',
  [
    { name: 'nothing before it', code: reported('      await this.connect();') },
    {
      name: 'an end behind it',
      code: reported('      await this.connect();\n      this.destroy();'),
    },
    {
      name: 'an end under a condition',
      code: reported("      if (error.code === 'RESET') this.destroy();\n      await this.connect();"),
    },
    {
      name: 'an end in a handler that may not run',
      code: reported("      this.peer.once('close', () => this.destroy());\n      await this.connect();"),
    },
  ],
  [
    { name: 'an end right before it', code: silent('      this.destroy();\n      await this.connect();') },
    {
      name: 'an end before it in the block around',
      code: silent('      this.destroy();\n      if (question) {\n        await this.connect();\n      }'),
    },
  ],
);
