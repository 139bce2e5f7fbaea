import { samples } from '../expectLeaks';

samples(
  'waits for the answer to this very call',
  [
    {
      name: 'messages of a page',
      code: `export function askHost(kind: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ticket = crypto.randomUUID();
    const onAnswer = ({ data }: MessageEvent) => {
      if (data.kind === 'answer' && data.ticket === ticket) {
        window.removeEventListener('message', onAnswer);
        resolve(data.body);
      } else if (data.kind === 'failure' && data.ticket === ticket) {
        window.removeEventListener('message', onAnswer);
        reject(new Error(data.reason));
      }
    };
    window.addEventListener('message', onAnswer); // leak listener/dom-event-listener
    window.parent.postMessage({ kind, ticket, body }, '*');
  });
}`,
    },
    {
      name: 'a callback, with an early return',
      path: 'src/child.js',
      code: `exports.ask = (question, answered) => {
  const heard = (reply) => {
    if (reply.number !== question.number) return;
    process.removeListener('message', heard);
    answered(reply.text);
  };
  process.on('message', heard); // leak listener/emitter-on
  process.send(question);
};`,
    },
  ],
  [
    {
      name: 'with a time limit',
      code: `export function askHost(kind: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ticket = crypto.randomUUID();
    const stop = () => window.removeEventListener('message', onAnswer);
    const onAnswer = ({ data }: MessageEvent) => {
      if (data.ticket !== ticket) return;
      stop();
      resolve(data.body);
    };
    window.addEventListener('message', onAnswer);
    setTimeout(() => {
      stop();
      reject(new Error('no answer'));
    }, 5000);
    window.parent.postMessage({ kind, ticket, body }, '*');
  });
}`,
    },
    {
      name: 'handed to the caller, who may end the wait',
      code: `export function askHost(ticket: string, heard: (body: unknown) => void) {
  const stop = () => window.removeEventListener('message', onAnswer);
  const onAnswer = ({ data }: MessageEvent) => {
    if (data.ticket !== ticket) return;
    stop();
    heard(data.body);
  };
  window.addEventListener('message', onAnswer);
  return stop;
}`,
    },
    {
      name: 'any message will do, and another comes',
      code: `export function nextMessage(kind: string): Promise<unknown> {
  return new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent) => {
      if (data.kind === 'noise') return;
      window.removeEventListener('message', onMessage);
      resolve([kind, data.body]);
    };
    window.addEventListener('message', onMessage);
  });
}`,
    },
    {
      name: 'the loss of whom is asked ends it',
      path: 'src/child.js',
      code: `exports.ask = (question, answered) => {
  const heard = (reply) => {
    if (reply.number !== question.number) return;
    stop();
    answered(reply.text);
  };
  const stop = () => {
    process.removeListener('message', heard);
    process.removeListener('disconnect', stop);
  };
  process.on('message', heard);
  process.on('disconnect', stop);
  process.send(question);
};`,
    },
    {
      name: 'of a worker that the caller has, one question after another',
      code: `import type { Worker } from 'node:worker_threads';
export function run(worker: Worker, task: { id: number }): Promise<unknown> {
  return new Promise((resolve) => {
    const onMessage = (reply: { id: number }) => {
      if (reply.id !== task.id) return;
      worker.off('message', onMessage);
      resolve(reply);
    };
    worker.on('message', onMessage);
    worker.postMessage(task);
  });
}`,
    },
    {
      name: 'removed first, whatever the message is',
      code: `export function nextState(wanted: string): Promise<boolean> {
  return new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent) => {
      window.removeEventListener('message', onMessage);
      resolve(data.state === wanted);
    };
    window.addEventListener('message', onMessage);
  });
}`,
    },
  ],
);
