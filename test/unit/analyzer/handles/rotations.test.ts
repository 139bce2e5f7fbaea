import { samples } from '../expectLeaks';

const journal = (
  open: string,
  roll: string,
  write: string,
  mark = '',
) => `import { createWriteStream, type WriteStream } from 'node:fs';
export class Journal {
  private stream: WriteStream | undefined;
  private day = '';
  private size = 0;
  constructor(private readonly limit: number) {}
  private begin(name: string) {
    ${open}
    this.stream = createWriteStream(name);${mark}
    this.size = 0;
  }
  append(line: string, today: string) {
    ${roll}
    ${write}
    this.size += line.length;
  }
  close() {
    this.stream?.end();
  }
}
export const journal = () => new Journal(1024);`;

const leak = ' // leak handle/write-stream';

samples(
  'what a comparison with a limit or a name replaces',
  [
    {
      name: 'a stream of the next file, once the one before is full',
      code: journal(
        '',
        "if (this.size + line.length > this.limit) this.begin(today + '.log');",
        'this.stream?.write(line);',
        leak,
      ),
    },
    {
      name: 'a stream of the next day',
      code: journal(
        '',
        'if (today !== this.day) {\n      this.day = today;\n      this.begin(today);\n    }',
        'this.stream?.write(line);',
        leak,
      ),
    },
    {
      name: 'one that a constant holds first',
      code: `import { open, type FileHandle } from 'node:fs/promises';
export class Parts {
  #part: FileHandle | null = null;
  #written = 0;
  async #next() {
    const part = await open('part', 'a'); // leak handle/fs-filehandle
    this.#part = part;
    this.#written = 0;
  }
  async write(bytes: Uint8Array) {
    if (this.#written >= 4096) await this.#next();
    this.#written += bytes.length;
    await this.#part?.write(bytes);
  }
  async close() {
    await this.#part?.close();
  }
}
export const parts = () => new Parts();`,
    },
  ],
  [
    {
      name: 'one that is ended before',
      code: journal(
        'this.stream?.end();',
        "if (this.size + line.length > this.limit) this.begin(today + '.log');",
        'this.stream?.write(line);',
      ),
    },
    {
      name: 'one that is ended where it is full',
      code: journal(
        '',
        'if (this.size > this.limit) {\n      this.stream?.end();\n      this.begin(today);\n    }',
        'this.stream?.write(line);',
      ),
    },
    {
      name: 'the first one, where there is none',
      code: journal('', 'if (!this.stream) this.begin(today);', 'this.stream?.write(line);'),
    },
    {
      name: 'the first one, where a flag tells',
      code: journal(
        '',
        'if (!this.day) {\n      this.day = today;\n      this.begin(today);\n    }',
        'this.stream?.write(line);',
      ),
    },
    {
      name: 'one that is ended on a condition',
      code: journal(
        'if (this.day) this.stream?.end();',
        'if (this.size > this.limit) this.begin(today);',
        'this.stream?.write(line);',
      ),
    },
  ],
);

samples(
  'what ends the one before in the same branch',
  [],
  [
    {
      name: 'a way out that ends the last and makes the next',
      code: `let last: string;
document.addEventListener('drop', (event) => {
  if (location.search.includes('local')) {
    URL.revokeObjectURL(last);
    const url = URL.createObjectURL(event.dataTransfer.files[0]);
    show(url);
    last = url;
    return;
  }
  upload(event.dataTransfer.files);
});
declare function show(url: string): void;
declare function upload(files: FileList): void;
export {};`,
    },
  ],
);
