import { samples } from '../expectLeaks';

const request = (onSocket: string): string => `import https from 'node:https';
import type { Socket } from 'node:net';
const agent = new https.Agent({ keepAlive: true });
export function load(url: string, fail: (error: Error) => void) {
  const request = https.request(url, { agent });
  request.on('socket', (socket: Socket) => {
${onSocket}
  });
  request.end();
}`;

samples(
  'listeners of a request on a socket that is said to be one',
  [
    {
      name: 'a function of the request',
      code: request(
        `    const onIdle = () => request.destroy();
    socket.on('timeout', onIdle); // leak listener/emitter-on-shared-connection
    request.once('close', () => socket.setTimeout(0));`,
      ),
    },
    {
      name: 'where it is written',
      code: request(
        `    socket.addListener('error', (error) => fail(error)); // leak listener/emitter-on-shared-connection`,
      ),
    },
  ],
  [
    {
      name: 'it is taken off when the request is closed',
      code: request(
        `    const onIdle = () => request.destroy();
    socket.on('timeout', onIdle);
    request.once('close', () => socket.off('timeout', onIdle));`,
      ),
    },
    {
      name: 'it comes off with its event',
      code: request(`    socket.once('timeout', () => request.destroy());`),
    },
  ],
);
