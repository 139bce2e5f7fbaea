/** Names that definition files give to their objects, and the places that refer to them. Reads broken documents as far as they go. */
import { type Document, isMap, isNode, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { OBJECT_KINDS, type ObjectKind } from '../definition/schemaValidation';
import type { OffsetRange, ParsedFile, Path } from '../definition/yamlDocuments';

export interface NamedObject {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Of a DataSource: its type, and the names of its fields. */
  readonly sourceType: string;
  readonly fields: readonly string[];
  readonly file: string;
  /** Of the name, and of the whole object. */
  readonly nameRange: OffsetRange;
  readonly range: OffsetRange;
  /** Of an SLO: where its objectives begin. */
  readonly objectives: readonly number[];
  /** Written inside of another object. */
  readonly isInline: boolean;
}

const REFERENCES: Readonly<Record<string, ObjectKind>> = {
  metricSourceRef: 'DataSource',
  dataSourceRef: 'DataSource',
  serviceRef: 'Service',
  indicatorRef: 'SLI',
  sliRef: 'SLI',
  alertPolicyRef: 'AlertPolicy',
  conditionRef: 'AlertCondition',
  targetRef: 'AlertNotificationTarget',
  'slo-lens/budget-from': 'SLO',
  'slo-lens/inhibits': 'AlertPolicy',
};

/** Kind of the object that the value at a path names; null when it names none. */
export function referredKind(path: Path): ObjectKind | null {
  const key = path.at(-1);
  if (typeof key !== 'string') return null;
  if (key === 'service') return path.length === 2 && path[0] === 'spec' ? 'Service' : null;
  return Object.hasOwn(REFERENCES, key) ? (REFERENCES[key] ?? null) : null;
}

/** Does the value at the path hold several names, separated by commas? */
export function isNameList(path: Path): boolean {
  return path.at(-1) === 'slo-lens/inhibits';
}

function scalarAt(node: unknown, ...path: readonly string[]): Scalar | null {
  let at: unknown = node;
  for (const key of path) at = isMap(at) ? at.get(key, true) : undefined;
  return isScalar(at) ? at : null;
}

function textAt(node: unknown, ...path: readonly string[]): string {
  const value = scalarAt(node, ...path)?.value;
  return typeof value === 'string' ? value : '';
}

function keysAt(node: unknown, ...path: readonly string[]): readonly string[] {
  let at: unknown = node;
  for (const key of path) at = isMap(at) ? at.get(key, true) : undefined;
  return isMap(at) ? at.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
}

function named(node: Node, file: string, offset: number, isInline: boolean): NamedObject | null {
  const kindText = textAt(node, 'kind');
  const kind = OBJECT_KINDS.find((one) => one === kindText);
  const name = scalarAt(node, 'metadata', 'name');
  if (!kind || typeof name?.value !== 'string' || !name.range || !node.range) return null;
  return {
    kind,
    name: name.value,
    displayName: textAt(node, 'metadata', 'displayName'),
    description: textAt(node, 'spec', 'description'),
    sourceType: kind === 'DataSource' ? textAt(node, 'spec', 'type') : '',
    fields: kind === 'DataSource' ? keysAt(node, 'spec', 'connectionDetails', 'fields') : [],
    file,
    nameRange: [name.range[0] + offset, name.range[1] + offset],
    range: [node.range[0] + offset, node.range[1] + offset],
    objectives: kind === 'SLO' ? itemStarts(node, offset) : [],
    isInline,
  };
}

function itemStarts(node: Node, offset: number): readonly number[] {
  const spec = isMap(node) ? node.get('spec', true) : undefined;
  const list = isMap(spec) ? spec.get('objectives', true) : undefined;
  if (!isSeq(list)) return [];
  return list.items.flatMap((item) => (isNode(item) && item.range ? [item.range[0] + offset] : []));
}

function inlineNodes(document: Document): readonly Node[] {
  const lists = [
    ['spec', 'alertPolicies'],
    ['spec', 'conditions'],
    ['spec', 'notificationTargets'],
  ];
  return lists.flatMap((path) => {
    const list = document.getIn(path, true);
    return isSeq(list) ? list.items.filter((item): item is Node => isMap(item)) : [];
  });
}

/** Objects with a name in one file, in their order; inline ones too. */
export function namesIn(file: string, { trees }: Pick<ParsedFile, 'trees'>): readonly NamedObject[] {
  return trees.flatMap((tree) => {
    if (!tree || !isMap(tree.document.contents)) return [];
    const { document, offset } = tree;
    const own = named(tree.document.contents, file, offset, false);
    const inline = inlineNodes(document).flatMap((node) => named(node, file, offset, true) ?? []);
    return own ? [own, ...inline] : inline;
  });
}
