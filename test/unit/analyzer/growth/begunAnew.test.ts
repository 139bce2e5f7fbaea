import { samples } from '../expectLeaks';

const songs = (shown: string, more = ''): string => `import { api } from './api';
export default {
  name: 'songs',
  activated() {
    ${shown}
  },
  methods: {
    load() {
      api.songs().then((found) => this.songs.push(found));
    },
    ${more}
  },
};`;
const path = 'src/songs.js';
const push = 'this.songs.push(this.name);';
const leak = `${push} // leak cache/array-only-pushed`;

samples(
  'lists that are not begun anew at each filling',
  [
    ['only where it was shown', `if (this.shown) this.songs = [];\n    ${leak}`],
    ['only by a handler', `this.button.onclick = () => { this.songs = []; };\n    ${leak}`],
    [
      'behind an early way out of the handler',
      `api.on('end', () => {\n      if (this.shown) return;\n      this.songs = [];\n    });\n    ${leak}`,
    ],
    [
      'in what comes later',
      `this.songs = [];\n    window.addEventListener('message', () => { // leak listener/dom-event-listener\n      ${leak}\n    });`,
    ],
  ]
    .map(([name = '', body = '']) => ({ name, code: songs(body).replace(/load\(\) \{[\s\S]*?\n {4}\},/, ''), path }))
    .concat({
      name: 'before one of two calls',
      code: songs('this.songs = [];\n    this.load();', 'more() {\n      this.load();\n    },')
        .replace('activated', 'mounted')
        .replace('push(found));', 'push(found)); // leak cache/array-only-pushed'),
      path,
    }),
  [
    { name: 'right before it', code: songs(`this.songs = [];\n    ${push}`), path },
    {
      name: 'before a loop',
      code: songs(`this.songs = [];\n    for (const one of api.all()) this.songs.push(one);`),
      path,
    },
    {
      name: 'before a step of a promise',
      code: songs('this.songs = [];\n    api.songs().then((found) => found.forEach((one) => this.songs.push(one)));'),
      path,
    },
    {
      name: 'before the method that loads it',
      code: songs('this.songs = [];\n    this.load();').replace('activated', 'mounted'),
      path,
    },
    {
      name: 'as it is mounted',
      code: songs(`this.songs = [];\n    for (let at = 0; at < 9; at++) this.songs.push({ at });`)
        .replace('activated', 'mounted')
        .replace(/load\(\) \{[\s\S]*?\n {4}\},/, ''),
      path,
    },
  ],
);
