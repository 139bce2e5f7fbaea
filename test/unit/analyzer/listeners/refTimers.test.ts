import { samples } from '../expectLeaks';

const component = (armed: string, effect = '') => `import { useEffect, useRef, useState } from 'react';
export function Copy({ text, later, useEnd }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef(null);
  ${effect}
  const copy = () => {
    clearTimeout(timer.current);
    ${armed}
  };
  return <button onClick={copy}>{copied ? 'ok' : text}</button>;
}`;

samples(
  'Timers in a ref',
  [
    {
      name: 'one that is cleared when the next one is armed',
      path: 'src/Copy.tsx',
      code: component('timer.current = setTimeout(() => setCopied(false), 2000); // hint listener/timeout-in-effect'),
    },
    {
      name: 'one of a delay that is given',
      path: 'src/Copy.tsx',
      code: component('timer.current = setTimeout(() => setCopied(false), later); // leak listener/timeout-in-effect'),
    },
    {
      name: 'beside an effect whose clean-up ends something else',
      path: 'src/Copy.tsx',
      code: component(
        'timer.current = setTimeout(() => setCopied(false), 900); // hint listener/timeout-in-effect',
        'useEffect(() => { const sub = later.subscribe(); return () => sub.unsubscribe(); }, [later]);',
      ),
    },
  ],
  [
    {
      name: 'one that a clean-up clears',
      path: 'src/Copy.tsx',
      code: component(
        'timer.current = setTimeout(() => setCopied(false), 2000);',
        'useEffect(() => () => clearTimeout(timer.current), []);',
      ),
    },
    {
      name: 'a ref that another hook is given',
      path: 'src/Copy.tsx',
      code: component('timer.current = setTimeout(() => setCopied(false), 2000);', 'useEnd(timer);'),
    },
    {
      name: 'one that is over soon',
      path: 'src/Copy.tsx',
      code: component('timer.current = setTimeout(() => setCopied(false), 150);'),
    },
    {
      name: 'one that changes nothing of the component',
      path: 'src/Copy.tsx',
      code: component('timer.current = setTimeout(() => later(), 2000);'),
    },
  ],
);
