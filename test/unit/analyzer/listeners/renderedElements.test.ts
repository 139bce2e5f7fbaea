import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

describe('a removal that misses a handler on an element', () => {
  const severities = (dependencies: string, shown: string, element = 'list.current'): readonly string[] =>
    findingsOf(
      `import { useEffect, useRef, useState } from 'react';
import { bus } from './bus';
export function Rows({ onScroll, mode }) {
  const list = useRef(null);
  const [calls] = useState(() => new Set());
  const [at, setAt] = useState(0);
  useEffect(() => {
    const handle = (event) => calls.forEach((call) => call(event, at, onScroll));
    const element = ${element};
    if (mode === 'off') return undefined;
    element.addEventListener('scroll', handle, { passive: true, capture: true });
    return () => element.removeEventListener('scroll', handle);
  }, ${dependencies});
  return ${shown};
}`,
      'src/Rows.tsx',
    ).map(({ severity }) => severity);

  it('weighs little where the component renders it and the effect does not run again', () => {
    for (const dependencies of ['[]', '[list]', '[list, calls]', '[calls, setAt, bus]'])
      assert.deepEqual(severities(dependencies, '<ul ref={list} />'), ['low'], dependencies);
  });
  it('weighs more where the effect runs again and adds another', () => {
    for (const dependencies of ['[onScroll]', '[list, at]', '[calls, mode]'])
      assert.deepEqual(severities(dependencies, '<ul ref={list} />'), ['medium'], dependencies);
  });
  it('weighs more where somebody else shows it', () =>
    assert.deepEqual(severities('[]', '<Shell list={list} />'), ['medium']));
  it('weighs more on the page', () => assert.deepEqual(severities('[]', '<ul ref={list} />', 'document'), ['high']));
  it('weighs more where a timer or a loop of the effect adds it again', () => {
    const again = (adding: string): readonly string[] =>
      findingsOf(
        `import { useEffect, useRef } from 'react';
export function Rows({ onScroll, parts }) {
  const list = useRef(null);
  useEffect(() => {
    const handle = (event) => onScroll(event);
    ${adding}
    return () => list.current.removeEventListener('scroll', handle);
  }, []);
  return <ul ref={list} />;
}`,
        'src/Rows.tsx',
      ).map(({ severity }) => severity);
    const add = "list.current.addEventListener('scroll', (event) => handle(event));";
    assert.deepEqual(again(add), ['low']);
    assert.deepEqual(again(`const begin = () => ${add}\n    begin();`), ['low']);
    assert.ok(again(`const timer = setInterval(() => ${add.slice(0, -1)}, 1000);`).includes('medium'));
    assert.ok(again(`parts.forEach(() => ${add.slice(0, -1)});`).includes('medium'));
    assert.ok(again(`for (const part of parts) ${add}`).includes('medium'));
  });
});
