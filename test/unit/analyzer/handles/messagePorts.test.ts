import { samples } from '../expectLeaks';

const ask = (
  late: string,
  opened: string,
  port: string,
  mark = '',
) => `import { MessageChannel, type Worker } from 'node:worker_threads';
export const ask = (worker: Worker, job: object, ms: number) =>
  new Promise((resolve, reject) => {
    const ${opened} = new MessageChannel();${mark}
    const timer = setTimeout(() => {
      ${late}
      reject(new Error('too late'));
    }, ms);
    ${port}1.once('message', (answer) => {
      clearTimeout(timer);
      ${port}1.close();
      resolve(answer);
    });
    worker.postMessage({ job, port: ${port}2 }, [${port}2]);
  });`;
const leak = ' // leak handle/message-channel';

samples(
  'ports that one outcome leaves open',
  [
    { name: 'a time limit, and the ports by name', code: ask('', '{ port1, port2 }', 'port', leak) },
    { name: 'a time limit, and the channel', code: ask('', 'channel', 'channel.port', leak) },
    {
      name: 'an answer that is an error',
      code: `export function load(frame: Window, path: string) {
  return new Promise((resolve, reject) => {
    const { port1: here, port2: there } = new MessageChannel(); // leak handle/message-channel
    here.onmessage = ({ data }) => {
      if (data.error) {
        reject(new Error(data.error));
        return;
      }
      here.close();
      resolve(data);
    };
    frame.postMessage(path, '*', [there]);
  });
}`,
    },
  ],
  [
    { name: 'both outcomes', code: ask('port1.close();', '{ port1, port2 }', 'port') },
    { name: 'both outcomes, by the channel', code: ask('channel.port1.close();', 'channel', 'channel.port') },
    {
      name: 'a port that lives on with somebody else',
      code: `export function connect(frame: Window) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1);
    frame.postMessage('hello', '*', [port2]);
  });
}`,
    },
    {
      name: 'an end in a handler of its own',
      code: `export function load(frame: Window, path: string) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => reject(new Error('late')), 1000);
    port1.onmessage = ({ data }) => resolve(data);
    frame.addEventListener('pagehide', () => port1.close(), { once: true });
    frame.postMessage(path, '*', [port2]);
  });
}`,
    },
  ],
);
