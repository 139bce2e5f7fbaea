import { samples } from '../expectLeaks';

const peer = (open: string, close: string): string => `export class Peer {
  closed = false;
  async open() {
${open}
  }
  send(text) {
    if (this.closed) throw new Error('closed');
    this.wire.write(text);
  }
  close() {
${close}
  }
}`;

samples(
  'a field that a wait fills after the teardown',
  [
    {
      name: 'what is awaited itself',
      path: 'src/peer.js',
      code: peer(
        '    this.wire = await dial(this.url); // leak listener/subscribed-after-dispose',
        '    this.closed = true;\n    this.wire?.close();',
      ),
    },
    {
      name: 'an interval behind a wait',
      path: 'src/peer.js',
      code: peer(
        '    await this.greet();\n    this.beat = setInterval(() => this.send("beat"), 5000); // leak listener/subscribed-after-dispose',
        '    this.closed = true;\n    clearInterval(this.beat);',
      ),
    },
    {
      name: 'asked only before the wait',
      path: 'src/peer.js',
      code: peer(
        '    if (this.closed) return;\n    const feed = await dial(this.url);\n    this.sub = feed.subscribe(() => this.send("news")); // leak listener/subscribed-after-dispose',
        '    this.closed = true;\n    if (this.sub) this.sub.unsubscribe();',
      ),
    },
    {
      name: 'one whose members are looked at, and that is ended when something fails',
      path: 'src/peer.js',
      code: peer(
        '    try {\n      this.wire = await dial(this.url); // leak listener/subscribed-after-dispose\n      checkOptions(this.options);\n      if (this.secure && this.wire.encrypted !== true) throw new Error("tls");\n    } catch (error) {\n      if (this.closed) return;\n      throw error;\n    }',
        '    this.closed = true;\n    this.wire?.close();\n    this.wire = undefined;',
      ),
    },
    {
      name: 'a teardown in which something else is waited for',
      path: 'src/peer.js',
      code: peer(
        '    this.wire = await dial(this.url); // leak listener/subscribed-after-dispose',
        '    this.closed = true;\n    tell("closed").then(() => {});\n    this.wire?.close();',
      ),
    },
    {
      name: 'a subscription to what was there before the wait',
      path: 'src/peer.js',
      code: peer(
        '    const feed = new Feed(this.url);\n    await feed.open();\n    this.sub = feed.subscribe(() => this.send("news")); // leak listener/subscribed-after-dispose',
        '    this.closed = true;\n    if (this.sub) this.sub.unsubscribe();',
      ),
    },
    {
      name: 'what an object that is made there opens',
      path: 'src/peer.js',
      code: peer(
        '    const Feed = await load();\n    const feed = new Feed(this.url);\n    this.wire = feed.dial(); // leak listener/subscribed-after-dispose',
        '    this.closed = true;\n    if (this.wire) this.wire.close();',
      ),
    },
    {
      name: 'what a promise gives among other things, with a flag that the end is told and only a handler asks for',
      path: 'src/peer.js',
      code: `export class Peer {
  constructor(url) {
    this.url = url;
  }
  async open(state) {
    const { wire } = await makeWire(this.url); // leak listener/subscribed-after-dispose
    this.wire = wire;
    if (this.wire.state === state) return;
    this.wire.onOpen(() => {
      if (!this.stopped) this.wire.write('hello');
    });
  }
  close(stopped) {
    this.stopped = stopped;
    this.wire?.close();
  }
}`,
    },
    {
      name: 'what a callback is given',
      path: 'src/peer.js',
      code: peer(
        '    dial(this.url, (error, wire) => { // leak listener/subscribed-after-dispose\n      if (error) return this.fail(error);\n      this.wire = wire;\n    });',
        '    this.closed = true;\n    this.wire?.close();',
      ).replace('async open', 'open'),
    },
  ],
  [
    {
      name: 'what the work itself ends when it is done',
      path: 'src/peer.js',
      code: peer(
        '    const wire = await dial(this.url);\n    this.wire = wire;\n    try {\n      await wire.send("all");\n    } finally {\n      await wire.close();\n    }',
        '    this.closed = true;\n    this.wire?.close();',
      ),
    },
    {
      name: 'what a callback is given, and ends when it comes too late',
      path: 'src/peer.js',
      code: peer(
        '    dial(this.url, (error, wire) => {\n      if (error) return this.fail(error);\n      if (this.closed) return wire.close();\n      this.wire = wire;\n    });',
        '    this.closed = true;\n    this.wire?.close();',
      ).replace('async open', 'open'),
    },
    {
      name: 'one that others have, too',
      path: 'src/peer.js',
      code: peer(
        '    const wire = await getWire(this.url);\n    this.wire = wire;',
        '    this.closed = true;\n    this.wire?.close();',
      ),
    },
    {
      name: 'what each event gives',
      path: 'src/peer.js',
      code: peer(
        "    this.server.on('wire', (error, wire) => {\n      if (!error) this.wire = wire;\n    });",
        '    this.closed = true;\n    this.wire?.close();',
      ).replace('async open', 'open'),
    },
    {
      name: 'a check of its own behind the wait',
      path: 'src/peer.js',
      code: peer(
        '    this.wire = await dial(this.url);\n    this.checkOpen();',
        '    this.closed = true;\n    this.wire?.close();',
      ),
    },
    {
      name: 'asked behind the wait',
      path: 'src/peer.js',
      code: peer(
        '    await this.greet();\n    if (this.closed) return;\n    this.beat = setInterval(() => this.send("beat"), 5000);',
        '    this.closed = true;\n    clearInterval(this.beat);',
      ),
    },
    {
      name: 'ended at once when it came too late',
      path: 'src/peer.js',
      code: peer(
        '    this.wire = await dial(this.url);\n    if (this.closed) this.wire.close();',
        '    this.closed = true;\n    this.wire?.close();',
      ),
    },
    {
      name: 'a teardown that waits for the work',
      path: 'src/peer.js',
      code: peer(
        '    this.wire = await dial(this.url);',
        '    this.closed = true;\n    this.opening.then(() => this.wire.close());',
      ),
    },
    {
      name: 'a subscription to what is made behind the wait',
      path: 'src/peer.js',
      code: peer(
        '    const Feed = await load();\n    const feed = new Feed(this.url);\n    this.sub = feed.subscribe(() => this.send("news"));',
        '    this.closed = true;\n    if (this.sub) this.sub.unsubscribe();',
      ),
    },
    {
      name: 'a class without a flag',
      path: 'src/peer.js',
      code: `export class Peer {
  async open() { this.wire = await dial(this.url); }
  close() { this.wire?.close(); }
}`,
    },
  ],
);
