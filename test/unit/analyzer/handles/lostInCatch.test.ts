import { samples } from '../expectLeaks';

const log = (tried: string, caught: string, after = ''): string => `import { open } from 'node:fs/promises';
export class SideLog {
  file = undefined;
  failed = false;
  constructor(path) {
    this.path = path;
  }
  async write(text) {
    try {
      ${tried}
    } catch (error) {
      ${caught}
    }${after}
  }
  async dispose() {
    await this.file?.close();
    this.file = undefined;
  }
}
`;
const use = 'this.file ??= await open(this.path);\n      await this.file.appendFile(text);';
const guarded =
  'if (!this.file) {\n        this.file = await open(this.path);\n      }\n      await this.file.appendFile(text);';
const leak = 'this.file = undefined; // leak handle/fs-filehandle';

samples(
  'Places that a `catch` empties over what was opened and then used',
  [
    { name: 'a file whose write failed', code: log(guarded, leak) },
    {
      name: 'told before it is emptied',
      code: log(guarded, `this.failed = true;\n      console.warn(error);\n      ${leak}`),
    },
    { name: 'set to null', code: log(guarded, leak.replace('undefined', 'null')) },
    {
      name: 'closed on another way only',
      code: log(guarded, leak, '\n    if (text.length > 100) await this.file?.close();'),
    },
  ],
  [
    {
      name: 'closed before it is emptied',
      code: log(guarded, 'await this.file?.close();\n      this.file = undefined;'),
    },
    {
      name: 'closed where there is one',
      code: log(guarded, 'if (this.file) await this.file.close();\n      this.file = undefined;'),
    },
    { name: 'closed by another method', code: log(guarded, 'await this.dispose();\n      this.file = undefined;') },
    {
      name: 'taken into a variable first',
      code: log(guarded, 'const file = this.file;\n      this.file = undefined;\n      await file?.close();'),
    },
    {
      name: 'closed in the end',
      code: log(
        guarded,
        'this.failed = true;',
        ' finally {\n      await this.file?.close();\n      this.file = undefined;\n    }',
      ),
    },
    { name: 'only opened there', code: log('this.file = await open(this.path);', 'this.file = undefined;') },
    { name: 'kept for the next time', code: log(use, 'this.failed = true;') },
  ],
);
