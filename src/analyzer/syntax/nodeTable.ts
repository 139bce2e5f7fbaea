/** What is known of the nodes of one file, by their places in its walk: the heap is not searched for each, as in a table of objects. */
import type { ts } from './compiler';
import { indexNodes, orderOf } from './nodeIndex';

export class NodeTable<T> {
  /** Made when something is set: of many files nothing is asked. */
  private values: (T | undefined)[] | undefined;

  constructor(private readonly sourceFile: ts.SourceFile) {}

  /** Undefined where nothing was set. */
  get(node: ts.Node): T | undefined {
    return this.values?.[orderOf(node)];
  }

  set(node: ts.Node, value: T): void {
    this.values ??= new Array(indexNodes(this.sourceFile).count);
    this.values[orderOf(node)] = value;
  }
}
