/** Which of many words a text holds, told in one pass over it whatever their number (Aho and Corasick 1975). */
export class WordFinder {
  /** Class of each UTF-16 unit; 0 for those of no word. */
  private readonly classOf = new Uint16Array(0x10000);
  private readonly width: number;
  /** State and class → state. */
  private readonly next: Uint16Array | Uint32Array;
  /** State → words that end there. */
  private readonly ends: readonly (readonly string[] | undefined)[];
  /** Does any word end there? Asked at each letter, and nearly always in vain. */
  private readonly isEnd: Uint8Array;

  /** @param words none of them empty */
  constructor(words: readonly string[]) {
    let width = 1;
    for (const word of words)
      for (let at = 0; at < word.length; at++) {
        const unit = word.charCodeAt(at);
        if (this.classOf[unit] === 0) this.classOf[unit] = width++;
      }
    this.width = width;
    const most = 1 + words.reduce((sum, { length }) => sum + length, 0);
    const next = most > 0xffff ? new Uint32Array(most * width) : new Uint16Array(most * width);
    const ends: (string[] | undefined)[] = [];
    let states = 1;
    for (const word of words) {
      let state = 0;
      for (let at = 0; at < word.length; at++) {
        const place = state * width + (this.classOf[word.charCodeAt(at)] ?? 0);
        if (next[place] === 0) next[place] = states++;
        state = next[place] ?? 0;
      }
      const here = ends[state] ?? [];
      here.push(word);
      ends[state] = here;
    }
    this.next = next;
    this.ends = ends;
    this.complete(next, ends, width);
    this.isEnd = Uint8Array.from({ length: states }, (_, state) => (ends[state] ? 1 : 0));
  }

  /** Breadth first: where a state knows no way, the longest ending of what was read that begins a word goes on. */
  private complete(next: Uint16Array | Uint32Array, ends: (string[] | undefined)[], width: number): void {
    const fallback = new Map<number, number>([[0, 0]]);
    const queue: number[] = [];
    for (let unit = 1; unit < width; unit++) {
      const state = next[unit] ?? 0;
      if (state === 0) continue;
      fallback.set(state, 0);
      queue.push(state);
    }
    for (const state of queue) {
      const shorter = fallback.get(state) ?? 0;
      const also = ends[shorter];
      if (also) ends[state] = [...(ends[state] ?? []), ...also];
      for (let unit = 1; unit < width; unit++) {
        const onward = next[shorter * width + unit] ?? 0;
        const child = next[state * width + unit] ?? 0;
        if (child === 0) next[state * width + unit] = onward;
        else {
          fallback.set(child, onward);
          queue.push(child);
        }
      }
    }
  }

  /** The words that occur in the text, anywhere in it. */
  find(text: string): ReadonlySet<string> {
    const { classOf, next, ends, isEnd, width } = this;
    const found = new Set<string>();
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = next[state * width + (classOf[text.charCodeAt(at)] as number)] as number;
      if (isEnd[state] !== 0) for (const word of ends[state] ?? []) found.add(word);
    }
    return found;
  }
}
