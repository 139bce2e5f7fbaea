/** Numbers by a dense index, such as slice or hour: one typed array per column, all over the same range, which grows at both ends. */

export type ColumnKind = 'u8' | 'u16' | 'u32' | 'f32' | 'f64';
type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

function make(kind: ColumnKind, length: number): Column {
  switch (kind) {
    case 'u8':
      return new Uint8Array(length);
    case 'u16':
      return new Uint16Array(length);
    case 'u32':
      return new Uint32Array(length);
    // What was not written is no number, not 0.
    case 'f32':
      return new Float32Array(length).fill(Number.NaN);
    case 'f64':
      return new Float64Array(length).fill(Number.NaN);
  }
}

export class Columns<Name extends string> {
  private columns: Readonly<Record<Name, Column>>;
  private base = 0;
  private size = 0;
  /** Indices that were written: `first` ≤ `last`, or none at all. */
  private low = Number.POSITIVE_INFINITY;
  private high = Number.NEGATIVE_INFINITY;

  constructor(private readonly kinds: Readonly<Record<Name, ColumnKind>>) {
    this.columns = this.made(0);
  }

  /** First written index; Infinity when there is none. */
  get first(): number {
    return this.low;
  }

  /** Last written index; −Infinity when there is none. */
  get last(): number {
    return this.high;
  }

  /** Bytes held. */
  get bytes(): number {
    return Object.values<Column>(this.columns).reduce((sum, column) => sum + column.byteLength, 0);
  }

  /** 0 for integers, NaN for floats, where nothing was written. */
  get(name: Name, index: number): number {
    const value = index < this.low || index > this.high ? undefined : this.columns[name][index - this.base];
    return value ?? (this.kinds[name].startsWith('f') ? Number.NaN : 0);
  }

  set(name: Name, index: number, value: number): void {
    this.reach(index);
    this.columns[name][index - this.base] = value;
  }

  /**
   * The column itself for work on many indices: what stands at `index` is `column[index - base]`. Valid until something is
   * written beyond `first` and `last` or dropped.
   */
  raw(name: Name): { readonly column: Column; readonly base: number } {
    return { column: this.columns[name], base: this.base };
  }

  /** Makes room for the indices `first` to `last` and counts them as written. */
  claim(first: number, last: number): void {
    this.reach(first);
    this.reach(last);
  }

  /** Forgets what lies before an index. */
  dropBefore(index: number): void {
    if (index <= this.low) return;
    const { columns, base, high } = this;
    const kept = Math.max(0, high - index + 1);
    this.columns = this.made(kept);
    this.base = index;
    this.size = kept;
    if (kept === 0) {
      this.low = Number.POSITIVE_INFINITY;
      this.high = Number.NEGATIVE_INFINITY;
      return;
    }
    for (const name of this.names()) this.columns[name].set(columns[name].subarray(index - base, high - base + 1));
    this.low = index;
  }

  private names(): readonly Name[] {
    return Object.keys(this.kinds) as Name[];
  }

  private made(length: number): Readonly<Record<Name, Column>> {
    return Object.fromEntries(this.names().map((name) => [name, make(this.kinds[name], length)])) as Record<
      Name,
      Column
    >;
  }

  private reach(index: number): void {
    const inside = this.size > 0 && index >= this.base && index < this.base + this.size;
    if (!inside) {
      const low = Math.min(this.low, index);
      const high = Math.max(this.high, index);
      // Half as much again, on the side that grows: appending stays cheap.
      const spare = Math.max(64, Math.floor((high - low + 1) / 2));
      const base = index < this.low && this.size > 0 ? low - spare : low;
      const size = high - base + 1 + (index > this.high ? spare : 0);
      const old = this.columns;
      const next = this.made(size);
      if (this.low <= this.high)
        for (const name of this.names())
          next[name].set(old[name].subarray(this.low - this.base, this.high - this.base + 1), this.low - base);
      this.columns = next;
      this.base = base;
      this.size = size;
    }
    this.low = Math.min(this.low, index);
    this.high = Math.max(this.high, index);
  }
}
