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
});
