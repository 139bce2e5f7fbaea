import { samples } from '../expectLeaks';

const read = (chain: string, mark = ''): string => `import { open } from 'node:fs/promises';
import { describe } from './describe';
export function read(path: string, work: (path: string) => Promise<string>) {
  return open(path).then((file) => {${mark}
    return ${chain};
  });
}`;
const marked = (chain: string): string =>
  read(chain)
    .replace('return open(path)', 'return open(path)')
    .replace('.then((file) => {', '.then((file) => { // leak handle/fs-filehandle');

samples(
  'ends in the success of another work',
  [
    { name: 'a work of the caller', code: marked('work(path).then(() => file.close())') },
    {
      name: 'a work of another file',
      code: marked('describe(path).then((text) => {\n      file.close();\n      return text;\n    })'),
    },
    { name: 'a work that is lent the file', code: marked('describe(file).then(() => file.close())') },
    { name: 'a later step of it', code: marked('work(path).then((text) => text.length).then(() => file.close())') },
  ],
  [
    { name: 'an end on both outcomes', code: read('work(path).then(() => file.close(), () => file.close())') },
    { name: 'an end whatever the outcome', code: read('work(path).finally(() => file.close())') },
    { name: 'a failure that is caught before', code: read("work(path).catch(() => '').then(() => file.close())") },
    { name: 'a failure that somebody may handle', code: read('work(path).then(() => file.close()).catch(describe)') },
    { name: 'a promise that does not fail', code: read('Promise.resolve(path).then(() => file.close())') },
    { name: 'a wait', code: read('new Promise((resolve) => setTimeout(resolve, 9)).then(() => file.close())') },
    { name: 'a work that is given the file for good', code: read('describe(file).catch(() => file.close())') },
    {
      name: 'a work before it is open',
      code: `import { open } from 'node:fs/promises';
export function read(path: string, work: (path: string) => Promise<string>) {
  return work(path).then((name) => open(name)).then((file) => file.close());
}`,
    },
  ],
);
