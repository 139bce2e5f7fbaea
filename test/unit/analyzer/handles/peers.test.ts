import { samples } from '../expectLeaks';

const head = `import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
`;

/** A kernel that speaks with the process that it starts over a socket. */
const kernel = (dispose: string, mark = ''): string => `${head}export class Kernel {
  private peer: ReturnType<typeof createMessageConnection>;
  private child: ChildProcess | undefined;
  constructor(private readonly path: string, private readonly keep: boolean) {}
  start() {
    let server: net.Server;
    server = net.createServer((socket) => {
      server.close();
      this.peer = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));${mark}
      this.peer.listen();
    });
    server.listen(this.path);
    this.child = spawn('kernel', [this.path]);
  }
  restart() {
    if (this.child) {
      this.child.kill();
      this.child = undefined;
    }
  }
${dispose}
}`;

const leak = ' // leak handle/service-client';

samples(
  'connections with a process',
  [
    {
      name: 'one whose process runs on',
      code: kernel('  dispose() { this.child = undefined; }', leak),
    },
    {
      name: 'one whose process is killed by wish only',
      code: kernel('  dispose() {\n    if (!this.keep) this.child?.kill();\n  }', leak),
    },
    {
      name: 'one whose process is killed by an event that may not come',
      code: kernel("  dispose() { this.peer.onNotification('idle', () => this.restart()); }", leak),
    },
    {
      name: 'one with somebody else, beside a process that is killed',
      code: `${head}export class Client {
  private peer: ReturnType<typeof createMessageConnection>;
  private child: ChildProcess | undefined;
  start(port: number) {
    const socket = net.connect(port);
    this.peer = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));${leak}
    this.child = spawn('helper');
  }
  dispose() {
    this.child?.kill();
  }
}`,
    },
  ],
  [
    { name: 'one over a socket that the process has connected to', code: kernel('  dispose() { this.restart(); }') },
    {
      name: 'one over the streams of the process',
      code: `${head}export class Kernel {
  private peer: ReturnType<typeof createMessageConnection>;
  private child: ChildProcess | undefined;
  start() {
    this.child = spawn('kernel');
    this.peer = createMessageConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.peer.listen();
  }
  dispose() {
    this.child?.kill();
  }
}`,
    },
  ],
);
