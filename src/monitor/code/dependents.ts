/** Who asked which file: after an edit only those are looked at whose answers may have changed. */

export class Dependents {
  private readonly askers = new Map<string, Set<string>>();
  /** Files whose answers come from others: they re-export. */
  private readonly forwarders = new Set<string>();
  private readonly own = new Set<string>();

  /**
   * Notes what a file asks. What it asked before stays noted: looking at it once too often does no harm.
   * @param asked paths of the files that its questions went to
   * @param forwards whether the file answers with what others export
   */
  note(path: string, asked: Iterable<string>, forwards: boolean): void {
    for (const target of asked) {
      const known = this.askers.get(target);
      if (known) known.add(path);
      else this.askers.set(target, new Set([path]));
    }
    if (forwards) this.forwarders.add(path);
  }

  /** Notes that a file asks about its own exports: any other file may change the answer. */
  noteOwn(path: string): void {
    this.own.add(path);
  }

  /** Who asks about its own exports. */
  get ofOwn(): ReadonlySet<string> {
    return this.own;
  }

  /** The files that may be told something else now that the files given have changed. */
  of(changed: Iterable<string>): ReadonlySet<string> {
    const found = new Set<string>();
    const queue = [...changed];
    for (let path = queue.pop(); path !== undefined; path = queue.pop())
      for (const asker of this.askers.get(path) ?? []) {
        if (found.has(asker)) continue;
        found.add(asker);
        if (this.forwarders.has(asker)) queue.push(asker);
      }
    return found;
  }
}
