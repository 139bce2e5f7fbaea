/** The folders that a path leads through below a root: where a link may have appeared since the walk. */

/** Each is told once for all files in it. */
export class FoldersAbove {
  private readonly known = new Map<string, readonly string[]>();

  constructor(private readonly root: string) {}

  of(path: string): readonly string[] {
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
    const known = this.known.get(folder);
    if (known) return known;
    const above = folder.length > this.root.length ? [folder, ...this.of(folder)] : [];
    this.known.set(folder, above);
    return above;
  }
}
