import { samples } from '../expectLeaks';

samples(
  'Places that are filled again over what they hold',
  [
    {
      name: 'the constructor has opened one, and a change of the hour opens the next',
      code: `import fs from 'node:fs';
export class HourLog {
  constructor(folder) {
    this.folder = folder;
    this.hour = 0;
    this.out = this.openFor(0);
  }
  add(line, hour) {
    this.turn(hour);
    this.out.write(line);
  }
  turn(hour) {
    if (hour === this.hour) return;
    this.hour = hour;
    this.out = this.openFor(hour); // leak handle/write-stream
  }
  openFor(hour) {
    const out = fs.createWriteStream(this.folder + '/' + hour);
    out.on('error', (error) => console.error(error));
    return out;
  }
  close() {
    return new Promise((done) => this.out.end(done));
  }
}
`,
    },
    {
      name: 'each tick that finds it slow connects anew',
      code: `export class Quotes {
  begin(url) {
    this.url = url;
    this.join();
    this.check = setInterval(() => this.look(), 1000);
  }
  join() {
    this.seen = Date.now();
    this.socket = new WebSocket(this.url); // leak handle/websocket
    this.socket.onmessage = () => {
      this.seen = Date.now();
    };
  }
  look() {
    if (Date.now() - this.seen > 9000) this.join();
  }
  stop() {
    clearInterval(this.check);
    this.socket.close();
  }
}
`,
    },
    {
      name: 'each change of what is watched',
      code: `import { onScopeDispose, watch } from 'vue';
export function useTail(job) {
  let source;
  const end = () => {
    source?.close();
    source = undefined;
  };
  const follow = (id) => {
    source = new EventSource('/tail/' + id); // leak handle/event-source
    source.addEventListener('finish', end);
  };
  watch(job, (id) => {
    if (id) follow(id);
  });
  onScopeDispose(end);
}
`,
    },
    {
      name: 'one of two objects is ended before both are made anew',
      code: `export class Target {
  private color: WebGLTexture | null = null;
  private frame: WebGLFramebuffer | null = null;
  constructor(private readonly gl: WebGLRenderingContext, size: number) {
    this.make(size);
  }
  grow(size: number): void {
    this.gl.deleteFramebuffer(this.frame);
    this.make(size);
  }
  private make(size: number): void {
    this.color = this.gl.createTexture(); // leak handle/webgl-object
    this.gl.bindTexture(this.gl.TEXTURE_2D, this.color);
    this.frame = this.gl.createFramebuffer();
    this.size = size;
  }
  dispose(): void {
    this.gl.deleteFramebuffer(this.frame);
    this.gl.deleteTexture(this.color);
  }
}
`,
    },
    {
      name: 'in the state of a component, at each choice',
      code: `import React from 'react';
export class Cover extends React.Component {
  state = { url: null };
  componentWillUnmount() {
    if (this.state.url) URL.revokeObjectURL(this.state.url);
  }
  choose = (event) => {
    this.setState({ url: URL.createObjectURL(event.target.files[0]) }); // leak handle/object-url
  };
  render() {
    return <input type="file" onChange={this.choose} />;
  }
}
`,
      path: 'src/Cover.jsx',
    },
  ],
  [
    {
      name: 'the old one is ended first',
      code: `import fs from 'node:fs';
export class HourLog {
  constructor(folder) {
    this.folder = folder;
    this.hour = 0;
    this.out = fs.createWriteStream(folder + '/0');
  }
  turn(hour) {
    if (hour === this.hour) return;
    this.out.end();
    this.out = fs.createWriteStream(this.folder + '/' + hour);
  }
  close() {
    this.out.end();
  }
}
`,
    },
    {
      name: 'it is connected anew when it is over',
      code: `export class Quotes {
  begin(url) {
    this.url = url;
    this.join();
  }
  join() {
    this.socket = new WebSocket(this.url);
    this.socket.onclose = () => this.again();
  }
  again() {
    if (!this.over) setTimeout(() => this.join(), 1000);
  }
  stop() {
    this.over = true;
    this.socket.close();
  }
}
`,
    },
    {
      name: 'a flag says that there is none',
      code: `export class Quotes {
  begin(url) {
    this.url = url;
    this.check = setInterval(() => this.look(), 1000);
  }
  join() {
    this.joined = true;
    this.socket = new WebSocket(this.url);
    this.socket.onclose = () => {
      this.joined = false;
    };
  }
  look() {
    if (!this.joined) this.join();
  }
  stop() {
    clearInterval(this.check);
    this.socket.close();
  }
}
`,
    },
    {
      name: 'another event ends it',
      code: `export class Player {
  constructor() {
    const input = document.createElement('input');
    this.input = input;
    input.addEventListener('change', () => {
      this.url = URL.createObjectURL(input.files[0]);
    });
    input.addEventListener('reset', () => this.drop());
  }
  drop() {
    URL.revokeObjectURL(this.url);
  }
  destroy() {
    this.drop();
  }
}
`,
    },
    {
      name: 'taken over by who releases it',
      code: `import { Semaphore, type Permit } from '@shopify/semaphore';
import { Splitter } from './splitter';
export class Parts {
  private places: Semaphore;
  constructor() {
    this.places = new Semaphore(4);
  }
  async upload(source: Source, send: (part: string) => Promise<void>) {
    let permit: Permit | undefined;
    const splitter = new Splitter()
      .on('part', async () => {
        permit = await this.places.acquire();
      })
      .on('cut', (part: string) => {
        const own = permit;
        send(part).finally(() => own?.release());
      })
      .on('failed', () => {
        permit?.release();
      });
    await source.into(splitter);
  }
}
`,
    },
    {
      name: 'opened again after an end',
      code: `import fs from 'node:fs';
export class Log {
  constructor(path) {
    this.path = path;
    this.out = fs.createWriteStream(path);
  }
  open() {
    this.out = fs.createWriteStream(this.path);
  }
  close() {
    this.out.end();
  }
}
`,
    },
  ],
);
