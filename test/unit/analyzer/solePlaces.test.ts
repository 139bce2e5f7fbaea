/** What is shown at one place of the program, by signs that do not say for sure that there is one of it, weighs little. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

function severities(files: Files): readonly string[] {
  return findingsOfFiles(files).flatMap(({ findings }) => findings.map(({ severity }) => severity));
}

const isMore = (told: readonly string[]): boolean => told.some((severity) => severity !== 'low');
const isLittle = (told: readonly string[]): boolean => told.length > 0 && !isMore(told);

const clock = (depends = '[]'): string => `import { useEffect } from 'react';
export function Clock({ pace, dispatch, state }) {
  useEffect(() => {
    setInterval(() => console.log('tick'), 1000);
  }, ${depends});
  return <time />;
}
`;
const root = (put: string, more = ''): string => `import { createRoot } from 'react-dom/client';
import { Desk } from './desk';
${more}
${put}
`;
const onPage = "createRoot(document.getElementById('desk')).render(<Frame><Desk /></Frame>);";
const desk = (shown: string, before = ''): string => `import { useState } from 'react';
import { Clock } from './clock';
export function Desk({ isOpen, clocks }) {
  ${before}
  return ${shown};
}
`;
const files = (shown: string, more: Files = {}, before = ''): Files => ({
  'src/clock.tsx': clock(),
  'src/desk.tsx': desk(shown, before),
  'src/main.tsx': root(onPage),
  ...more,
});

const little: Readonly<Record<string, Files>> = {
  'in a component of which nothing is known': files('<Panel theme="dark"><Clock /></Panel>'),
  'as a property of one': files('<Page head={<Clock />} />'),
  'where the function draws that says so': files('<main>{head()}</main>', {}, 'const head = () => <Clock />;'),
  'while what it depends on stays the same': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock('[dispatch, rowsRef]'),
  }),
  'by what a function puts at a place of the page': files('<Panel><Clock /></Panel>', {
    'src/main.tsx': root(`export function show() {\n  ${onPage}\n}`),
  }),
  'under a key that stays the same': files('<Panel><Clock key="clock" /></Panel>'),
  'while the history that it depends on stays the same': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock('[history]'),
  }),
  'by what has a name before it is put there': files('<Panel><Clock /></Panel>', {
    'src/main.tsx': root(onPage.replace('<Frame><Desk /></Frame>', 'desk'), 'const desk = <Frame><Desk /></Frame>;'),
  }),
  'by what is made of it': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock()
      .replace('export function', 'function')
      .concat('export default withTheme()(memo(Clock));\n'),
    'src/desk.tsx': desk('<Panel><Clock /></Panel>').replace('{ Clock }', 'Clock'),
  }),
  'written in the call that makes it': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock()
      .replace('export function Clock(', 'export const Clock = memo((')
      .replace(') {', ') => {')
      .replace(/}\n$/, '});\n'),
  }),
};
const more: Readonly<Record<string, Files>> = {
  'there is another place': files('<Panel><Clock /><Clock /></Panel>'),
  'another file shows it, too': files('<Panel><Clock /></Panel>', {
    'src/side.tsx': "import { Clock } from './clock';\nexport const Side = () => <Panel><Clock /></Panel>;\n",
  }),
  'it is shown for each of a list': files('<Panel>{clocks.map(() => <Clock />)}</Panel>'),
  'what has a name is put at two places': files('<Panel><Clock /></Panel>', {
    'src/main.tsx': root(
      `${onPage.replace('<Frame><Desk /></Frame>', 'desk')}\nexport const side = () => <aside>{desk}</aside>;`,
      'const desk = <Frame><Desk /></Frame>;',
    ),
  }),
  'it has a key': files('<Panel><Clock key={clocks.length} /></Panel>'),
  'it is shown on a condition': files('<Panel>{isOpen && <Clock />}</Panel>'),
  'something else is shown first': files('<Panel><Clock /></Panel>', {}, 'if (!isOpen) return <p />;'),
  'what is around it comes and goes': files('<UserDialog><Clock /></UserDialog>'),
  'what is around it may hide it': files('<Panel open={isOpen}><Clock /></Panel>'),
  'what shows it is shown for each of a list': files('<Panel><Clock /></Panel>', {
    'src/main.tsx': root(onPage.replace('<Desk />', '{names.map(() => <Desk />)}')),
  }),
  'what it depends on may change': files('<Panel><Clock /></Panel>', { 'src/clock.tsx': clock('[pace]') }),
  'it is made of what is made of it': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock()
      .replace('export function Clock', 'function Face')
      .concat('const Side = memo(Clock);\nconst Clock = memo(Side, Face);\nexport { Clock };\n'),
  }),
  'what it depends on may be switched on again': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock('[enabled]'),
  }),
  'it stands in a tab': files('<Tab.Panel><Clock /></Tab.Panel>'),
  'it depends on all': files('<Panel><Clock /></Panel>', { 'src/clock.tsx': clock().replace(', []', '') }),
  'what is at the root is taken away again': files('<Panel><Clock /></Panel>', {
    'src/main.tsx': root(
      `export function show() {\n  ${onPage}\n}`,
      'export const close = () => unmountComponentAtNode(document.body);',
    ),
  }),
  'each call has a place of its own': files('<Panel><Clock /></Panel>', {
    'src/main.tsx': root(
      "export const show = () => createRoot(document.createElement('div')).render(<Frame><Desk /></Frame>);",
    ),
  }),
  'what is made of it may leave it out': files('<Panel><Clock /></Panel>', {
    'src/clock.tsx': clock().replace('export function', 'function').concat('export default withLogin(Clock);\n'),
    'src/desk.tsx': desk('<Panel><Clock /></Panel>').replace('{ Clock }', 'Clock'),
  }),
};

describe('what a component leaves that is shown at one place', () => {
  for (const [name, all] of Object.entries(little))
    it(`weighs little ${name}`, () => assert.ok(isLittle(severities(all)), severities(all).join()));
  for (const [name, all] of Object.entries(more))
    it(`weighs as ever where ${name}`, () => assert.ok(isMore(severities(all)), severities(all).join()));

  const classClock = `import { Component } from 'react';
export class Clock extends Component {
  constructor(props) {
    super(props);
    this.timer = setInterval(() => this.tick(), 1000);
    window.addEventListener('online', () => this.tick());
  }
  componentWillUnmount() {
    this.names.clear();
  }
  render() {
    return <time />;
  }
}
`;
  it('weighs little where its end forgets it, since that hardly comes', () =>
    assert.ok(isLittle(severities(files('<Panel><Clock /></Panel>', { 'src/clock.tsx': classClock })))));
  it('weighs little where it is made of a class that has a name of its own', () => {
    const made = classClock.replace('export class', 'export const Clock = observer(class').replace(/}\n$/, '});\n');
    assert.ok(isLittle(severities(files('<Panel><Clock /></Panel>', { 'src/clock.tsx': made }))));
    assert.ok(isMore(severities(files('<Panel>{isOpen && <Clock />}</Panel>', { 'src/clock.tsx': made }))));
  });
  it('weighs as ever where its end forgets it and comes', () => {
    const told = severities(files('<Panel>{isOpen && <Clock />}</Panel>', { 'src/clock.tsx': classClock }));
    assert.ok(told.includes('high'));
  });
  it('is told of many only where something shows that there are', () => {
    const messages = (shown: string): string =>
      findingsOfFiles(
        files(shown, { 'src/clock.tsx': classClock.replace(/ {2}componentWillUnmount[\s\S]*?\n {2}}\n/, '') }),
      )
        .flatMap(({ findings }) => findings.map(({ message }) => message))
        .join('\n');
    assert.match(messages('<Panel>{isOpen && <Clock />}</Panel>'), /of which there are many/);
    assert.doesNotMatch(messages('<Panel><Clock /></Panel>'), /of which there are many/);
  });

  const vue = (shell: string): Files => ({
    'src/Clock.vue': `<template><time /></template>
<script>
export default {
  mounted() {
    setInterval(() => console.log('tick'), 1000);
  },
};
</script>
`,
    'src/Shell.vue': `<template><el-main>${shell}</el-main></template>
<script>
import Clock from '@/Clock';
export default { components: { Clock } };
</script>
`,
    'src/main.js':
      "import Vue from 'vue';\nimport Shell from './Shell.vue';\nnew Vue({ el: '#app', components: { Shell }, template: '<Shell/>' });\n",
  });
  it('is nothing in a page whose root is a template', () => {
    assert.deepEqual(severities(vue('<Clock></Clock>')), []);
    assert.ok(isMore(severities(vue('<Clock v-if="open"></Clock>'))));
    assert.ok(
      isMore(
        severities({
          ...vue('<Clock></Clock>'),
          'src/main.js':
            "import Vue from 'vue';\nimport Shell from './Shell.vue';\nexport const side = { components: { Shell }, template: '<Shell/>' };\n",
        }),
      ),
    );
  });
  it('is nothing in a page that draws by the function that it is given', () => {
    const drawn = (render: string): Files => ({
      ...vue('<Clock />'),
      'src/main.js': `import Vue from 'vue';\nimport Shell from './Shell.vue';\nwindow.onload = () => {\n  new Vue({ el: '#app', render: ${render} });\n};\n`,
    });
    assert.deepEqual(severities(drawn('(make) => make(Shell)')), []);
    assert.ok(isMore(severities(drawn('(make) => other(Shell)'))));
  });
  it('is nothing in what a device is given once, whichever way', () => {
    const device = (other: string): Files => ({
      'clock.js': clock().replace('export function', 'export default function'),
      'index.js': `import { AppRegistry } from 'react-native';
if (process.env.STORIES) {
  AppRegistry.registerComponent(${other}, () => require('./stories').default);
} else {
  AppRegistry.registerComponent('clock', () => require('./clock').default);
}
`,
    });
    assert.deepEqual(severities(device("'clock'")), []);
    assert.ok(isMore(severities(device("'stories'"))));
  });
});

describe('the end of a component', () => {
  const shown = (base: string, end: string, add = "window.addEventListener('online', () => this.draw());"): string =>
    `import { Component } from 'react';
export class Window${base} {
  componentDidMount() {
    ${add}
  }
  ${end}() {
    this.host.send('close');
  }
  render() {
    return <main />;
  }
}
`;
  const told = (code: string): readonly string[] => findingsOf(code, 'src/window.tsx').map(({ severity }) => severity);

  it('is the hook of its framework, and no method that ends something else', () => {
    assert.ok(isLittle(told(shown(' extends Component', 'close'))));
    assert.ok(isLittle(told(shown(' extends Component', 'stop'))));
    assert.deepEqual(told(shown(' extends Component', 'componentWillUnmount')), ['high']);
  });
  it('is not known where the class has none, however its handlers are added', () => {
    const made = shown(' extends Component', 'resize').replace('componentDidMount()', 'constructor()');
    assert.ok(told(made).every((severity) => severity === 'low'));
    assert.deepEqual(told(made.replace('resize', 'componentWillUnmount')), ['high']);
  });

  const typing = (end: string): string => `export class Talk {
  type() {
    this.timer = setTimeout(() => this.poll(), 60000);
  }
  poll() {
    clearInterval(this.ticker);
    this.ticker = setInterval(() => this.show(), 1000);
  }
  ${end}() {
    clearInterval(this.ticker);
  }
}
export const open = () => new Talk();
`;
  it('leaves a timer of little weight by `cleanup`', () => {
    assert.ok(isMore(findingsOf(typing('destroy')).map(({ severity }) => severity)));
    assert.ok(!isMore(findingsOf(typing('cleanup')).map(({ severity }) => severity)));
  });

  const source = (init: string, end = 'stop'): string => `export class Source {
  async init() {
    ${init}
  }
  async start(node) {
    await this.init();
    this.nodes.push(node);
  }
  ${end}() {
    this.nodes = [];
  }
}
`;
  const get = 'this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });';
  it('is no `stop` after which a start goes on with the same', () => {
    assert.deepEqual(findingsOf(source(`if (!this.stream) ${get}`)), []);
    assert.equal(findingsOf(source(get)).length, 1);
    assert.equal(findingsOf(source(`if (!this.stream) ${get}`).replace('async start', 'async play')).length, 1);
    assert.equal(findingsOf(source(`if (!this.stream) ${get}`).replace('async init', 'async start')).length, 1);
    assert.equal(findingsOf(source(`if (!this.stream) ${get}`, 'dispose')).length, 1);
  });
});

describe('what is done once', () => {
  it('is done when the page has been loaded', () => {
    const at = (event: string): string =>
      `window.${event} = () => {\n  setInterval(() => console.log('tick'), 1000);\n};\n`;
    assert.deepEqual(findingsOf(at('onload')), []);
    assert.ok(isMore(findingsOf(at('onmessage')).map(({ severity }) => severity)));
  });
  it('is set up by the only object of a script', () => {
    const view = (made: string): string => `const view = ${made}{
  return {
    _context: undefined,
    init(options) {
      this._context = new RTCPeerConnection();
      this._context.onnegotiationneeded = (event) => draw(event.data, options);
    },
  };
}`;
    assert.ok(
      isLittle(
        findingsOf(`${view('(() => ')})();\nwindow.view = view;\n`, 'src/view.js').map(({ severity }) => severity),
      ),
    );
    const dropped = view('(() => ').replace(/this\._context = ([^;]*);[\s\S]*?\n {4}},/, '$1;\n    },');
    assert.ok(
      isMore(findingsOf(`${dropped})();\nwindow.view = view;\n`, 'src/view.js').map(({ severity }) => severity)),
    );
  });
  it('is a clock that leaves its page', () => {
    const clockOf = (last: string): string => `export class Restart {
  begin(left) {
    setInterval(() => {
      if (left > 0) this.show(--left);
      else ${last};
    }, 1000);
  }
  dispose() {
    this.names.clear();
  }
}
export const open = () => new Restart();
`;
    const told = (code: string): readonly string[] => findingsOf(code).map(({ severity }) => severity);
    assert.ok(isLittle(told(clockOf('window.location.reload()'))));
    assert.ok(isLittle(told(clockOf("location.href = '/'"))));
    assert.ok(isMore(told(clockOf('this.show(0)'))));
  });
  it('leaves a removal without harm that cannot match', () => {
    const removed = (shown: string): Files =>
      files(shown, {
        'src/clock.tsx': clock().replace(
          "setInterval(() => console.log('tick'), 1000);",
          "hub.on('tick', () => dispatch());\n    return () => hub.off('tick', () => dispatch());",
        ),
        'src/main.tsx': root("createRoot(document.getElementById('desk')).render(<Desk />);"),
      });
    assert.ok(!isMore(severities(removed('<main><Clock /></main>'))));
    assert.ok(isMore(severities(removed('<main>{isOpen && <Clock />}</main>'))));
  });
});

describe('what an element of a page leaves', () => {
  /** One whose tag stands in a page, in a program that makes elements of names and texts that nobody sees. */
  const page = '<!doctype html>\n<html><body>\n<clock-face></clock-face>\n</body></html>\n';
  const face = (drawn = ''): string => `import { LitElement, html } from '../vendor/lit-element/lit-element.js';
class ClockFace extends LitElement {
  constructor() {
    super();
    window.addEventListener('online', () => this.requestUpdate());
    this.shadowRoot.querySelector('clock-hand');
  }
  render() {
    return html\`<main>${drawn}</main>\`;
  }
}
customElements.define('clock-face', ClockFace);
`;
  const hand = face().replaceAll('clock-face', 'clock-hand').replaceAll('ClockFace', 'ClockHand');
  const program = (more: Files = {}): Files => ({
    'app/index.html': page,
    'app/face.js': face(),
    'app/maker.js':
      "import path from 'path';\nexport const make = (name) => document.createElement(name);\nexport const draw = (text) => (document.body.innerHTML = text);\nexport const file = path.join(__dirname, 'clock-face', 'index.html');\n",
    ...more,
  });
  it('weighs little', () => assert.ok(isLittle(severities(program())), severities(program()).join()));
  it('weighs little on several pages, each a window of its own', () =>
    assert.ok(isLittle(severities(program({ 'app/side.html': page })))));
  it('weighs little where it is drawn by such a one, always', () => {
    const told = severities(
      program({ 'app/face.js': face(`\${this.isOpen} <clock-hand></clock-hand>`), 'app/hand.js': hand }),
    );
    assert.ok(isLittle(told) && told.length === 2, told.join());
  });
  it('weighs as ever where it is drawn on a condition', () =>
    assert.ok(
      isMore(
        severities(
          program({
            'app/face.js': face(`\${this.isOpen ? html\`<clock-hand></clock-hand>\` : ''}`),
            'app/hand.js': hand,
          }),
        ),
      ),
    ));
  it('weighs as ever where a page has two', () =>
    assert.ok(
      isMore(severities(program({ 'app/index.html': page.replace('<body>', '<body><clock-face></clock-face>') }))),
    ));
  it('weighs as ever where its name is a value, of which one may be made', () =>
    assert.ok(isMore(severities(program({ 'app/views.js': "export const views = ['clock-face'];\n" })))));
  it('weighs as ever where a part of its name is told', () =>
    assert.ok(
      isMore(
        severities(
          program({ 'app/views.js': `export const view = (name) => document.createElement(\`clock-\${name}\`);\n` }),
        ),
      ),
    ));
});
