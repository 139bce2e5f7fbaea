import { samples } from '../expectLeaks';

const write = (head: string, name: string, isLeak = false): string => `import fs from 'node:fs';
${head}
export function note(path, text) {
  const fd = fs.openSync(path, 'a');${isLeak ? ' // leak handle/fs-descriptor' : ''}
  const line = ${name};
  fs.write(fd, line + text, () => fs.closeSync(fd));
}`;
const path = 'src/note.js';

samples(
  'calls that may throw while a file is open',
  [
    {
      name: 'a function that looks at what it is given',
      code: write("import { parse } from './parse';", 'parse(text)', true),
      path,
    },
    {
      name: 'one that gives the id of something',
      code: write("import { readUserId } from './user';", 'readUserId(text)', true),
      path,
    },
    {
      name: 'one of this file that throws',
      code: write(
        "function nextId(text) {\n  if (!text) throw new Error('No text');\n  return text.length;\n}",
        'nextId(text)',
        true,
      ),
      path,
    },
  ],
  [
    { name: 'an id of a library', code: write("import { v4 as uuid } from 'uuid';", 'uuid()'), path },
    {
      name: 'an id of a function that calls a library',
      code: write("import { nanoid } from 'nanoid';\nconst tag = () => nanoid(8);", 'tag()'),
      path,
    },
    {
      name: 'an id of the platform',
      code: write('const tag = () => Date.now() + crypto.randomUUID();', 'tag()'),
      path,
    },
    {
      name: 'an id that another file makes',
      code: write("import { createMessageId } from './ids';", 'createMessageId()'),
      path,
    },
    {
      name: 'a sum',
      code: write(
        'let count = 0;\nfunction tag(text) {\n  count += 1;\n  return count * 31 + text.length;\n}',
        'tag(text)',
      ),
      path,
    },
  ],
);
