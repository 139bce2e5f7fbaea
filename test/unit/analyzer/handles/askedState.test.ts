import { samples } from '../expectLeaks';

const send = (end: string): string => `export async function send(url: string, source: Source) {
  const socket = new WebSocket(url); // leak handle/websocket
  try {
    socket.send(await source.read());
  } finally {
    ${end}
  }
}`;
const silent = (code: string): string => code.replace(/ \/\/ leak.*/, '');

samples(
  'a release that asks the resource first',
  [
    { name: 'or something else', code: send('if (source.isOpen) socket.close();') },
    {
      name: 'and does something else otherwise',
      code: send('if (socket.readyState === 1) socket.close(); else log();'),
    },
    { name: 'for what is no state', code: send('if (socket.bufferedAmount > 0) socket.close();') },
    {
      name: 'and is left by that, as one way out of others',
      code: `export async function send(url: string, source: Source) {
  const socket = new WebSocket(url); // leak handle/websocket
  if (socket.readyState === 3) {
    socket.close();
    return;
  }
  socket.send(await source.read());
  socket.close();
}`,
    },
    { name: 'and ends another', code: send('if (socket.readyState === 1) source.close();') },
  ],
  [
    { name: 'for its state', code: silent(send('if (socket.readyState === WebSocket.OPEN) socket.close();')) },
    {
      name: 'for one of several states',
      code: silent(send('if (![2, 3].includes(socket.readyState)) {\n      socket.close();\n    }')),
    },
    { name: 'in one expression', code: silent(send('socket.readyState < 2 && socket.close();')) },
    {
      name: 'for two things',
      code: silent(send('if (socket.readyState !== 2 && socket.readyState !== 3) socket.close();')),
    },
  ],
);
