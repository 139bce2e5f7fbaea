import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'what a function ends itself, but not on each way out',
  [
    {
      name: 'an interval around a work that may fail',
      code: `export async function withBeat<T>(beat: () => void, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(beat, 1000); // leak listener/interval
  const result = await work();
  clearInterval(timer);
  return result;
}`,
    },
    {
      name: 'an interval that an early return leaves',
      path: 'src/poll.js',
      code: `export async function poll(show, load) {
  const ticking = setInterval(() => show(Date.now()), 250); // leak listener/interval
  const text = await load().catch(() => null);
  if (text === null) return null;
  clearInterval(ticking);
  return text.trim();
}`,
    },
  ],
  [
    {
      name: 'an interval that a finally clears',
      code: `export async function withBeat<T>(beat: () => void, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(beat, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}`,
    },
    {
      name: 'an interval that ends itself as well',
      code: `export async function withBeat<T>(isOver: () => boolean, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    if (isOver()) clearInterval(timer);
  }, 1000);
  const result = await work();
  clearInterval(timer);
  return result;
}`,
    },
    {
      name: 'a failure that is taken up before',
      code: `export async function withBeat(beat: () => void, work: () => Promise<void>): Promise<void> {
  const timer = setInterval(beat, 1000);
  await work().catch((error) => console.error(error));
  clearInterval(timer);
}`,
    },
    {
      name: 'a failure that the second function of then takes up',
      code: `export async function withBeat(beat: () => void, work: Promise<string>): Promise<string | null> {
  const timer = setInterval(beat, 1000);
  const text = await work.then((given) => given, () => null);
  clearInterval(timer);
  return text;
}`,
    },
    {
      name: 'a wait for time to pass under another name',
      code: `import { setTimeout as pause } from 'node:timers/promises';
export async function blink(beat: () => void) {
  const timer = setInterval(beat, 100);
  await pause(1000);
  clearInterval(timer);
}`,
    },
    {
      name: 'a URL that the caller is given',
      code: `export async function preview(file: File, check: (url: string) => Promise<boolean>): Promise<string | null> {
  const url = URL.createObjectURL(file);
  if (await check(url)) return url;
  URL.revokeObjectURL(url);
  return null;
}`,
    },
    {
      name: 'a URL that both ways revoke',
      code: `export async function widthOf(file: File): Promise<number> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(url);
    return 0;
  }
  URL.revokeObjectURL(url);
  return image.naturalWidth;
}`,
    },
  ],
);

samples(
  'a handler on the page while something is waited for',
  [
    {
      name: 'the wait may fail',
      code: `export async function ask(frame: HTMLIFrameElement, load: () => Promise<string>): Promise<string[]> {
  const seen: string[] = [];
  const note = (event: MessageEvent) => {
    seen.push(event.data);
  };
  window.addEventListener('message', note); // leak listener/dom-event-listener
  frame.src = await load();
  window.removeEventListener('message', note);
  return seen;
}`,
    },
    {
      name: 'of a method that each click runs',
      path: 'src/drop.js',
      code: `export class Drop {
  constructor(button, upload) {
    this.upload = upload;
    button.addEventListener('click', () => this.send());
  }
  async send() {
    const warn = (event) => event.preventDefault();
    window.addEventListener('keydown', warn); // leak listener/dom-event-listener
    await this.upload();
    window.removeEventListener('keydown', warn);
  }
}`,
    },
  ],
  [
    {
      name: 'a finally',
      code: `export async function ask(frame: HTMLIFrameElement, load: () => Promise<string>): Promise<string[]> {
  const seen: string[] = [];
  const note = (event: MessageEvent) => {
    seen.push(event.data);
  };
  window.addEventListener('message', note);
  try {
    frame.src = await load();
  } finally {
    window.removeEventListener('message', note);
  }
  return seen;
}`,
    },
    {
      name: 'a failure that is taken up',
      code: `export async function ask(load: () => Promise<string>): Promise<string[]> {
  const seen: string[] = [];
  const note = (event: MessageEvent) => {
    seen.push(event.data);
  };
  window.addEventListener('message', note);
  try {
    await load();
  } catch (error) {
    seen.push(String(error));
  }
  window.removeEventListener('message', note);
  return seen;
}`,
    },
    {
      name: 'an element of this very call',
      code: `export async function play(source: string, load: () => Promise<void>): Promise<HTMLAudioElement> {
  const audio = new Audio(source);
  const note = () => console.log('ready');
  audio.addEventListener('canplay', note);
  await load();
  audio.removeEventListener('canplay', note);
  return audio;
}`,
    },
  ],
);

describe('an interval that the process does not wait for', () => {
  const code = `export async function withBeat(beat: () => void, work: () => Promise<void>) {
  const timer = setInterval(beat, 1000);
  timer.unref();
  await work();
  clearInterval(timer);
}`;
  it('is left alone', () => {
    assert.deepEqual(findingsOf(code), []);
    assert.equal(findingsOf(code.replace('timer.unref();', '')).length, 1);
  });
});
