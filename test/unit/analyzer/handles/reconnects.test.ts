import { samples } from '../expectLeaks';

samples(
  'what is opened again when the one before has ended',
  [
    {
      name: 'each time a page is shown',
      code: `let socket: WebSocket;
function connect() {
  socket = new WebSocket('wss://example.org'); // leak handle/websocket
  socket.onmessage = (message) => show(message.data);
}
document.addEventListener('visibilitychange', () => connect());`,
    },
    {
      name: 'when any of many has ended',
      code: `let socket: WebSocket;
function connect() {
  socket = new WebSocket('wss://example.org'); // leak handle/websocket
}
hub.on('close', () => connect());
connect();`,
    },
  ],
  [
    {
      name: 'by a property',
      code: `let socket: WebSocket;
function connect() {
  socket = new WebSocket('wss://example.org');
  socket.onclose = () => connect();
}
connect();`,
    },
    {
      name: 'by a listener on what a promise gave',
      code: `let open: Promise<WebSocket>;
function connect() {
  open = new Promise((resolve) => {
    const socket = new WebSocket('wss://example.org');
    socket.addEventListener('open', () => resolve(socket));
  });
  open.then((socket) => {
    socket.addEventListener('close', again);
  });
}
async function again() {
  await pause(1000);
  connect();
}
connect();`,
    },
    {
      name: 'where the input is read to its end',
      code: `const maps: Record<string, string> = {};
async function mapOf(url: string) {
  if (!maps[url]) maps[url] = await load(url);
  return maps[url];
}
process.stdin.on('end', async () => {
  const url = await first();
  print(await mapOf(url));
});`,
    },
  ],
);
