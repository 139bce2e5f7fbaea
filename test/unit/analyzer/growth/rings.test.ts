import { samples } from '../expectLeaks';

const samplesOf = (next: string, mark = '') => `export class Samples {
  buffer: number[] = [];
  size = 100;
  at = 0;
  take(event: MessageEvent) {
    this.buffer[this.at] = event.data;${mark}
    this.next();
  }
  next() {
    ${next}
  }
  all(test: (one: number) => boolean) {
    return this.buffer.filter(test);
  }
}
export const recent = new Samples();
window.addEventListener('message', (event) => recent.take(event));`;

samples(
  'places of a ring',
  [
    {
      name: 'an index that only goes on',
      code: samplesOf('this.at = this.at + 1;', ' // leak cache/queue-not-drained'),
    },
    {
      name: 'an index that only begins with a remainder',
      code: samplesOf('this.at = this.at + 1;', ' // leak cache/queue-not-drained').replace(
        'at = 0;',
        'at = Date.now() % 7;',
      ),
    },
  ],
  [
    { name: 'an index that begins anew', code: samplesOf('this.at = (this.at + 1) % this.size;') },
    {
      name: 'a remainder as the place',
      code: samplesOf('this.at++;').replace('[this.at]', '[this.at % this.size]'),
    },
  ],
);
