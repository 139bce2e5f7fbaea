/**
 * What another file says of an export, noting what is read of it: a verdict stands as long as these parts say the same. Most who
 * ask read one part, and facts of files that import each other change in others.
 */
import type { ExportFact } from './exportFacts';

type Part = keyof ExportFact;

/** What may be read of another file's fact. */
export type Fact = { readonly [P in Part]: ExportFact[P] | undefined };

/** One bit for each part; a new one comes last, since kept analyses name parts by them. */
const bits: Readonly<Record<Part, number>> = {
  value: 1 << 0,
  instance: 1 << 1,
  result: 1 << 2,
  gives: 1 << 3,
  parameters: 1 << 4,
  calls: 1 << 5,
  subscribes: 1 << 6,
  teardowns: 1 << 8,
  baseEnds: 1 << 9,
  ends: 1 << 10,
  closers: 1 << 11,
  holds: 1 << 12,
  makes: 1 << 13,
  once: 1 << 14,
  methods: 1 << 15,
  throws: 1 << 16,
  mild: 1 << 17,
};
const parts = Object.entries(bits) as readonly [Part, number][];

/** The answer as it is kept and compared: the parts of a fact that were read, as JSON; empty for no fact. */
export function answerOf(fact: ExportFact | undefined, read: number): string {
  if (!fact) return '';
  let ofFact = answers.get(fact);
  if (!ofFact) {
    ofFact = new Map();
    answers.set(fact, ofFact);
  }
  let answer = ofFact.get(read);
  if (answer === undefined) {
    const said = parts.flatMap(([part, bit]) =>
      (read & bit) === 0 || !Object.hasOwn(fact, part) ? [] : [[part, fact[part]]],
    );
    answer = JSON.stringify(Object.fromEntries(said));
    ofFact.set(read, answer);
  }
  return answer;
}

const answers = new WeakMap<ExportFact, Map<number, string>>();

/** A fact that remembers which of its parts were read. */
export class AskedFact implements Fact {
  /** Bits of the parts. */
  read = 0;

  constructor(readonly fact: ExportFact) {}

  private part<P extends Part>(name: P): ExportFact[P] {
    this.read |= bits[name];
    return this.fact[name];
  }

  get value(): ExportFact['value'] {
    return this.part('value');
  }
  get instance(): ExportFact['instance'] {
    return this.part('instance');
  }
  get result(): ExportFact['result'] {
    return this.part('result');
  }
  get gives(): ExportFact['gives'] {
    return this.part('gives');
  }
  get parameters(): ExportFact['parameters'] {
    return this.part('parameters');
  }
  get calls(): ExportFact['calls'] {
    return this.part('calls');
  }
  get subscribes(): ExportFact['subscribes'] {
    return this.part('subscribes');
  }
  get teardowns(): ExportFact['teardowns'] {
    return this.part('teardowns');
  }
  get baseEnds(): ExportFact['baseEnds'] {
    return this.part('baseEnds');
  }
  get ends(): ExportFact['ends'] {
    return this.part('ends');
  }
  get closers(): ExportFact['closers'] {
    return this.part('closers');
  }
  get holds(): ExportFact['holds'] {
    return this.part('holds');
  }
  get makes(): ExportFact['makes'] {
    return this.part('makes');
  }
  get once(): ExportFact['once'] {
    return this.part('once');
  }
  get methods(): ExportFact['methods'] {
    return this.part('methods');
  }
  get mild(): ExportFact['mild'] {
    return this.part('mild');
  }
  get throws(): ExportFact['throws'] {
    return this.part('throws');
  }
}
