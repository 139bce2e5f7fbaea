import { samples } from '../expectLeaks';

const feed = (inside: string) => `export class Feed {
  constructor(emitter) {
    this.emitter = emitter;
  }
  subscribe(topic, queue) {
    return new Promise((resolve, reject) => {
      const listener = (value) => queue.push(value);
      const close = () => this.emitter.removeListener(topic, listener);
      this.emitter.on(topic, listener, (error) => {${inside.includes('// leak') ? ' // leak listener/emitter-on' : ''}
        if (error) return reject(error);
        resolve();
      });
      ${inside.replace('// leak', '')}
    });
  }
}`;

samples(
  'removals that are put away for others to run',
  [
    {
      name: 'one that is put into a list of its own',
      code: feed('const closers = [];\n      closers.push(close); // leak'),
    },
    { name: 'one that only a timer runs', code: feed('setTimeout(close, 1000); // leak') },
  ],
  [{ name: 'one in the list of what is subscribed for', code: feed('queue.closers.push(close);') }],
);
