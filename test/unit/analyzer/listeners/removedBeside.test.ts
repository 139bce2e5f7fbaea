import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const pointer = (teardown: string, more = ''): string => `export class Pointer {
  constructor(area) {
    this.area = area;
    this.follow = this.follow.bind(this);
  }
  start() {
    this.area.on('move', this.follow);MARK
    this.area.on('drag', this.follow);
  }
  follow() {}
  ${more}
  stop(whole) {
    ${teardown}
  }
}`;

const leaking = (code: string): string => code.replace('MARK', ' // leak listener/emitter-on');
const safe = (code: string): string => code.replace('MARK', '');

samples(
  'A removal that names another event',
  [
    {
      name: 'in the place of one of those that were added',
      path: 'src/pointer.js',
      code: leaking(pointer("this.area.off('press', this.follow);\n    this.area.off('drag', this.follow);")),
    },
    {
      name: 'beside the right one, which only runs on a condition',
      path: 'src/pointer.js',
      code: leaking(
        pointer(
          "if (whole) this.area.off('move', this.follow);\n    this.area.off('press', this.follow);\n    this.area.off('drag', this.follow);",
        ),
      ),
    },
    {
      name: 'before an early way out, behind which the right one stands',
      path: 'src/pointer.js',
      code: leaking(
        pointer(
          "this.area.off('press', this.follow);\n    this.area.off('drag', this.follow);\n    if (!whole) return;\n    this.area.off('move', this.follow);",
        ),
      ),
    },
    {
      name: 'which has a handler of its own that stays',
      path: 'src/pointer.js',
      code: leaking(
        pointer(
          "this.area.off('move', this.drop);\n    this.area.off('drag', this.follow);\n    this.area.off('drop', this.drop);",
        ),
      ).replace("this.area.on('drag'", "this.area.on('drop', this.drop);\n    this.area.on('drag'"),
    },
    {
      name: 'while the right one waits in a handler',
      path: 'src/pointer.js',
      code: leaking(
        pointer(
          "this.area.off('press', this.follow);\n    this.area.off('drag', this.follow);",
          "drop() {\n    this.area.off('move', this.follow);\n  }",
        ),
      ),
    },
  ],
  [
    {
      name: 'beside those of all that were added',
      path: 'src/pointer.js',
      code: safe(
        pointer(
          "this.area.off('move', this.follow);\n    this.area.off('press', this.follow);\n    this.area.off('drag', this.follow);",
        ),
      ),
    },
    {
      name: 'which has a handler of its own that is removed, too',
      path: 'src/pointer.js',
      code: safe(
        pointer(
          "this.area.off('move', this.drop);\n    this.area.off('move', this.follow);\n    this.area.off('drag', this.follow);\n    this.area.off('drop', this.drop);",
        ),
      ).replace("this.area.on('drag'", "this.area.on('drop', this.drop);\n    this.area.on('drag'"),
    },
    {
      name: 'on a condition, beside those of all that were added',
      path: 'src/pointer.js',
      code: safe(
        pointer(
          "if (whole) {\n      this.area.off('press', this.follow);\n    }\n    this.area.off('move', this.follow);\n    this.area.off('drag', this.follow);",
        ),
      ),
    },
  ],
);

const door = (rest: string, more = '', before = ''): string => `import { door } from './door';
${before}
export class Guard {
  open = () => {};
  shut = () => {};
  watch(isWhole) {
    door.on('open', this.open);
    ${more}
  }
  leave(isWhole) {
    door.off('open', this.open);
    door.off('shut', this.open);
    ${rest}
  }
}`;
const shut = "door.on('shut', this.shut);";

