import { samples } from '../expectLeaks';

const effect = (body: string): string => `import { useEffect, useRef } from 'react';
export function Legend({ html, pick }) {
  const box = useRef(null);
  const row = useRef(null);
  useEffect(() => {
    ${body}
  }, [html, pick]);
  return <div ref={box} />;
}`;
const listens = "link.addEventListener('click', () => pick(html));";
const leaks = `${listens} // leak listener/dom-event-listener`;
const path = 'src/legend.tsx';

samples(
  'elements of content that the same run has not replaced',
  [
    [
      'on some runs only',
      `if (html) box.current.innerHTML = html;\n    const link = box.current.querySelector('a');\n    ${leaks}`,
    ],
    [
      'only where there is nothing',
      `if (!html) {\n      box.current.innerHTML = '';\n    }\n    const link = box.current.querySelector('a');\n    ${leaks}`,
    ],
    [
      'after it was looked for',
      `const link = box.current.querySelector('a');\n    box.current.lastChild.innerHTML = html;\n    ${leaks}`,
    ],
    [
      'of another element',
      `row.current.innerHTML = html;\n    const link = box.current.querySelector('a');\n    ${leaks}`,
    ],
    [
      'by a handler',
      `row.current.onclick = () => { box.current.innerHTML = ''; };\n    const link = box.current.querySelector('a');\n    ${leaks}`,
    ],
    [
      'by adding to it',
      `box.current.innerHTML += html;\n    const link = box.current.querySelector('a');\n    ${leaks}`,
    ],
  ].map(([name = '', body = '']) => ({ name, code: effect(body), path })),
  [
    ['given anew', `box.current.innerHTML = html;\n    const link = box.current.querySelector('a');\n    ${listens}`],
    [
      'emptied by another name',
      `const root = box.current;\n    root.replaceChildren();\n    root.append(draw(html));\n    const link = root.firstElementChild;\n    if (link) ${listens}`,
    ],
    [
      'emptied by a loop',
      `const root = box.current;\n    while (root.firstChild) root.removeChild(root.firstChild);\n    root.append(draw(html));\n    for (const link of root.querySelectorAll('a')) ${listens}`,
    ],
    [
      'kept in a field',
      `box.current.textContent = '';\n    box.current.append(draw(html));\n    row.current = box.current.children[0];\n    ${listens.replace('link', 'row.current')}`,
    ],
    [
      'made and kept in a field',
      `row.current = document.createElement('li');\n    box.current.append(row.current);\n    ${listens.replace('link', 'row.current')}`,
    ],
  ].map(([name = '', body = '']) => ({ name, code: effect(body), path })),
);
