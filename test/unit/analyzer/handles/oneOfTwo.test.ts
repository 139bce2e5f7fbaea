/** A handle that is the object's own on one way, and opened on the other. */
import { samples } from '../expectLeaks';

const copy = (test: string, leak = ''): string => `import fs from 'node:fs/promises';
export class Log {
  async write(name, text) {
    const file = name === 'main' ? this.main : await fs.open(name, 'a');${leak}
    if (${test}) {
      if (this.closed) {
        return;
      }
    }
    try {
      await file.write(text);
    } finally {
      await file.close();
    }
  }
}`;
const leak = ' // leak handle/fs-filehandle';

samples(
  'a way out behind the question whose a handle is',
  [
    { name: 'where it is not that of the object', code: copy('file !== this.main', leak) },
    { name: 'where something else is asked', code: copy('name === this.name', leak) },
  ],
  [
    { name: 'where it is that of the object', code: copy('file === this.main') },
    { name: 'the other way round', code: copy('this.main == file') },
  ],
);
