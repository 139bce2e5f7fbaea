/** The panel's page is brought up to date without losing what the reader has in hand. */
import assert from 'node:assert/strict';
import { patchChildren } from '../../../src/dashboard/dom';
import { type El, h } from '../../../src/page/element';
import { FakeElement, fakeDocument } from '../../support/fakeDom';

// The fake has what the function calls, and no more.
const document = fakeDocument as unknown as Document;
const show = (root: FakeElement, ...children: readonly (El | string)[]): void =>
  patchChildren(root as unknown as Element, children, document);
const child = (root: FakeElement, at: number): FakeElement => {
  const node = root.childNodes[at];
  assert.ok(node instanceof FakeElement);
  return node;
};

describe('dom', () => {
  let root: FakeElement;
  beforeEach(() => {
    root = fakeDocument.createElement('main');
  });

  it('keeps an element and changes its attributes and text', () => {
    show(root, h('p', { class: 'a', title: 't' }, 'one'));
    const before = child(root, 0);
    show(root, h('p', { class: 'b' }, 'two'));
    assert.equal(child(root, 0), before);
    assert.deepEqual([before.getAttribute('class'), before.getAttribute('title'), before.text], ['b', null, 'two']);
  });

  it('keeps keyed elements when others come, go or change places', () => {
    const row = (name: string) => h('tr', { key: name }, name);
    show(root, row('a'), row('b'), row('c'));
    const [a, b, c] = [...root.childNodes];
    show(root, row('c'), row('new'), row('a'));
    assert.deepEqual([root.childNodes[0], root.childNodes[2]], [c, a]);
    assert.equal(b?.parent, null);
    assert.deepEqual(root.text, 'cnewa');
  });

  it('makes an element anew when its kind changes', () => {
    show(root, h('p', {}, 'text'));
    const before = child(root, 0);
    show(root, h('table', {}));
    assert.notEqual(child(root, 0), before);
    show(root, 'only text');
    assert.equal(root.text, 'only text');
    assert.equal(root.childNodes.length, 1);
  });

  it('leaves what the reader folded open', () => {
    show(root, h('details', { key: 'd' }, 'old'));
    child(root, 0).setAttribute('open', '');
    show(root, h('details', { key: 'd' }, 'new'));
    assert.equal(child(root, 0).getAttribute('open'), '');
    assert.equal(root.text, 'new');
  });

  it('makes pictures in their namespace, and chooses what is chosen', () => {
    show(root, h('svg', {}, h('g', {}, h('text', {}, '1'))), h('input', { type: 'radio', checked: true }));
    assert.match(child(child(root, 0), 0).namespaceURI, /svg$/);
    assert.equal(child(root, 1).checked, true);
    show(root, h('svg', {}, h('text', {}, '1')), h('input', { type: 'radio' }));
    assert.match(child(child(root, 0), 0).namespaceURI, /svg$/, 'what is added to a picture too');
    assert.equal(child(root, 1).checked, false);
  });

  it('never reads markup from text', () => {
    show(root, h('p', {}, '<img src=x onerror=alert(1)>'));
    assert.deepEqual(
      child(root, 0).childNodes.map(({ nodeType }) => nodeType),
      [3],
    );
  });
});
