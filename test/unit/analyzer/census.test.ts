import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import { takeCensus } from '../../../src/analyzer/census/census';
import { createResolver, type ModuleMap, noModules } from '../../../src/analyzer/facts/modules';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

/** A class of which each instance leaves a listener on the window. */
const panel = `export class Panel {
  constructor() {
    window.addEventListener('resize', () => this.draw());
  }
  draw() {}
}
`;
const defaultPanel = panel.replace('export class', 'export default class');
/** A function of which each call leaves one. */
const watch = `export function watchTitle(show) {
  window.addEventListener('blur', () => show(document.title));
}
`;
const screen = `import React from 'react';
export class Screen extends React.Component {
  componentDidMount() {
    window.addEventListener('online', () => this.forceUpdate());
  }
  render() {
    return <main />;
  }
}
`;
const clock = `import { useEffect } from 'react';
export function Clock() {
  useEffect(() => {
    setInterval(() => console.log('tick'), 1000);
  }, []);
  return <time />;
}
`;

const mounted = `import { onMount } from 'solid-js';
export function Clock() {
  onMount(() => {
    setInterval(() => console.log('tick'), 1000);
  });
  return <time />;
}
`;
const ticks = `import { useEffect } from 'react';
export function useTicks() {
  useEffect(() => {
    setInterval(() => console.log('tick'), 1000);
  }, []);
}
`;

const alone = `function watchTitle() {
  window.addEventListener('blur', () => console.log(document.title));
}
watchTitle();
module.exports = watchTitle;
`;

function told(files: Files, modules: ModuleMap = noModules): readonly string[] {
  return findingsOfFiles(files, modules).flatMap(({ path, findings }) => findings.map(() => path));
}

