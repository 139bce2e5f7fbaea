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

const helper = "this.helper = spawn('helper');";

/** A client of the process that it starts, over its streams. */
const client = (dispose: string, mark = '', begin = ''): string => `${head}export class Client {
  private peer: ReturnType<typeof createMessageConnection>;
  private child: ChildProcess;
  private helper: ChildProcess;
  private isOver = false;
  constructor(private readonly owned: boolean) {
    this.child = spawn('kernel');
    ${begin}
    this.peer = createMessageConnection(new StreamMessageReader(this.child.stdout), new StreamMessageWriter(this.child.stdin));${mark}
    this.peer.listen();
  }
  dispose() {
    ${dispose}
  }
}`;

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
      name: 'one of which another process is killed',
      code: client('this.helper.kill();', leak, helper).replace(
        /spawn\('kernel'\);/,
        '$& // leak handle/child-process',
      ),
    },
    {
      name: 'one whose process is killed behind a way out',
      code: client('if (!this.owned) return;\n    this.child.kill();', leak),
    },
    { name: 'one whose process is killed by an operator', code: client('this.owned && this.child.kill();', leak) },
    {
      name: 'one whose process is killed by a choice',
      code: client('this.owned ? this.child.kill() : this.child.unref();', leak),
    },
    {
      name: 'one whose process is killed in a case',
      code: client('switch (this.owned) {\n      case true:\n        this.child.kill();\n    }', leak),
    },
    {
      name: 'one whose process is killed if somebody owns it, too',
      code: client('if (this.child && this.owned) this.child.kill();', leak),
    },
    {
      name: 'one over a socket, where a process is killed that knows nothing of it',
      code: kernel('  dispose() { this.restart(); }', leak).replace("spawn('kernel', [this.path])", "spawn('format')"),
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
    { name: 'one whose process is killed', code: client('this.helper.kill();\n    this.child.kill();', '', helper) },
    {
      name: 'one whose process is killed if it is not over',
      code: client('if (!this.child || this.child.killed) return;\n    this.child.kill();'),
    },
    {
      name: 'one whose process is killed once',
      code: client('if (this.isOver) return;\n    this.isOver = true;\n    this.child.kill();'),
    },
    {
      name: 'one over the streams of a variable that becomes the process',
      code: client('this.child.kill();')
        .replace("this.child = spawn('kernel');", "const child = spawn('kernel');\n    this.child = child;")
        .replaceAll(/this\.child\.(?=std)/g, 'child.'),
    },
    {
      name: 'one over a socket of a port that the process is told',
      code: kernel('  dispose() { this.restart(); }').replace(
        "server.listen(this.path);\n    this.child = spawn('kernel', [this.path])",
        "server.listen(0);\n    const { port } = server.address() as net.AddressInfo;\n    this.child = spawn('kernel', [String(port)])",
      ),
    },
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
