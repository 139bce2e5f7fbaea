/** As much of a document as `dom.ts` needs: nodes with a parent, attributes, and the properties that readers change. */

export class FakeNode {
  parent: FakeElement | null = null;
  constructor(
    readonly nodeType: number,
    public nodeValue: string | null,
  ) {}

  remove(): void {
    if (!this.parent) return;
    this.parent.childNodes.splice(this.parent.childNodes.indexOf(this), 1);
    this.parent = null;
  }
}

export class FakeElement extends FakeNode {
  readonly childNodes: FakeNode[] = [];
  private readonly attributes = new Map<string, string>();
  checked = false;
  selected = false;

  constructor(
    readonly localName: string,
    readonly namespaceURI: string,
  ) {
    super(1, null);
  }

  getAttributeNames(): string[] {
    return [...this.attributes.keys()];
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
  append(node: FakeNode): void {
    this.insertBefore(node, null);
  }
  insertBefore(node: FakeNode, before: FakeNode | null): void {
    node.remove();
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, node);
    node.parent = this;
  }
  get text(): string {
    return this.childNodes.map((node) => (node instanceof FakeElement ? node.text : (node.nodeValue ?? ''))).join('');
  }
}

const XHTML = 'http://www.w3.org/1999/xhtml';

/** A document that makes such nodes. */
export const fakeDocument = {
  createElement: (tag: string): FakeElement => new FakeElement(tag, XHTML),
  createElementNS: (namespace: string, tag: string): FakeElement => new FakeElement(tag, namespace),
  createTextNode: (text: string): FakeNode => new FakeNode(3, text),
};
