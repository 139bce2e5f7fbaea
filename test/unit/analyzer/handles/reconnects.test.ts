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
      name: 'with a timer that nobody clears meanwhile',
      code: `export class Client {
  start() {
    this.connect();
  }
  connect() {
    const socket = new WebSocket('wss://example.org');
    socket.onopen = () => this.begin(socket);
    socket.onclose = () => setTimeout(() => this.connect(), 1000);
    this.socket = socket;
  }
  begin(socket) {
    this.beat = setInterval(() => socket.send('beat'), 1000); // leak listener/interval
  }
  stop() {
    clearInterval(this.beat);
    this.socket?.close();
  }
}`,
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
  ],
);
