import assert from 'node:assert/strict';
import { hintsOf } from '../expectLeaks';

const severities = (code: string, path?: string): readonly string[] =>
  hintsOf(code, path)
    .filter(({ kind }) => kind.startsWith('cache/'))
    .map(({ severity, confidence }) => (confidence === 'low' ? 'hidden' : severity));

describe('a list that a handler of an event without a name makes longer', () => {
  const kept = (list: string, method: string): readonly string[] =>
    severities(`import { host } from './host';
const ${list} = [];
export const first = () => ${list}[0];
host.${method}((one) => {
  ${list}.push(one);
});`);

  it('weighs little, whatever the host tells', () => {
    for (const method of ['onDidChangeTransfer', 'subscribe', 'addListener'])
      assert.deepEqual(kept('transfers', method), ['hidden'], method);
  });
  it('weighs more where it is of what happens', () => {
    for (const list of ['history', 'events', 'messages']) assert.deepEqual(kept(list, 'subscribe'), ['low'], list);
  });
  it('weighs more where it is of what somebody sends', () => {
    for (const method of ['process', 'onMessage.addListener'])
      assert.deepEqual(kept('transfers', method), ['low'], method);
    assert.deepEqual(kept('transfers', 'onMoved.addListener'), ['hidden']);
  });
  it('weighs more where the host tells of something new', () =>
    assert.deepEqual(kept('transfers', 'onDidOpenTransfer'), ['low']));
});

describe('a list that a person makes longer', () => {
  const kept = (event: string, value: string): readonly string[] =>
    severities(`const chosen = [];
export const last = () => chosen.at(-1);
document.addEventListener('${event}', (event) => {
  chosen.push(${value});
});`);

  it('weighs little where it is by hand', () => {
    for (const event of ['click', 'keydown', 'paste']) assert.deepEqual(kept(event, 'event.target'), ['hidden'], event);
  });
  it('weighs more where it comes by itself', () => {
    for (const event of ['scroll', 'pointermove', 'message'])
      assert.deepEqual(kept(event, 'event.target'), ['low'], event);
  });
  it('weighs more where an object is made for each', () =>
    assert.deepEqual(kept('click', 'new Marker(event)'), ['low']));
});

describe('a list in the state of a component', () => {
  const shown = (name: string, event: string, update: string, dependencies: string): readonly string[] =>
    severities(
      `import { useEffect, useState } from 'react';
export function Board({ source }) {
  const [${name}, set] = useState([]);
  useEffect(() => {
    const add = (one) => set(${update});
    source.on('${event}', add);
    return () => source.off('${event}', add);
  }, ${dependencies});
  return ${name}.length;
}`,
      'src/Board.tsx',
    );

  it('does not grow from what the first run of the effect has captured', () => {
    assert.deepEqual(shown('lines', 'line', '[...lines, one]', '[]'), []);
    assert.deepEqual(shown('lines', 'line', '[one, ...lines]', '[source]'), []);
  });
  it('grows from what it is by then', () => {
    assert.deepEqual(shown('lines', 'line', '[...lines, one]', '[source, lines]'), ['medium']);
    assert.deepEqual(shown('lines', 'line', '(before) => [...before, one]', '[]'), ['medium']);
    assert.deepEqual(shown('lines', 'line', '(before) => before.concat(one)', '[source]'), ['medium']);
  });
  it('grows where the effect runs again for what is made of the state', () => {
    const again = (made: string, dependency: string): readonly string[] =>
      severities(
        `import { useCallback, useEffect, useState } from 'react';
export function Board({ source }) {
  const [lines, set] = useState([]);
  const [turns, setTurns] = useState(0);
  const [theme, setTheme] = useState('day');
  ${made}
  useEffect(() => {
    const add = (one) => { set([...lines, one]); setTurns(turns + 1); };
    source.on('line', add);
    return () => source.off('line', add);
  }, [source, ${dependency}]);
  return lines.length;
}`,
        'src/Board.tsx',
      );
    for (const [made, dependency] of [
      ['', 'lines.length'],
      ['', 'lines[0]'],
      ['', 'turns'],
      ['const newest = lines.at(-1);', 'newest'],
      ['const amount = lines.length;', 'amount'],
      ['const isFull = lines.length > 9 && source.isOn;', 'isFull'],
      ['const say = () => console.log(source);', 'say'],
      ['const say = useCallback(() => console.log(lines), [lines]);', 'say'],
      ['const shown = { source };', 'shown'],
      ['const sorted = useSorted(lines);', 'sorted'],
    ] as const)
      assert.deepEqual(again(made, dependency), ['medium'], made + dependency);
    for (const [made, dependency] of [
      ['', 'source.id'],
      ['', 'theme'],
      ['', 'setTheme'],
      ['const { bus } = useBus();', 'bus'],
      ['const isOn = source.isOn && !source.isMuted;', 'isOn'],
      ['const say = useCallback(() => console.log(source), [source]);', 'say'],
    ] as const)
      assert.deepEqual(again(made, dependency), [], made + dependency);
  });
  it('weighs what comes by itself, whatever the list is called', () => {
    assert.deepEqual(shown('prices', 'message', '(before) => [...before, one]', '[]'), ['medium']);
    assert.deepEqual(
      severities(
        `import { useEffect, useState } from 'react';
export function Board() {
  const [prices, set] = useState([]);
  useEffect(() => {
    const timer = setInterval(() => set((before) => [...before, Math.random()]), 500);
    return () => clearInterval(timer);
  }, []);
  return prices.length;
}`,
        'src/Board.tsx',
      ),
      ['medium'],
    );
  });
  it('weighs little where a person makes it longer, or it is not of what happens', () => {
    assert.deepEqual(shown('lines', 'keydown', '(before) => [...before, one]', '[]'), ['low']);
    assert.deepEqual(shown('guests', 'guest', '(before) => [...before, one]', '[]'), ['low']);
  });
});

describe('groups of an endless stream', () => {
  const short = (key: string): string => `(edit) => ${key}`;
  const grouped = (key: string, body = short): readonly string[] =>
    severities(`import { fromEvent, groupBy, mergeMap } from 'rxjs';
export const saved$ = fromEvent(bus, 'edit').pipe(groupBy(${body(key)}), mergeMap((group) => group));`);

  it('weigh little under the ids of what is worked on', () => {
    for (const key of ['edit.kind', 'edit.ids.publishedId', 'edit.folder'])
      assert.deepEqual(grouped(key), ['low'], key);
  });
  it('weigh more under what keeps coming', () => {
    for (const key of ['edit.requestId', 'edit.sessionId', 'edit.url']) assert.deepEqual(grouped(key), ['medium'], key);
  });
  it('are the same under a key that a body returns', () => {
    const body = (key: string): string => `(edit) => { return ${key}; }`;
    assert.deepEqual(grouped('edit.folder', body), ['low']);
    assert.deepEqual(grouped('edit.requestId', body), ['medium']);
    const either = (key: string): string => `(edit) => { if (edit.isOld) return edit.folder; return ${key}; }`;
    assert.deepEqual(grouped('edit.requestId', either), ['medium']);
  });
});
