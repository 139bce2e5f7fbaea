/** What a function does that nothing of the program calls weighs little; one that only its own file calls runs as that says. */
import assert from 'node:assert/strict';
import type { ModuleMap } from '../../../src/analyzer/facts/modules';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

const poll = `export function poll(show) {
  document.addEventListener('click', () => {
    setInterval(() => show(Date.now()), 1000);
  });
}
`;
const pace = 'export const pace = 1000;\n';
const takesPace = "import { pace } from './poll';\nconsole.log(pace);\n";

function severities(files: Files, modules?: ModuleMap): readonly string[] {
  return findingsOfFiles(files, modules).flatMap(({ findings }) => findings.map(({ severity }) => severity));
}

const isMore = (told: readonly string[]): boolean => told.some((severity) => severity !== 'low');

describe('functions that nothing calls', () => {
  const little: Readonly<Record<string, Files>> = {
    'a function beside what others use': { 'poll.ts': `${poll}${pace}`, 'main.ts': takesPace },
    'one that tests call': {
      'poll.ts': `${poll}${pace}`,
      'main.ts': takesPace,
      'poll.test.ts': "import { poll } from './poll';\nit('polls', () => poll(console.log));\n",
    },
    'one that only another of them calls': {
      'poll.ts': `${poll}${pace}export function follow() {\n  window.onfocus = () => poll(console.log);\n}\n`,
      'main.ts': takesPace,
    },
    'one that calls itself': {
      'poll.ts': `${poll.replace('setInterval', 'poll(show);\n    setInterval')}${pace}`,
      'main.ts': takesPace,
    },
    'one that two of them call that a third calls': {
      'poll.ts': `${poll}${pace}export function left() {\n  poll(console.log);\n}\nexport function right() {\n  poll(console.info);\n}\nexport function follow() {\n  left();\n  right();\n}\n`,
      'main.ts': takesPace,
    },
    'one beside a path that is joined of texts, and a script that loads what it is told': {
      'poll.js': `${poll.replace('export ', '')}exports.poll = poll;\nexports.pace = 1000;\n`,
      'main.js':
        "const path = require('node:path');\nconst { pace } = require('./poll');\nconsole.log(pace, require(path.join(__dirname, 'package.json')).version);\n",
      'scripts/build.js': 'for (const file of process.argv) require(file);\n',
    },
    'one beside a style that is called as what a build makes of files': {
      'poll.ts': `${poll}${pace}`,
      'main.ts': `${takesPace}export const styles = (on) => ({ 'pointer-events-auto': on });\nexport const style = (on) => (on ? 'pointer-events-auto' : '');\n`,
    },
    'one beside images and words that are loaded by a pattern': {
      'poll.ts': `${poll}${pace}`,
      'main.ts': `import { pace } from "./poll";\nconsole.log(pace);\nexport const look = (name) => [require(\`./images/\${name}.png\`), import(\`moment/locale/\${name}\`)];\n`,
    },
    'one that no file asks for which loads others by names that are not written': {
      'jobs/poll.js': `${poll.replace('export ', '')}exports.poll = poll;\nexports.pace = 1000;\n`,
      'main.js':
        "const { pace } = require('./jobs/poll');\nconst path = require('node:path');\nexports.run = (file) => require(path.join(process.cwd(), file)).begin(pace);\n",
    },
    'one of a program that loads only data by a name that it makes': {
      'poll.js': `${poll.replace('export ', '')}exports.poll = poll;\nexports.pace = 1000;\n`,
      'main.js':
        "const { pace } = require('./poll');\nconst path = require('node:path');\nconst { poll } = require(path.join(process.cwd(), 'settings.json'));\nconsole.log(pace, poll);\n",
    },
    'one of an object': {
      'poll.ts': `${poll.replace('export ', '')}const pace = () => 1000;\nexport default { poll, pace };\n`,
      'main.ts': "import timers from './poll';\nconsole.log(timers.pace());\n",
    },
    'one of a CommonJS module': {
      'poll.js': `${poll.replace('export ', '')}exports.poll = poll;\nexports.pace = 1000;\n`,
      'main.js': "const { pace } = require('./poll');\nconsole.log(pace);\n",
    },
    'one of an object that CommonJS gives': {
      'poll.js': `${poll.replace('export ', '')}const pace = () => 1000;\nmodule.exports = { poll, pace };\n`,
      'main.js': "const timers = require('./poll');\nconsole.log(timers.pace());\n",
    },
  };
  for (const [name, files] of Object.entries(little))
    it(`weigh little: ${name}`, () => assert.deepEqual([...new Set(severities(files))], ['low']));

  const ever: Readonly<Record<string, Files>> = {
    'nobody comes to its file': { 'poll.ts': `${poll}${pace}`, 'main.ts': 'console.log(1000);\n' },
    'another calls it on a condition': {
      'poll.ts': `${poll}${pace}`,
      'main.ts': `${takesPace.replace('pace }', 'pace, poll }')}export const begin = (on) => on && poll(console.log);\n`,
    },
    'a handler calls it that may not run': {
      'poll.ts': `${poll}${pace}`,
      'main.ts': `${takesPace.replace('pace }', 'pace, poll }')}window.onfocus = () => poll(console.log);\n`,
    },
    'its own file calls it': {
      'poll.ts': `${poll}${pace}window.onfocus = () => poll(console.log);\n`,
      'main.ts': takesPace,
    },
    'its own file gives it to another': {
      'poll.ts': `import { register } from './register';\n${poll}${pace}register(poll);\n`,
      'register.ts': 'export const register = (work) => work(console.log);\n',
      'main.ts': takesPace,
    },
    'all that the file has goes to others': {
      'poll.ts': `${poll}${pace}`,
      'main.ts': "import * as timers from './poll';\nexport const run = (name) => timers[name](console.log);\n",
    },
    'a barrel passes it on to who calls it': {
      'poll.ts': `${poll}${pace}`,
      'index.ts': "export * from './poll';\n",
      'main.ts': `${takesPace}import { poll } from './index';\nwindow.onfocus = () => poll(console.log);\n`,
    },
    'a host calls it by its name': {
      'poll.ts': `${poll.replace('poll(', 'loader(')}${pace}`,
      'main.ts': takesPace,
    },
    'a host asks a route for it': {
      'poll.ts': `${poll.replace('function poll(show)', 'const shouldRevalidate = (show) =>')}${pace}`,
      'main.ts': takesPace,
    },
    'a host has the object that it is a method of': {
      'poll.ts': `${pace}export default {\n  async ${poll.replace('export function poll', 'answer')}};\n`,
      'main.ts': takesPace,
    },
    'product code loads files by names that are not written': {
      'jobs/poll.js': `${poll.replace('export ', '')}exports.poll = poll;\nexports.pace = 1000;\n`,
      'main.js':
        "const fs = require('node:fs');\nconst path = require('node:path');\nconst { pace } = require('./jobs/poll');\nconsole.log(pace);\nconst folder = path.join(__dirname, 'jobs');\nexports.run = () => fs.readdirSync(folder).forEach((file) => require(path.join(folder, file)).poll(console.log));\n",
    },
    'product code asks what it loads for names in a list': {
      'jobs/poll.js': `${poll.replace('export ', '')}exports.poll = poll;\nexports.pace = 1000;\n`,
      'main.js':
        "const { pace } = require('./jobs/poll');\nconsole.log(pace);\nexports.run = (file) => ['poll', 'end'].forEach((name) => require(file)[name](console.log));\n",
    },
    'product code loads a file by its address': {
      'jobs/poll.ts': `${poll}${pace}`,
      'main.ts':
        "import { pathToFileURL } from 'node:url';\nimport { pace } from './jobs/poll';\nconsole.log(pace);\nexport const run = async (file) => (await import(pathToFileURL(file).href)).poll(console.log);\n",
    },
    'any file of a folder may be loaded by its name': {
      'jobs/poll.ts': `${poll}${pace}`,
      'main.ts': `import { pace } from "./jobs/poll";\nconsole.log(pace);\nexport const run = async (name) => (await import(\`./jobs/\${name}.ts\`)).poll(console.log);\n`,
    },
    'any file of the package may be loaded by its path': {
      'jobs/poll.ts': `${poll}${pace}`,
      'main.ts':
        "import { pace } from './jobs/poll';\nconsole.log(pace);\nconst jobs = import.meta.glob('./jobs/*.ts', { eager: true });\nwindow.onfocus = () => Object.values(jobs).forEach((job) => job.poll(console.log));\n",
    },
  };
  for (const [name, files] of Object.entries(ever))
    it(`weigh as ever where ${name}`, () => assert.ok(isMore(severities(files))));
  it('weigh as ever in what a package offers', () => {
    const timers = { name: 'timers', folder: 'packages/timers', entries: ['poll.ts'] };
    const files = { 'packages/timers/poll.ts': `${poll}${pace}`, 'packages/timers/main.ts': takesPace };
    assert.ok(isMore(severities(files, { aliases: [], packages: [timers] })));
  });
});

