/** How often code runs is not told by its name alone: what the code does with a handler counts. */
import assert from 'node:assert/strict';
import { findingsOf } from './expectLeaks';

const graded = (code: string, path?: string): readonly string[] =>
  findingsOf(code, path).map(({ kind, severity }) => `${kind} ${severity}`);

const interval = ['listener/interval high'];
const listener = ['listener/dom-event-listener medium'];

describe('a function that is called like the handler of an event', () => {
  const member = (object: string, beside = ''): string => `${beside}
${object}.onkeydown = function () {
  window.addEventListener('keydown', () => {
    console.log(performance.now());
  });
};`;
  it('runs at each event of what may have some', () => {
    assert.deepEqual(graded(member('panel')), listener);
    assert.deepEqual(graded(member('window', 'window.resize = function () {};')), listener);
    assert.deepEqual(graded(member('panel', 'board.resize = function () {};')), listener);
    assert.deepEqual(graded(member('panel', 'panel.onblur = function () {};')), listener);
  });
  it('is one of the functions of an object that the program fills', () => {
    assert.deepEqual(graded(member('panel', 'panel.resize = function () {};')), []);
    assert.deepEqual(graded(member('exports')), ['listener/dom-event-listener low']);
  });

  const given = (taken: string): string => `function onSignal(text) {
  window.addEventListener('message', () => console.log(text));
}
${taken}`;
  it('is for others to call where a module gives it away', () => {
    assert.deepEqual(graded(given('watch(document.body, { onSignal });'), 'src/a.js'), listener);
    assert.deepEqual(graded(given('module.exports = { onSignal };'), 'src/a.js'), ['listener/dom-event-listener low']);
  });

  const plugin = (name: string, more = ''): string => `export class Plugin extends Base {
  ${name}() {
    this._context = new RTCPeerConnection();
    this._context.onnegotiationneeded = () => this.draw();
  }
  ${more}
}`;
  it('is the set-up of what a host turns on', () => {
    const kind = 'handle/peer-connection';
    assert.deepEqual(graded(plugin('onOpen')), [`${kind} medium`]);
    assert.deepEqual(graded(plugin('onActivation')), [`${kind} low`]);
    assert.deepEqual(graded(plugin('onEnable')), [`${kind} low`]);
    assert.deepEqual(graded(plugin('onEnable', 'onDisable() { this.hide(); }')), [`${kind} medium`]);
  });
});

describe('an event that comes once in the life of a page or program', () => {
  const draw = `function draw() {
  setInterval(() => console.log(performance.now()), 100);
}`;
  it('is none that comes again', () => {
    assert.deepEqual(graded(`${draw}\nwindow.onload = draw;`), []);
    assert.deepEqual(graded(`${draw}\nwindow.addEventListener('pageshow', draw);`), []);
    assert.deepEqual(graded(`${draw}\nwindow.onhashchange = draw;`), interval);
  });
  it('comes again where it is awaited again', () =>
    assert.deepEqual(
      graded(`${draw}\nwindow.addEventListener('click', () => {
  const script = document.createElement('script');
  script.onload = draw;
});`),
      interval,
    ));

  const told = (source: string): string => `${source}(() => {
  window.addEventListener('keyup', () => console.log(performance.now()));
});`;
  it('is the start of the worker of an extension', () => {
    assert.deepEqual(graded(told('chrome.runtime.onInstalled.addListener')), []);
    assert.deepEqual(graded(told('chrome.runtime.onMessage.addListener')), listener);
  });
  it('hardly comes twice where its name tells of the start', () => {
    const named = (event: string): readonly string[] =>
      graded(`import { ipcRenderer } from 'electron';
ipcRenderer.on('${event}', () => {
  window.addEventListener('keyup', () => console.log(performance.now()));
});`);
    for (const event of ['initFinished', 'init-finished', 'startupError', 'app:initialized'])
      assert.deepEqual(named(event), ['listener/dom-event-listener low'], event);
    for (const event of ['load.chat', 'finished', 'reinitialize', 'started'])
      assert.deepEqual(named(event), listener, event);
    assert.deepEqual(graded(told('sidebar.onBuilt.addListener')), ['listener/dom-event-listener low']);
  });
});

