import { samples } from '../expectLeaks';

samples(
  'removals that make no room',
  [
    {
      name: 'promises of which only failed ones leave',
      code: `const answers = new Map();
export function ask(url) {
  let answer = answers.get(url);
  if (answer === undefined) {
    answer = fetch(url);
    answers.set(url, answer); // leak cache/map-without-eviction
    answer.catch(() => answers.delete(url));
  }
  return answer;
}`,
    },
    {
      name: 'a helper that is only called when it fails',
      code: `export class Rpc {
  private handlers = new Map<number, (answer: unknown) => void>();
  private next = 0;
  request(send: (id: number) => Promise<void>) {
    const messageId = this.next++;
    const undo = () => {
      this.handlers.delete(messageId);
    };
    this.handlers.set(messageId, (answer) => console.log(answer)); // leak cache/map-without-eviction
    send(messageId).catch((error) => {
      undo();
      throw error;
    });
  }
  onAnswer(messageId: number, answer: unknown) {
    const handler = this.handlers.get(messageId);
    if (handler) handler(answer);
  }
}`,
    },
    {
      name: 'taken out to be put in again',
      code: `const pages = new Map();
export function page(url) {
  const known = pages.get(url);
  if (known) {
    pages.delete(url);
    pages.set(url, known);
    return known;
  }
  const made = render(url);
  pages.set(url, made); // leak cache/map-without-eviction
  return made;
}
function render(url) {
  return { url, html: [url] };
}`,
    },
  ],
  [
    {
      name: 'they leave however they end',
      code: `const answers = new Map();
export function ask(url) {
  let answer = answers.get(url);
  if (answer === undefined) {
    answer = fetch(url);
    answers.set(url, answer);
    answer.then(() => answers.delete(url), () => answers.delete(url));
  }
  return answer;
}`,
    },
    {
      name: 'the helper is called on the answer, too',
      code: `export class Rpc {
  private handlers = new Map<number, (answer: unknown) => void>();
  private next = 0;
  request(send: (id: number) => Promise<void>) {
    const messageId = this.next++;
    const undo = () => {
      this.handlers.delete(messageId);
    };
    this.handlers.set(messageId, (answer) => {
      undo();
      console.log(answer);
    });
    send(messageId).catch((error) => {
      undo();
      throw error;
    });
  }
  onAnswer(messageId: number, answer: unknown) {
    const handler = this.handlers.get(messageId);
    if (handler) handler(answer);
  }
}`,
    },
    {
      name: 'put in again, and the oldest leaves above a limit',
      code: `const pages = new Map();
export function page(url) {
  const known = pages.get(url);
  pages.delete(url);
  const made = known ?? render(url);
  pages.set(url, made);
  if (pages.size > 100) pages.delete(pages.keys().next().value);
  return made;
}
function render(url) {
  return { url, html: [url] };
}`,
    },
    {
      name: 'a callback that is made before the entry takes it out',
      code: `const feeds = new Map();
export function watch(url, open) {
  let feed = feeds.get(url);
  if (!feed) {
    feed = open(url, () => feeds.delete(url));
    feeds.set(url, feed);
  }
  return feed;
}`,
    },
    {
      name: 'taken out, and put back where its work has failed',
      code: `const waiting = new Map();
export function add(requestId, work) {
  waiting.set(requestId, work);
}
export function runAll() {
  for (const [requestId, work] of [...waiting]) {
    waiting.delete(requestId);
    try {
      work();
    } catch (error) {
      waiting.set(requestId, work);
    }
  }
}`,
    },
    {
      name: 'a failed one leaves, and a timer takes the others',
      code: `const answers = new Map();
export function ask(url) {
  const answer = fetch(url);
  answers.set(url, answer);
  answer.catch(() => answers.delete(url));
  setTimeout(() => answers.delete(url), 60000);
  return answers.get(url);
}`,
    },
  ],
);
