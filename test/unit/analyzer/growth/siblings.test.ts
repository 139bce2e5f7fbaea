import { samples } from '../expectLeaks';

samples(
  'collections that hold one thing together',
  [
    {
      name: 'each under what the other holds, in branches of one function',
      code: `class References {
  constructor() {
    this.byKey = new Map();
    this.keys = new Map();
  }
  handle(method, args) {
    if (method === 'create') {
      const [key, value] = args;
      this.byKey.set(key, value);
      this.keys.set(value, key); // leak cache/sibling-collection-forgotten
    } else if (method === 'find') {
      return this.byKey.get(args[0]) ?? this.keys.get(args[0]);
    } else {
      this.byKey.delete(args[0]);
    }
  }
}
module.exports = References;`,
    },
    {
      name: 'a list and a Map of the same things',
      code: `export class Layers {
  private readonly byId = new Map<string, { id: string; draw(): void }>();
  private readonly order: { id: string; draw(): void }[] = [];
  add(layer: { id: string; draw(): void }) {
    this.byId.set(layer.id, layer);
    this.order.push(layer); // leak cache/sibling-collection-forgotten
  }
  remove(id: string) { this.byId.delete(id); }
  draw() { for (const layer of this.order) layer.draw(); }
}`,
    },
    {
      name: 'a Map that is left where the list is cleaned',
      code: `export class Layers {
  private readonly byId = new Map<string, { id: string; draw(): void }>();
  private order: { id: string; draw(): void }[] = [];
  add(layer: { id: string; draw(): void }) {
    this.byId.set(layer.id, layer); // leak cache/sibling-collection-forgotten
    this.order.push(layer);
  }
  remove(layer: { id: string }) { this.order = this.order.filter((one) => one.id !== layer.id); }
  find(id: string) { return this.byId.get(id); }
}`,
    },
  ],
  [
    {
      name: 'removed from both',
      code: `export class Layers {
  private readonly byId = new Map<string, { id: string; draw(): void }>();
  private order: { id: string; draw(): void }[] = [];
  add(layer: { id: string; draw(): void }) {
    this.byId.set(layer.id, layer);
    this.order.push(layer);
  }
  remove(layer: { id: string }) {
    this.byId.delete(layer.id);
    this.order = this.order.filter((one) => one.id !== layer.id);
  }
}`,
    },
    {
      name: 'a queue that is served, and what it has served',
      code: `export class Work {
  private readonly all = new Map<string, { id: string }>();
  private readonly next: { id: string }[] = [];
  add(task: { id: string }) {
    this.all.set(task.id, task);
    this.next.push(task);
  }
  step() { return this.next.shift(); }
  find(id: string) { return this.all.get(id); }
}`,
    },
    {
      name: 'a history of all there were',
      code: `export class Jobs {
  private readonly open = new Map<string, { id: string }>();
  private readonly history: { id: string }[] = [];
  add(job: { id: string }) {
    this.open.set(job.id, job);
    this.history.push(job);
  }
  close(id: string) { this.open.delete(id); }
  past() { return [...this.history]; }
}`,
    },
  ],
);

const bars = (marking: string): string => `class Score {
  private bars: Bar[] = [];
  private doubles = new Set<Bar>();
  read(node: Node) {
    const bar = new Bar(node);
    ${marking}
    this.bars.push(bar);MARK
  }
  count(): number {
    return this.bars.filter((bar) => this.doubles.has(bar)).length;
  }
  end(bar: Bar) {
    this.doubles.delete(bar);
  }
}
export const score = new Score();`;

samples(
  'A list beside a set that is filled with it',
  [
    {
      name: 'with each of them',
      code: bars('this.doubles.add(bar);').replace('MARK', ' // leak cache/sibling-collection-forgotten'),
    },
    {
      name: 'with each of them, in a block',
      code: bars('{\n      this.doubles.add(bar);\n    }').replace(
        'MARK',
        ' // leak cache/sibling-collection-forgotten',
      ),
    },
  ],
  [
    {
      name: 'with some of them, which marks these',
      code: bars('if (node.isDouble) {\n      this.doubles.add(bar);\n    }').replace('MARK', ''),
    },
    {
      name: 'with some of them, as one of their parts says',
      code: bars(
        "for (const part of node.parts)\n      switch (part.kind) {\n        case 'double':\n          this.doubles.add(bar);\n      }",
      ).replace('MARK', ''),
    },
    {
      name: 'with some of them by an early name',
      code: bars("const { kind } = node;\n    if (kind === 'double') {\n      this.doubles.add(bar);\n    }").replace(
        'MARK',
        '',
      ),
    },
  ],
);

const runner = (marking: string, ending: string, rest: string): string => `class Presses {
  private sheets = new Map<string, Sheet>();
  private glossy = new Set<string>();
  async press(sheet: Sheet) {
    this.sheets.set(sheet.id, sheet);MARK
    ${marking}
    ${ending}
  }
  ${rest}
  find(id: string) {
    return [this.sheets.get(id), this.glossy.has(id)];
  }
}
export const presses = new Presses();`;

const forgotten = (code: string): string => code.replace('MARK', ' // leak cache/sibling-collection-forgotten');
const marking = 'if (sheet.isGlossy) this.glossy.add(sheet.id);';
const settle = 'settle(id: string) { this.glossy.delete(id); }';

samples(
  'A set of some items, which leave it when they are over',
  [
    {
      name: 'behind the wait for their work',
      code: forgotten(runner(marking, 'await sheet.dry(); this.settle(sheet.id);', settle)),
    },
    {
      name: 'behind it, on a condition',
      code: forgotten(runner(marking, 'await sheet.dry(); if (sheet.isDry) this.settle(sheet.id);', settle)),
    },
    {
      name: 'in a function of that name',
      code: forgotten(runner(marking, '', 'finishSheet(id: string) { this.glossy.delete(id); }')),
    },
    {
      name: 'in an event of that name',
      code: forgotten(
        runner(marking, '', "constructor(line) { line.on('close', (id: string) => this.glossy.delete(id)); }"),
      ),
    },
  ],
  [
    {
      name: 'but for a mark that is taken off at any time',
      code: runner(marking, '', settle).replace('MARK', ''),
    },
    {
      name: 'but for one that is taken off before the wait',
      code: runner(marking, 'this.settle(sheet.id); await sheet.dry();', settle).replace('MARK', ''),
    },
    {
      name: 'but for one that is taken off at an event of another name',
      code: runner(marking, "sheet.on('dull', () => this.settle(sheet.id));", settle).replace('MARK', ''),
    },
    {
      name: 'which leave both',
      code: runner(
        marking,
        'await sheet.dry(); this.settle(sheet.id);',
        'settle(id: string) { this.glossy.delete(id); this.sheets.delete(id); }',
      ).replace('MARK', ''),
    },
  ],
);