describe('a handler that takes itself off', () => {
  const answer = (first: string, last: string, head = 'const answer = (event) =>'): string => `${head} {
  if (event.data.type === 'init') {
    ${first}
    ${last}
  }
};
function begin() {
  setInterval(() => console.log(performance.now()), 100);
}
window.addEventListener('message', answer);`;
  const off = "window.removeEventListener('message', answer);";
  it('does once what stands beside that', () => {
    assert.deepEqual(graded(answer('begin();', off)), []);
    assert.deepEqual(graded(answer(off, 'begin();')), []);
    assert.deepEqual(graded(answer('if (event.data.long) begin();', off)), []);
  });
  it('may do it again before that', () => {
    assert.deepEqual(graded(answer('begin();', '')), interval);
    assert.deepEqual(graded(answer('begin();', `if (event.data.last) ${off}`)), interval);
    assert.deepEqual(graded(answer('begin(); await last();', off, 'const answer = async (event) =>')), interval);
    assert.deepEqual(graded(answer('begin();', off.replace('answer', 'other'))), interval);
  });
  it('does it again where it is added again', () => {
    assert.deepEqual(graded(answer('begin();', `${off} window.addEventListener('message', answer);`)), interval);
    assert.deepEqual(
      graded(
        answer('begin();', off).replace(
          /\nwindow\.add.*$/,
          "\nwindow.addEventListener('click', () => window.addEventListener('message', answer));",
        ),
      ),
      [...interval],
    );
  });
});

describe('what its author says is set up already', () => {
  const init = (guard: string, parameters = ''): string => `function init(${parameters}) {
  ${guard}
  setInterval(() => console.log(performance.now()), 100);
}
window.addEventListener('message', () => init(window));`;
  it('is set up once', () => {
    assert.deepEqual(graded(init("if (settings.get('origin')) return; // already initialized")), []);
    assert.deepEqual(graded(init("if (settings.get('origin')) throw new Error('already installed');")), []);
  });
  it('may be set up for each of what is given', () => {
    assert.deepEqual(graded(init('if (page.marked) return; // already initialized', 'page')), interval);
    assert.deepEqual(graded(init("if (settings.get('origin')) return; // already there")), interval);
  });
});

describe('an interval that ends its page or process', () => {
  const count = (last: string, step = 'left--'): string => `let left = 10;
window.addEventListener('click', () => {
  setInterval(() => {
    if (left > 0) ${step};
    else ${last};
  }, 1000);
});
function leave() {
  window.close();
}`;
  it('is gone with it', () => {
    for (const last of ['window.location.reload()', "location.href = '/'", 'process.exit(1)', 'leave()'])
      assert.deepEqual(graded(count(last)), ['listener/interval low'], last);
  });
  it('goes on where it ends something else, or may wait for ever', () => {
    for (const last of ['view.reload()', "view.href = '/'", 'show()'])
      assert.deepEqual(graded(count(last)), interval, last);
    assert.deepEqual(graded(count('location.reload()', 'show()')), interval);
  });
});

describe('what runs only where the program is worked on', () => {
  const behind = (condition: string): readonly string[] =>
    graded(`window.addEventListener('click', () => {
  if (${condition}) {
    setInterval(() => console.log(performance.now()), 100);
  }
});`);
  it('is not told', () => {
    for (const condition of [
      "process.env.NODE_ENV === 'development'",
      "process.env.NODE_ENV !== 'production'",
      "process.env.NODE_ENV === 'development' && log",
      'Utils.isDevMode()',
      'import.meta.env.DEV',
      'isDev',
      'mode === Mode.Development',
    ])
      assert.deepEqual(behind(condition), [], condition);
  });
  it('is told where it runs in production', () => {
    for (const condition of [
      "process.env.NODE_ENV === 'production'",
      "process.env.NODE_ENV !== 'development'",
      "process.env.NODE_ENV === 'development' || log",
      "stage === 'development'",
      '!Utils.isDevMode()',
      'isDevice',
    ])
      assert.deepEqual(behind(condition), interval, condition);
  });
});

describe('what is begun and never ended', () => {
  const viewer = (name: string): string => `export function createViewer() {
  return {
    ${name}() {
      this._context = new RTCPeerConnection();
    },
  };
}`;
  it('weighs less where a set-up keeps it', () => {
    assert.deepEqual(graded(viewer('load')), ['handle/peer-connection medium']);
    assert.deepEqual(graded(viewer('init')), ['handle/peer-connection low']);
    assert.deepEqual(graded(viewer('init').replace('this._context =', 'const context =')), [
      'handle/peer-connection medium',
    ]);
  });
});