const silent: Readonly<Record<string, Files>> = {
  'a class that is made behind a flag of its module, by a function that others may call': {
    'panel.ts': panel,
    'show.ts':
      "import { Panel } from './panel';\nlet isShown = false;\nexport function show() {\n  if (isShown) return;\n  isShown = true;\n  new Panel();\n}\n",
    'main.ts': "import { show } from './show';\nwindow.onerror = () => show();\n",
  },
  'a mixin of the options that a page begins with': {
    'ticking.js':
      "export default {\n  created() {\n    window.addEventListener('resize', () => this.draw());\n  },\n};\n",
    'main.js':
      "import { createApp } from 'vue';\nimport ticking from './ticking';\ncreateApp({ mixins: [ticking], template: '<main />' }).mount('#app');\n",
  },
  'a class that is made once the page is there, by a handler that takes itself off': {
    'panel.ts': panel,
    'main.ts':
      "import { Panel } from './panel';\nfunction start() {\n  document.removeEventListener('DOMContentLoaded', start);\n  new Panel();\n}\ndocument.addEventListener('DOMContentLoaded', start);\n",
  },
  'a function of a program that brings others into its files': {
    'nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'lib/title.ts': watch,
    'plugins/title.ts': "import { watchTitle } from '../lib/title';\nwatchTitle(console.log);\n",
  },
  'a class that another file makes where it is loaded': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nexport const only = new Panel();\n",
  },
  'a class that is made by another of which there is one': {
    'panel.ts': panel,
    'shell.ts': "import { Panel } from './panel';\nexport class Shell {\n  private readonly panel = new Panel();\n}\n",
    'desk.ts':
      "import { Shell } from './shell';\nexport class Desk {\n  constructor() {\n    this.shell = new Shell();\n  }\n}\n",
    'main.ts': "import { Desk } from './desk';\nnew Desk();\n",
  },
  'a class that is made when the only instance of another begins': {
    'panel.ts': panel,
    'shell.ts':
      "import { Panel } from './panel';\nexport class Shell {\n  async start() {\n    this.panel = new Panel();\n  }\n}\n",
    'main.ts': "import { Shell } from './shell';\nconst shell = new Shell();\nshell.start();\n",
  },
  'a class that is extended by one of which there is one': {
    'panel.ts': panel,
    'wide.ts': "import { Panel } from './panel';\nexport class Wide extends Panel {}\n",
    'main.ts': "import { Wide } from './wide';\nnew Wide();\n",
  },
  'a class that is re-exported, and made in a function that is called when a file is loaded': {
    'panel.ts': defaultPanel,
    'parts.ts': "export { default as Panel } from './panel';\n",
    'begin.ts': "import * as parts from './parts';\nexport function begin() {\n  return new parts.Panel();\n}\n",
    'main.ts': "import { begin } from './begin';\nbegin();\n",
  },
  'a class that is required where it is made': {
    'panel.ts': defaultPanel,
    'main.ts': "const shown = new (require('./panel').default)();\n",
  },
  'a class that only types name elsewhere': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nconst only = new Panel();\n",
    'user.ts':
      "import { Panel } from './panel';\nexport function draw(panel: Panel) {\n  return panel instanceof Panel;\n}\n",
  },
  'a class that others ask for by a call': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
    'user.ts':
      "import { Panel } from './panel';\nimport { PropTypes } from './types';\nexport const types = { panel: PropTypes.instanceOf(Panel).isRequired };\n",
  },
  'a class that tests make as often as they like': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
    'test/panel.test.ts': "import { Panel } from '../panel';\nit('draws', () => new Panel().draw());\n",
  },
  'a function that other files call where they are loaded': {
    'watch.ts': watch,
    'one.ts': "import { watchTitle } from './watch';\nwatchTitle(console.log);\n",
    'two.ts': "import { watchTitle as watch } from './watch';\nwatch((title) => alert(title));\n",
  },
  'a function of an exported object': {
    'watch.ts': watch.replace('export function', 'function').concat('export default { watchTitle };\n'),
    'main.ts': "import titles from './watch';\ntitles.watchTitle(console.log);\n",
    'other.ts': "import titles from './watch';\nexport function show() {\n  return titles.name;\n}\n",
  },
  'a function that is loaded when it is first needed': {
    'watch.ts': watch,
    'main.ts': "import('./watch').then(({ watchTitle }) => watchTitle(console.log));\n",
  },
  'a function of a CommonJS module': {
    'watch.js': watch.replace('export function', 'function').concat('module.exports = { watchTitle };\n'),
    'main.js': "const titles = require('./watch');\ntitles.watchTitle(console.log);\n",
  },
  'a handler of an event that comes once': {
    'watch.ts': watch,
    'main.ts': "import { watchTitle } from './watch';\nwindow.addEventListener('DOMContentLoaded', watchTitle);\n",
  },
  'a function that a command of a program runs': {
    'watch.ts': watch,
    'main.ts':
      "import { program } from 'commander';\nimport { watchTitle } from './watch';\nprogram.command('watch').action(async () => {\n  await watchTitle(console.log);\n});\nprogram.parse();\n",
  },
  'a handler of what an application tells once': {
    'watch.ts': watch,
    'begin.ts':
      "import { app } from 'electron';\nimport { watchTitle } from './watch';\nexport function begin() {\n  app.on('will-finish-launching', watchTitle);\n}\n",
    'main.ts': "import { begin } from './begin';\nbegin();\n",
  },
  'a function that its own file calls where it is loaded, and no other': {
    'watch.js': alone,
    'main.js': "console.log('main');\n",
  },
  'a component that another file puts at the root of a page': {
    'screen.tsx': screen,
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { Screen } from './screen';\ncreateRoot(document.body).render(<Screen />);\n",
  },
  'a component that is put there by its element': {
    'screen.tsx': screen,
    'main.ts':
      "import ReactDOM from 'react-dom';\nimport React from 'react';\nimport { Screen } from './screen';\nReactDOM.render(React.createElement(Screen), document.body);\n",
  },
  'a function component at the root, within others': {
    'clock.tsx': clock,
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { Clock } from './clock';\ncreateRoot(document.body).render(<React.StrictMode><Clock /></React.StrictMode>);\n",
  },
  'a function of an object that is assigned where it is exported': {
    'watch.js': `let titles;\nexport default titles = {\n  watch() {\n    window.addEventListener('blur', () => this.show());\n  },\n  show() {},\n};\n`,
    'main.js': "import titles from './watch';\ntitles.watch();\nbutton.onclick = () => titles.show();\n",
  },
  'a function that runs when a server has begun to listen': {
    'watch.ts': watch,
    'main.ts': "import { watchTitle } from './watch';\nserver.on('listening', () => watchTitle(console.log));\n",
  },
  'a component that a function gives to the root': {
    'clock.tsx': mounted,
    'main.tsx':
      "import { render } from 'solid-js/web';\nimport { Clock } from './clock';\nrender(() => <Clock />, document.body);\n",
  },
  'a class component without hooks that a function puts at the root': {
    'screen.tsx': `import { Component } from 'preact';
export default class Screen extends Component {
  constructor() {
    super();
    window.addEventListener('popstate', () => this.setState({}));
  }
  render() {
    return <main />;
  }
}
`,
    'main.tsx':
      "import { render } from 'preact';\nimport Screen from './screen';\nasync function main() {\n  render(<Screen />, document.body);\n}\nmain();\n",
  },
  'a hook that only a component at the root uses': {
    'ticks.ts': ticks,
    'clock.tsx':
      "import { useTicks } from './ticks';\nexport function Clock() {\n  useTicks();\n  return <time />;\n}\n",
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { Clock } from './clock';\ncreateRoot(document.body).render(<Clock />);\n",
  },
  'a hook of a hook of a component at the root of its file': {
    'ticks.ts': ticks,
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { useTicks } from './ticks';\nfunction useAll() {\n  useTicks();\n}\nfunction Clock() {\n  useAll();\n  return <time />;\n}\ncreateRoot(document.body).render(<Clock />);\n",
  },
};

