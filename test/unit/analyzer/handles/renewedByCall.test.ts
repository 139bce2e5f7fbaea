import { samples } from '../expectLeaks';

const player = (reload: string, extra = ''): string => `export class Player {
  private context?: AudioContext;
  private feed?: EventSource;
  open() {
    this.context = new AudioContext();AUDIO
    this.feed = new EventSource('/feed');FEED
  }
  ${reload}
  ${extra}
  dispose() {
    this.feed?.close();
    this.context?.close();
  }
}`;
const marked = (code: string, audio: string, feed = ''): string => code.replace('AUDIO', audio).replace('FEED', feed);

samples(
  'handle/audio-context',
  [
    {
      name: 'a reload that ends the other part',
      code: marked(
        player(`reload() {
    this.feed?.close();
    this.open();
  }`),
        ' // leak handle/audio-context',
      ),
    },
    {
      name: 'a restart behind an await, by way of a constant',
      code: `export class Recorder {
  #context?: AudioContext;
  #socket?: WebSocket;
  async begin(url: string) {
    const context = new AudioContext(); // leak handle/audio-context
    await context.resume();
    this.#context = context;
    this.#socket = new WebSocket(url);
  }
  async restart(url: string) {
    this.#socket?.close();
    await this.begin(url);
  }
  stop() {
    this.#socket?.close();
    this.#context?.close();
  }
}`,
    },
    {
      name: 'a helper that ends the other part',
      code: marked(
        player(
          `switchFeed() {
    this.silence();
    this.open();
  }`,
          `private silence() {
    this.feed?.close();
    this.feed = undefined;
  }`,
        ),
        ' // leak handle/audio-context',
      ),
    },
  ],
  [
    {
      name: 'all ended first',
      code: marked(
        player(`reload() {
    this.dispose();
    this.open();
  }`),
        '',
      ),
    },
    {
      name: 'both ended one by one',
      code: marked(
        player(`reload() {
    this.feed?.close();
    void this.context?.close();
    this.open();
  }`),
        '',
      ),
    },
    {
      name: 'one that is still there is kept',
      code: `export class Player {
  private context?: AudioContext;
  private feed?: EventSource;
  open() {
    if (!this.context) this.context = new AudioContext();
    this.feed = new EventSource('/feed');
  }
  reload() {
    this.feed?.close();
    this.open();
  }
  dispose() {
    this.feed?.close();
    this.context?.close();
  }
}`,
    },
    {
      name: 'anew because the old one has ended',
      code: `import { spawn, type ChildProcess } from 'node:child_process';
export class Host {
  private child?: ChildProcess;
  private feed?: EventSource;
  start() {
    this.child = spawn('server');
    this.child.on('exit', () => this.restart());
    this.feed = new EventSource('/feed');
  }
  private restart() {
    this.feed?.close();
    this.start();
  }
  stop() {
    this.feed?.close();
    this.child?.kill();
  }
}`,
    },
  ],
);

samples(
  'handle/fs-filehandle',
  [
    {
      name: 'a rotation that opens the next file',
      code: `import fs from 'node:fs/promises';
export class Log {
  private file?: fs.FileHandle;
  async open(path: string) {
    this.file = await fs.open(path, 'a'); // leak handle/fs-filehandle
  }
  async write(text: string) {
    await this.file?.write(text);
  }
  async rotate(path: string) {
    await this.open(path);
  }
  async close() {
    await this.file?.close();
  }
}`,
    },
    {
      name: 'a watched property of a component',
      code: `import fs from 'node:fs';
export default {
  props: ['path'],
  watch: {
    path(value) {
      this.follow(value);
    },
  },
  mounted() {
    this.follow(this.path);
  },
  methods: {
    follow(path) {
      this.watcher = fs.watch(path, () => this.$forceUpdate()); // leak handle/fs-watch
    },
  },
  beforeUnmount() {
    this.watcher.close();
  },
};`,
    },
  ],
  [
    {
      name: 'the last one is closed first',
      code: `import fs from 'node:fs/promises';
export class Log {
  private file?: fs.FileHandle;
  async open(path: string) {
    await this.file?.close();
    this.file = await fs.open(path, 'a');
  }
  async rotate(path: string) {
    await this.open(path);
  }
  async close() {
    await this.file?.close();
  }
}`,
    },
    {
      name: 'opened anew after it was lost',
      code: `import net from 'node:net';
export class Link {
  private socket?: net.Socket;
  open() {
    this.socket = net.connect(80);
  }
  reconnect() {
    this.open();
  }
  close() {
    this.socket?.destroy();
  }
}`,
    },
  ],
);
