import { samples } from '../expectLeaks';

samples(
  'the first entry of a list, which is not taken out',
  [
    {
      name: 'an index that is taken for a truth',
      code: `const overrides = new Map<string, [number, string][]>();
export function remove(key: string, id: number) {
  const values = overrides.get(key);
  if (!values) return;
  const index = values.findIndex((one) => one[0] === id);
  if (index) values.splice(index, 1); // leak cache/removal-wrong-identity
}`,
    },
    {
      name: 'where another index is asked for zero',
      code: `const open: View[] = [];
export function close(view: View, others: View[]) {
  const first = others.indexOf(view);
  if (first === 0) view.hide();
  const index = open.indexOf(view);
  if (index > 0) open.splice(index, 1); // leak cache/removal-wrong-identity
}`,
    },
  ],
  [
    {
      name: 'asked for before, and what is moved to the front',
      code: `export function group(children: Node[], heading: Node) {
  const index = children.findIndex((one) => one.isHeading);
  if (index === 0) return children;
  let header: Node | undefined;
  if (index === -1) header = heading;
  else if (index > 0) header = children.splice(index, 1)[0];
  if (header) children.unshift(header);
  return children;
}
export function rest(children: Node[], node: Node) {
  const at = children.indexOf(node);
  if (at === 0) return;
  if (at > 0) children.splice(at, 1);
}`,
    },
    {
      name: 'a copy that is gone after the call',
      code: `export function alias(chain: readonly (string | number)[], prefix: string) {
  const parts = chain.filter((part) => typeof part === 'string');
  const at = parts.indexOf(prefix);
  if (at > 0) parts.splice(at, 1);
  return parts.join('_');
}`,
    },
  ],
);