const leaky: Readonly<Record<string, Files>> = {
  'a class that is made behind a flag that each call has': {
    'panel.ts': panel,
    'show.ts':
      "import { Panel } from './panel';\nexport function show() {\n  let isShown = false;\n  if (isShown) return;\n  isShown = true;\n  new Panel();\n}\n",
    'main.ts': "import { show } from './show';\nwindow.onerror = () => show();\n",
  },
  'a mixin of options that others are given': {
    'ticking.js':
      "export default {\n  created() {\n    window.addEventListener('resize', () => this.draw());\n  },\n};\n",
    'main.js':
      "import { createApp } from 'vue';\nimport ticking from './ticking';\nexport const panel = { mixins: [ticking], template: '<main />' };\ncreateApp({ template: '<main />' }).mount('#app');\n",
  },
  'a class that is made at each click, by a handler that somebody may take off': {
    'panel.ts': panel,
    'main.ts':
      "import { Panel } from './panel';\nfunction start() {\n  new Panel();\n}\ndocument.addEventListener('click', start);\nexport const stop = () => document.removeEventListener('click', start);\n",
  },
  'a function that files of the program find without an import': {
    'composables/title.ts': watch,
    'nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'plugins/title.ts': "import { watchTitle } from '../composables/title';\nwatchTitle(console.log);\n",
  },
  'one that a build brings into the files of the program': {
    'src/composables/title.ts': watch,
    'vite.config.ts':
      "import AutoImport from 'unplugin-auto-import/vite';\nexport default { plugins: [AutoImport({})] };\n",
    'src/main.ts': "import { watchTitle } from './composables/title';\nwatchTitle(console.log);\n",
  },
  'a function that its own file calls where it is loaded, and another again': {
    'watch.js': alone,
    'page.js': "const watchTitle = require('./watch');\nexports.open = () => watchTitle(console.log);\n",
  },
  'a function that its own file calls on each click, and no other': {
    'watch.ts': watch.concat("document.addEventListener('click', () => watchTitle(console.log));\n"),
    'main.ts': "console.log('main');\n",
  },
  'a function that its own file calls for a title, as others may for more': {
    'watch.ts': watch.concat('watchTitle(console.log);\n'),
    'main.ts': "console.log('main');\n",
  },
  'a function that an index offers to others, and its own file calls': {
    'watch.ts': watch.concat('watchTitle(console.log);\n'),
    'index.ts': "export { watchTitle } from './watch';\n",
  },
  'a hook that another component uses, too': {
    'ticks.ts': ticks,
    'clock.tsx':
      "import { useTicks } from './ticks';\nexport function Clock() {\n  useTicks();\n  return <time />;\n}\n",
    'row.tsx': "import { useTicks } from './ticks';\nexport function Row() {\n  useTicks();\n  return <tr />;\n}\n",
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { Clock } from './clock';\ncreateRoot(document.body).render(<Clock />);\n",
  },
  'a hook of a component that is shown in a list': {
    'ticks.ts': ticks,
    'clock.tsx':
      "import { useTicks } from './ticks';\nexport function Clock() {\n  useTicks();\n  return <time />;\n}\n",
    'page.tsx': "import { Clock } from './clock';\nexport const Page = ({ rows }) => rows.map(() => <Clock />);\n",
  },
  'a component that a function gives to what is no root': {
    'clock.tsx': mounted,
    'main.tsx': "import { Clock } from './clock';\nregister(() => <Clock />, document.body);\n",
  },
  'a class of which nobody is seen to make an instance': { 'panel.ts': panel, 'main.ts': "import './panel';\n" },
  'a class that a function makes, however often it is called': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nexport function open() {\n  return new Panel();\n}\n",
  },
  'a class that is made once here and on each click there': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
    'menu.ts': "import { Panel } from './panel';\ndocument.body.onclick = () => new Panel();\n",
  },
  'a class that is made in a loop': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nfor (const each of document.images) new Panel();\n",
  },
  'a class that is made for each of a list': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nexport const all = [...document.images].map(() => new Panel());\n",
  },
  'a class that is handed on': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nnew Panel();\nregistry.panel = Panel;\n",
  },
  'a class that its own file gives away': {
    'panel.ts': `${panel}registry.add(Panel);\n`,
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
  },
  'a class of which a container may make more': {
    'panel.ts': panel.replace('export', '@part()\nexport'),
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
  },
  'classes that make each other': {
    'panel.ts': `import { Shell } from './shell';\n${panel.replace('this.draw());', 'this.draw());\n    this.shell = new Shell();')}`,
    'shell.ts': "import { Panel } from './panel';\nexport class Shell {\n  panel = new Panel();\n}\n",
  },
  'a class whose maker is made many times': {
    'panel.ts': panel,
    'shell.ts': "import { Panel } from './panel';\nexport class Shell {\n  panel = new Panel();\n}\n",
    'main.ts': "import { Shell } from './shell';\nexport const open = () => new Shell();\n",
  },
  'a class that is made by a method that only registers': {
    'panel.ts': panel,
    'shell.ts':
      "import { Panel } from './panel';\nexport class Shell {\n  registerRow() {\n    return new Panel();\n  }\n}\n",
    'main.ts': "import { Shell } from './shell';\nnew Shell();\n",
  },
  'a class of a module that is loaded as a whole': {
    'panel.ts': panel,
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
    'lazy.ts': "export const load = () => import('./panel');\n",
  },
  'a class that an import under an alias may mean': {
    'ui/panel.ts': panel,
    'main.ts': "import { Panel } from './ui/panel';\nnew Panel();\n",
    'menu.ts': "import { Panel } from '@app/panel';\nexport const open = () => new Panel();\n",
  },
  'what an index at the root offers to others': {
    'panel.ts': panel,
    'index.ts': "export { Panel } from './panel';\n",
    'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
  },
  'a function that another calls again': {
    'watch.ts': watch,
    'main.ts': "import { watchTitle } from './watch';\nwatchTitle(console.log);\n",
    'view.ts': "import { watchTitle } from './watch';\nexport const show = (row) => watchTitle(row.show);\n",
  },
  'a handler of an event that comes again': {
    'watch.ts': watch,
    'main.ts':
      "import { watchTitle } from './watch';\nfeed.listen(watchTitle);\nwindow.addEventListener('blur', watchTitle);\n",
  },
  'a function that an effect of a component calls': {
    'watch.ts': watch,
    'part.tsx':
      "import { useEffect } from 'react';\nimport { watchTitle } from './watch';\nexport function Part() {\n  useEffect(() => {\n    watchTitle(console.log);\n  }, []);\n  return <p />;\n}\n",
  },
  'a function whose object is handed on': {
    'watch.ts': watch.replace('export function', 'function').concat('export default { watchTitle };\n'),
    'main.ts': "import titles from './watch';\ntitles.watchTitle(console.log);\nregister(titles);\n",
  },
  'a function of an object that is also exported by a name with a capital': {
    'watch.ts': watch
      .replace('export function', 'function')
      .concat('export const Titles = { watchTitle };\nexport default Titles;\n'),
    'main.ts': "import titles from './watch';\ntitles.watchTitle(console.log);\n",
    'view.ts': "import { Titles } from './watch';\nexport const show = (row) => Titles.watchTitle(row.show);\n",
  },
  'a component that others show as well': {
    'screen.tsx': screen,
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { Screen } from './screen';\ncreateRoot(document.body).render(<Screen />);\n",
    'page.tsx': "import { Screen } from './screen';\nexport const Page = () => <Screen />;\n",
  },
  'a component that is given to another at the root': {
    'screen.tsx': screen,
    'main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport { Screen } from './screen';\ncreateRoot(document.body).render(<Route element={<Screen />} />);\n",
  },
};