samples(
  'A removal that names the handler of another event',
  [
    {
      name: 'of the same function, and nothing ends the right one',
      path: 'src/guard.js',
      code: door('', `${shut} // leak listener/emitter-on`),
    },
    {
      name: 'of the same class, on a condition, and only the other events are given up as a whole',
      path: 'src/guard.js',
      code: door(
        "door.removeAllListeners('ring');",
        `this.also(isWhole);\n  }\n  also(isWhole) {\n    if (isWhole) ${shut} // leak listener/emitter-on`,
      ),
    },
  ],
  [
    {
      name: 'which another method takes off',
      path: 'src/guard.js',
      code: door("this.rest();\n  }\n  rest() {\n    door.off('shut', this.shut);", shut),
    },
    {
      name: 'which are all taken off',
      path: 'src/guard.js',
      code: door("if (isWhole) door.removeAllListeners('shut');", shut),
    },
    { name: 'which comes once', path: 'src/guard.js', code: door('', shut.replace('on(', 'once(')) },
    {
      name: 'which a signal ends',
      path: 'src/guard.js',
      code: door('this.end.abort();', "document.addEventListener('shut', this.shut, { signal: this.end.signal });", '')
        .replaceAll('door.off', 'document.removeEventListener')
        .replaceAll('door.on', 'document.addEventListener')
        .replace('open = ', 'end = new AbortController();\n  open = '),
    },
    {
      name: 'beside one that the module adds as it is loaded',
      path: 'src/guard.js',
      code: door('', '', "const note = () => {};\ndoor.on('shut', note);"),
    },
    {
      name: 'beside one of another class',
      path: 'src/guard.js',
      code: door(
        '',
        '',
        "export class Clerk {\n  note = () => {};\n  begin() {\n    door.on('shut', this.note);\n  }\n  end() {\n    door.off('shut', this.note);\n  }\n}",
      ),
    },
  ],
);

describe('A removal of the wrong event before the clean-up of the effect', () => {
  const keys = (cleanUp: string): readonly string[] =>
    findingsOf(
      `import { useEffect } from 'react';
export function Unlock({ area, open }) {
  useEffect(() => {
    const press = () => {
      open();
      area.off('keypress', press);
    };
    area.on('keydown', press);
    return () => {
      ${cleanUp}
    };
  }, []);
  return <p />;
}`,
      'src/Unlock.tsx',
    ).map(({ severity }) => severity);

  it('weighs little where the clean-up names the right one', () =>
    assert.deepEqual(keys("area.off('keydown', press);"), ['low']));
  it('weighs more where the clean-up has a way out before it', () =>
    assert.deepEqual(keys("if (area.isOpen) return;\n      area.off('keydown', press);"), ['medium']));
  it('weighs more where the clean-up names the wrong one, too', () =>
    assert.deepEqual(keys("area.off('keypress', press);"), ['medium']));
});

describe('A handler that the clean-up of an effect takes off once', () => {
  const calls = (adding: string, call = 'on', end = 'off'): readonly string[] =>
    findingsOf(
      `import { useEffect } from 'react';
export function Calls({ line, room, log, peers }) {
  useEffect(() => {
    const ring = (call) => log(room, call);
    const answer = () => {
      line.${call}('ring', ring);
    };
    const hang = () => line.${end}('rang', ring);
    ${adding}
    return () => {
      line.off('down', hang);
      line.${end}('ring', ring);
    };
  }, [room]);
  return <p />;
}`,
      'src/Calls.tsx',
    ).map(({ severity }) => severity);
  const down = "line.on('down', hang);";

  it('weighs little where the effect adds it once', () => {
    assert.deepEqual(calls(`${down}\n    answer();`), ['low']);
    assert.deepEqual(calls(`${down}\n    if (peers.length > 0) {\n      answer();\n    }`), ['low']);
  });
  it('weighs more where another event adds it each time', () =>
    assert.ok(calls(`${down}\n    line.once('up', () => line.on('up', answer));`).includes('medium')));
  it('weighs more where a loop adds it', () => {
    assert.ok(calls(`${down}\n    for (const peer of peers) answer(peer);`).includes('medium'));
    assert.ok(calls(`${down}\n    peers.forEach(() => answer());`).includes('medium'));
  });
  it('weighs more where two places add it', () =>
    assert.ok(calls(`${down}\n    answer();\n    if (peers.length > 1) answer();`).includes('medium')));
  it('weighs little where the page has it once, however often it is added', () =>
    assert.deepEqual(
      calls(`${down}\n    peers.forEach(() => answer());`, 'addEventListener', 'removeEventListener').filter(
        (severity) => severity !== 'low',
      ),
      [],
    ));
});
