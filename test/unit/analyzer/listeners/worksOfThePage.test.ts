import { samples } from '../expectLeaks';

samples(
  'handlers of a work that some ways of settling leave',
  [
    {
      name: 'a question that one of its buttons answers',
      code: `export function ask(question: string, buttons: readonly HTMLButtonElement[]) {
  return new Promise<string | undefined>((resolve) => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') dismiss();
    };
    function dismiss() {
      document.removeEventListener('keydown', onKey);
      resolve(undefined);
    }
    for (const button of buttons) button.addEventListener('click', () => resolve(button.value));
    document.addEventListener('keydown', onKey); // leak listener/dom-event-listener
  });
}`,
    },
    {
      name: 'the end of the process, where the work fails',
      code: `import { rmSync } from 'node:fs';
export async function inFolder(path: string, work: (path: string) => Promise<void>) {
  const remove = () => rmSync(path, { recursive: true });
  process.on('exit', remove); // leak listener/emitter-on
  await work(path);
  process.off('exit', remove);
}`,
    },
  ],
  [
    {
      name: 'each way goes through the same end',
      code: `export function ask(question: string, buttons: readonly HTMLButtonElement[]) {
  return new Promise<string | undefined>((resolve) => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') finish(undefined);
    };
    function finish(answer: string | undefined) {
      document.removeEventListener('keydown', onKey);
      resolve(answer);
    }
    for (const button of buttons) button.addEventListener('click', () => finish(button.value));
    document.addEventListener('keydown', onKey);
  });
}`,
    },
    {
      name: 'whoever asked takes it off after the wait',
      code: `export async function ask(buttons: readonly HTMLButtonElement[]) {
  const gone = new AbortController();
  const answer = new Promise<string>((resolve) => {
    for (const button of buttons) button.addEventListener('click', () => resolve(button.value));
    document.addEventListener('keydown', () => resolve(''), { signal: gone.signal });
  });
  try {
    return await answer;
  } finally {
    gone.abort();
  }
}`,
    },
    {
      name: 'the end of the process, on every way out',
      code: `import { rmSync } from 'node:fs';
export async function inFolder(path: string, work: (path: string) => Promise<void>) {
  const remove = () => rmSync(path, { recursive: true });
  process.once('exit', remove);
  try {
    await work(path);
  } finally {
    process.off('exit', remove);
  }
}`,
    },
    {
      name: 'the end of the process, of a program that waits for it',
      code: `import { rmSync } from 'node:fs';
export async function keepUntilTheEnd(path: string, work: (path: string) => Promise<void>) {
  process.once('exit', () => rmSync(path, { recursive: true }));
  await work(path);
}`,
    },
    {
      name: 'the handler asks by itself whether the question is still there',
      code: `export function ask(box: HTMLElement, buttons: readonly HTMLButtonElement[]) {
  return new Promise<string | undefined>((resolve) => {
    const onKey = (event: KeyboardEvent) => {
      if (!box.isConnected) {
        document.removeEventListener('keydown', onKey);
        return;
      }
      if (event.key === 'Escape') dismiss();
    };
    function dismiss() {
      document.removeEventListener('keydown', onKey);
      box.remove();
      resolve(undefined);
    }
    for (const button of buttons)
      button.addEventListener('click', () => {
        box.remove();
        resolve(button.value);
      });
    document.addEventListener('keydown', onKey);
  });
}`,
    },
  ],
);