describe('how often all files use an export', () => {
  for (const [name, files] of Object.entries(silent))
    it(`is silent on ${name}`, () => assert.deepEqual(told(files), []));
  for (const [name, files] of Object.entries(leaky))
    it(`reports ${name}`, () => assert.deepEqual(told(files), [Object.keys(files)[0]]));

  it('what a published package offers may be used by anybody', () => {
    const files = {
      'kit/src/panel.ts': panel,
      'kit/src/main.ts': "import { Panel } from './panel';\nnew Panel();\n",
    };
    const modules = (offered: readonly string[]): ModuleMap => ({
      aliases: [],
      packages: [{ name: 'kit', folder: 'kit', entries: ['src/index'], offered }],
    });
    assert.deepEqual(told(files, modules([])), []);
    assert.deepEqual(told(files, modules(['src/panel'])), ['kit/src/panel.ts']);
    assert.deepEqual(told(files, modules(['src/*'])), ['kit/src/panel.ts']);
    assert.deepEqual(told(files, modules(['lib/*'])), []);
  });

  it('one instance with a teardown leaves little', () => {
    const files = {
      'panel.ts': panel.replace('draw() {}', 'draw() {}\n  dispose() {\n    console.log(this);\n  }'),
      'main.ts': "import { Panel } from './panel';\nnew Panel();\n",
    };
    const [first] = findingsOfFiles(files).flatMap(({ findings }) => findings);
    assert.equal(first?.severity, 'low');
  });
});

