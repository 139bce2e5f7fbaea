/** A removal in vain weighs by whether the handler is seen to be added again. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from '../expectLeaks';

const severityOf = (code: string, path?: string): string | undefined => findingsOf(code, path)[0]?.severity;

const link = (more = ''): string => `export class Link {
  constructor() {
    window.addEventListener('online', () => this.connect());
  }
  connect() {}
  leave() {
    window.removeEventListener('online', this.connect);
  }
}
${more}`;
const panel = (end: string): string => `import { useEffect } from 'react';
export function Panel({ draw }) {
  useEffect(() => {
    window.addEventListener('resize', () => draw());
    return () => window.removeEventListener('resize', ${end});
  }, [draw]);
  return <p />;
}
`;

describe('how much it weighs that a removal is in vain', () => {
  it('is something where nobody knows who makes the owner, and when it ends', () =>
    assert.equal(severityOf(link()), 'medium'));
  it('is a lot where owners come with each event', () =>
    assert.equal(severityOf(link("document.addEventListener('click', () => {\n  new Link();\n});\n")), 'high'));
  it('is a lot where components come and go', () => {
    for (const end of ['draw', '() => draw()']) assert.equal(severityOf(panel(end), 'src/Panel.tsx'), 'high', end);
  });
  it('is something where anybody may call what adds it', () =>
    assert.equal(
      severityOf(
        "export function onOnline(listener) {\n  window.addEventListener('online', () => listener());\n  return () => window.removeEventListener('online', listener);\n}\n",
      ),
      'medium',
    ));
  it('is a lot where it is called for each event', () =>
    assert.equal(
      severityOf(
        "function watch(listener) {\n  window.addEventListener('online', () => listener());\n  return () => window.removeEventListener('online', listener);\n}\nsocket.addEventListener('message', () => watch(console.log));\n",
      ),
      'high',
    ));
  it('is a lot where what adds it is itself a handler, bound to its instance', () => {
    const keys = (bound: string): string => `export class Keys {
  constructor(private readonly box: HTMLElement) {
    box.addEventListener('keydown', ${bound});
  }
  onKey() {
    window.addEventListener('mousedown', this.onMouse.bind(this));
  }
  onMouse() {
    window.removeEventListener('mousedown', this.onMouse);
  }
}
`;
    assert.equal(severityOf(keys('this.onKey.bind(this)')), 'high');
    assert.equal(severityOf(keys('this.onMouse.bind(this)')), 'medium');
  });
  it('is nothing where there is one owner for as long as the page', () =>
    assert.deepEqual(
      findingsOfFiles({
        'link.ts': link(),
        'main.ts': "import { Link } from './link';\nexport const only = new Link();\n",
      }).flatMap(({ findings }) => findings),
      [],
    ));
});
