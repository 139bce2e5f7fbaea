import { samples } from '../expectLeaks';

samples(
  'Handlers that the clean-up of their work leaves',
  [
    {
      name: 'one that calls the clean-up, which clears a timer only',
      code: `export class Room {
  constructor(private readonly peers: Peers) {}
  joined(id, wait) {
    return new Promise((resolve, reject) => {
      const cleanUp = () => {
        clearTimeout(timer);
      };
      const onJoin = (peer) => {
        if (peer.id !== id) return;
        cleanUp();
        resolve(peer);
      };
      const timer = setTimeout(() => {
        cleanUp();
        reject(new Error('late'));
      }, wait);
      this.peers.on('join', onJoin); // leak listener/emitter-on
    });
  }
}`,
    },
    {
      name: 'one beside those that are removed, on another receiver',
      code: `export function exchange(channel, link, done) {
  const onData = (text) => finish(text);
  const onStall = () => finish(null);
  const cleanUp = () => {
    channel.off('data', onData);
  };
  const finish = (value) => {
    cleanUp();
    done(value);
  };
  channel.on('data', onData);
  link.on('stall', onStall); // leak listener/emitter-on
}`,
    },
    {
      name: 'one for the end of what outlives the work',
      code: `import type { ChildProcess } from 'node:child_process';
export class Runner {
  constructor(private readonly child: ChildProcess) {}
  ask(line) {
    return new Promise((resolve, reject) => {
      const onLine = (text) => {
        cleanUp();
        resolve(text);
      };
      const onFailure = (code) => {
        cleanUp();
        reject(code);
      };
      const cleanUp = () => {
        this.child.removeListener('line', onLine);
      };
      this.child.on('line', onLine);
      this.child.on('exit', onFailure); // leak listener/emitter-on
      this.child.write(line);
    });
  }
}`,
    },
    {
      name: 'one of three that the end of a collector takes off together',
      code: `import { Base } from './base';
export class Collector extends Base {
  constructor(client) {
    super(client);
    this.onMessage = this.onMessage.bind(this);
    this.onDelete = this.onDelete.bind(this);
    this.onLeave = this.onLeave.bind(this);
    this.client.on('message', this.onMessage);
    this.client.on('messageDelete', this.onDelete);
    this.client.on('memberLeave', this.onLeave); // leak listener/emitter-on
    this.once('end', () => {
      this.client.removeListener('message', this.onMessage);
      this.client.removeListener('messageDelete', this.onDelete);
    });
  }
  once(event, fn) {}
  onMessage() { this.seen = true; }
  onDelete() { this.seen = false; }
  onLeave() { this.seen = false; }
}`,
    },
  ],
  [
    {
      name: 'all are removed',
      code: `export class Room {
  constructor(private readonly peers: Peers) {}
  joined(id, wait) {
    return new Promise((resolve, reject) => {
      const cleanUp = () => {
        clearTimeout(timer);
        this.peers.off('join', onJoin);
      };
      const onJoin = (peer) => {
        cleanUp();
        resolve(peer);
      };
      const timer = setTimeout(() => {
        cleanUp();
        reject(new Error('late'));
      }, wait);
      this.peers.on('join', onJoin);
    });
  }
}`,
    },
    {
      name: 'what the work makes itself',
      code: `import { open } from './channel';
export function exchange(done, wait) {
  const channel = open();
  const cleanUp = () => {
    clearTimeout(timer);
  };
  const onData = (text) => {
    cleanUp();
    done(text);
  };
  const timer = setTimeout(cleanUp, wait);
  channel.on('data', onData);
}`,
    },
    {
      name: 'a receiver that the clean-up ends',
      code: `export function exchange(channel, done, wait) {
  const cleanUp = () => {
    clearTimeout(timer);
    channel.destroy();
  };
  const onData = (text) => {
    cleanUp();
    done(text);
  };
  const timer = setTimeout(cleanUp, wait);
  channel.on('data', onData);
}`,
    },
    {
      name: 'a handler without a name beside those that come and go',
      code: `import { Base } from './base';
export class Collector extends Base {
  constructor(client) {
    super(client);
    this.onMessage = this.onMessage.bind(this);
    this.onDelete = this.onDelete.bind(this);
    this.client.on('message', this.onMessage);
    this.client.on('messageDelete', this.onDelete);
    this.client.on('ready', () => this.client.hello());
    this.once('end', () => {
      this.client.removeListener('message', this.onMessage);
      this.client.removeListener('messageDelete', this.onDelete);
    });
  }
  once(event, fn) {}
  onMessage() { this.seen = true; }
  onDelete() { this.seen = false; }
}`,
    },
  ],
);