describe('the census', () => {
  const optionsOf = { severityOverrides: {} };
  const censusOf = (files: Files, unread: readonly string[] = []) => {
    const { resolve, isPublic } = createResolver(noModules, (path) => Object.hasOwn(files, path));
    const users = Object.entries(files).map(([path, text]) => {
      const { uses = [], reexports } = analyzeFile({ path, text }, optionsOf).summary;
      return { path, uses, reexports, isUnread: unread.includes(path) };
    });
    return takeCensus(users, resolve, isPublic);
  };

  it('follows re-exports under other names, and circles of them end', () => {
    const census = censusOf({
      'a.ts': 'export class A {}\n',
      'b.ts': "export { A as B } from './a';\nexport * from './c';\n",
      'c.ts': "export * from './b';\n",
      'main.ts': "import { B } from './c';\nnew B();\n",
    });
    assert.equal(census.isOnce('a.ts', { as: 'made', of: ['A'] }), true);
    assert.equal(census.isOnce('a.ts', { as: 'called', of: ['A'] }), false, 'made is not called');
    assert.equal(census.isOnce('a.ts', { as: 'made', of: ['Other'] }), false, 'not used at all');
  });

  it('wants to know of an unread file only when it decides', () => {
    const files = {
      'a.ts': 'export class A {}\nexport class B {}\n',
      'main.ts': "import { A, B } from './a';\nnew A();\nexport const make = () => new B();\n",
      'user.ts': "import { A, B } from './a';\nnew A();\nnew B();\n",
    };
    const census = censusOf(files, ['user.ts']);
    assert.equal(census.isOnce('a.ts', { as: 'made', of: ['B'] }), false);
    assert.deepEqual([...census.wanted], []);
    assert.equal(census.isOnce('a.ts', { as: 'made', of: ['A'] }), false);
    assert.deepEqual([...census.wanted], ['user.ts']);
  });
});