describe('a removal that matches nothing, in a function that nothing calls', () => {
  const files = (add: string, more = ''): Files => ({
    'leave.ts': `let isAdded = false;
export function addLeave() {
  ${add}
  window.addEventListener('beforeunload', () => save());
  isAdded = true;
}
export function removeLeave() {
  if (!isAdded) return;
  window.removeEventListener('beforeunload', () => save());
  isAdded = false;
}
function save() {}
`,
    'main.ts': `import { addLeave${more ? ', removeLeave' : ''} } from './leave';\nwindow.onfocus = () => addLeave();\n${more}`,
  });
  it('weighs little where it is added once', () =>
    assert.deepEqual(severities(files('if (isAdded) return;')), ['low']));
  it('weighs as ever where it is added each time', () => assert.ok(isMore(severities(files('')))));
  it('weighs as ever where somebody calls it', () =>
    assert.ok(isMore(severities(files('if (isAdded) return;', 'window.onblur = () => removeLeave();\n')))));
});

describe('an exported function that only its own file calls', () => {
  const watcher = (call: string): string =>
    `import fs from 'node:fs';\nexport function follow(file) {\n  fs.watch(file, () => console.log(file));\n}\n${call}\n`;
  it('runs once where that calls it once', () => {
    assert.deepEqual(
      severities({
        'follow.ts': watcher("export const pace = 1000;\nfollow('config.json');"),
        'main.ts': "import { pace } from './follow';\nconsole.log(pace);\n",
      }),
      [],
    );
    assert.deepEqual(
      severities({
        'follow.ts': watcher('export const begin = (file) => follow(file);'),
        'main.ts': "import { begin } from './follow';\nbegin('config.json');\n",
      }),
      [],
    );
  });
  it('runs once where it is a constructor that has a base', () =>
    assert.deepEqual(
      severities({
        'follow.js':
          "const fs = require('node:fs');\nconst util = require('node:util');\nconst Follower = function (file) {\n  fs.watch(file, () => this.emit('change'));\n};\nutil.inherits(Follower, require('node:events').EventEmitter);\nexports.Follower = Follower;\nexports.follow = (file, done) => new Follower(file).on('change', done);\n",
        'main.js': "const { follow } = require('./follow');\nfollow('config.json', console.log);\n",
      }),
      [],
    ));
  it('runs as often as others call it', () =>
    assert.notDeepEqual(
      severities({
        'follow.ts': watcher("follow('config.json');"),
        'main.ts': "import { follow } from './follow';\nexport const open = (file) => follow(file);\n",
      }),
      [],
    ));
  it('runs as often as its own file calls it', () =>
    assert.notDeepEqual(severities({ 'follow.ts': watcher("process.on('message', (file) => follow(file));") }), []));
  it('may be called by who begins elsewhere', () =>
    assert.notDeepEqual(
      severities({
        'follow.ts': watcher('export const begin = (file) => follow(file);'),
        'main.ts': "import { begin } from './follow';\nexport const open = (file) => file && begin(file);\n",
      }),
      [],
    ));
});
