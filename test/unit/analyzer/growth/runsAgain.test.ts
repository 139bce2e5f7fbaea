/** How often what is added to the list of an owner is added: drawing, guards, rare events; and one cause told once. */
import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const leak = 'cache/disposers-pile-up';

const view = (
  members: string,
  constructor_ = 'this._register(this.themes.onDidChange(() => {}));',
): string => `export class View extends Base {
  private readonly element = document.createElement('div');
  constructor(private readonly themes: Themes, private readonly hovers: Hovers) {
    super();
    ${constructor_}
  }
${members}
}`;

samples(
  'what a drawing gives its owner',
  [
    {
      name: 'a render that empties its element first',
      code: view(`  render(): void {
    this.element.replaceChildren();
    this._register(this.hovers.attach(this.element)); // leak ${leak}
  }`),
    },
    {
      name: 'a render that writes its text anew',
      code: view(`  render(): void {
    this.element.innerHTML = '<b>3</b>';
    this._register(this.hovers.attach(this.element)); // leak ${leak}
  }`),
    },
    {
      name: 'a render that gives what it shows',
      code: view(`  render() {
    this._register(this.hovers.attach(this.element)); // leak ${leak}
    return html\`<p></p>\`;
  }`),
    },
    {
      name: 'a render that an event calls',
      code: view(
        `  private render(): void {
    this._register(this.hovers.attach(this.element)); // leak ${leak}
  }`,
        'this._register(this.hovers.onDidMove(() => this.render()));',
      ),
    },
  ],
  [
    {
      name: 'a render that builds what is there from then on',
      code: view(`  render(): void {
    this.element.classList.add('view');
    this._register(this.hovers.attach(this.element));
  }`),
    },
    {
      name: 'a render that adds to that of its base',
      code: view(`  override render(): void {
    super.render();
    this._register(this.hovers.attach(this.element));
  }`),
    },
    {
      name: 'a render that only the constructor calls',
      code: view(
        `  private render(): void {
    this._register(this.hovers.attach(this.element));
  }`,
        'this.render();',
      ),
    },
    {
      name: 'a private render that empties its element, and only the constructor calls',
      code: view(
        `  private render(): void {
    this.element.replaceChildren();
    this._register(this.hovers.attach(this.element));
  }`,
        'this.render();',
      ),
    },
    {
      name: 'a render that waits for its height',
      code: view(`  async render() {
    this._register(this.hovers.attach(this.element));
    return await this.hovers.height(this.element);
  }`),
    },
  ],
);

samples(
  'what is done once, whatever calls it',
  [
    {
      name: 'a flag that is taken back',
      code: view(
        '',
        `const draw = () => {
      let done = false;
      if (done) return;
      done = true;
      this._register(this.hovers.attach(this.element)); // leak ${leak}
    };
    this._register(this.hovers.onDidMove(() => draw()));`,
      ),
    },
    {
      name: 'another part that is open',
      code: view(
        `  private open(): void {
    if (this.hovers.busy) return;
    this._register(this.hovers.attach(this.element)); // leak ${leak}
  }`,
        'this._register(this.hovers.onDidMove(() => this.open()));',
      ),
    },
    {
      name: 'a handler that takes another one away',
      code: view(
        '',
        `const other = this.hovers.onDidClose(() => {});
    const first = this.hovers.onDidOpen(() => {
      other.dispose();
      this._register(this.hovers.attach(this.element)); // leak ${leak}
    });
    this.own.add(first);`,
      ),
    },
    {
      name: 'a field that nothing fills',
      code: view(
        `  private tabs?: Tabs;
  private open(): void {
    this._register(this.hovers.attach(this.element)); // leak ${leak}
  }
  private look(): void {
    if (!this.tabs) this.open();
  }`,
        'this._register(this.hovers.onDidMove(() => this.look()));',
      ),
    },
  ],
  [
    {
      name: 'a flag of the function around',
      code: view(
        '',
        `let done = false;
    const draw = () => {
      if (!this.element.isConnected || done) return;
      done = true;
      this._register(this.hovers.attach(this.element));
    };
    this._register(this.hovers.onDidMove(() => draw()));`,
      ),
    },
    {
      name: 'a part that says that it is open',
      code: view(
        `  private open(): void {
    if (!this.hovers.raw || this.hovers.raw.element) return;
    this._register(this.hovers.attach(this.element));
  }`,
        'this._register(this.hovers.onDidMove(() => this.open()));',
      ),
    },
    {
      name: 'a field that the called method fills',
      code: view(
        `  private tabs?: Tabs;
  private open(): void {
    this.tabs = this._register(this.hovers.tabs(this.element));
  }
  private look(): void {
    if (!this.tabs) this.open();
  }`,
        'this._register(this.hovers.onDidMove(() => this.look()));',
      ),
    },
    {
      name: 'an event that says that all is there',
      code: view(
        '',
        'this._register(this.hovers.onDidInitialize(() => this._register(this.hovers.attach(this.element))));',
      ),
    },
    {
      name: 'a handler that takes itself away',
      code: view(
        '',
        `const first = this.hovers.onDidOpen(() => {
      first.dispose();
      this._register(this.hovers.attach(this.element));
    });`,
      ),
    },
    {
      name: 'a handler that is taken out of where it is kept',
      code: view(
        '',
        `const first = this.hovers.onDidAddPart((part) => {
      if (part.id === 3) {
        this._register(this.hovers.attach(this.element));
        this.own.delete(first);
      }
    });
    this.own.add(first);`,
      ),
    },
    {
      name: 'a subscription that is given on by its name',
      code: view(
        `  private listen(): void {
    const stop = this.hovers.onDidInitialize((one) => {
      this._register(one.attach(this.element));
      this.own.delete(stop);
    });
    this.own.add(stop);
  }`,
      ),
    },
  ],
);

describe('what a rare event adds', () => {
  const of = (event: string): readonly string[] =>
    findingsOf(
      view('', `this._register(this.hovers.${event}(() => this._register(this.hovers.attach(this.element))));`),
    ).map(({ kind, severity }) => `${severity} ${kind}`);

  for (const event of ['onDidChangeConfiguration', 'onDidColorThemeChange', 'onDidRegisterProvider'])
    it(`weighs little: ${event}`, () => assert.deepEqual(of(event), [`low ${leak}`]));

  for (const event of ['onDidChangeModel', 'onDidChangeActiveEditor', 'onDidMove'])
    it(`weighs more: ${event}`, () => assert.deepEqual(of(event), [`medium ${leak}`]));

  it('weighs more where a frequent event does it too', () =>
    assert.deepEqual(
      findingsOf(
        view(
          '  private draw(): void {\n    this._register(this.hovers.attach(this.element));\n  }',
          'this._register(this.hovers.onDidChangeConfiguration(() => this.draw()));\n    this._register(this.hovers.onDidMove(() => this.draw()));',
        ),
      ).map(({ severity }) => severity),
      ['medium'],
    ));
});

describe('several lines of one cause', () => {
  const twice = (one: string, other: string): readonly (readonly [number, number])[] =>
    findingsOf(
      view(
        `  private start(): void {\n    ${one}\n    ${other}\n  }`,
        'this._register(this.hovers.onDidMove(() => this.start()));',
      ),
    ).map(({ range, trail }) => [range.startLine + 1, trail.filter(({ message }) => /^So is/.test(message)).length]);

  it('are told at the first', () =>
    assert.deepEqual(twice('this._register(this.hovers.attach(this.element));', 'this._register(new Mark());'), [
      [8, 1],
    ]));

  it('are told at the first, though they are of two kinds', () =>
    assert.deepEqual(
      twice('this._register(this.hovers.attach(this.element));', 'this._register(this.themes.onDidChange(() => {}));'),
      [[8, 1]],
    ));

  it('are two where two lists are filled', () =>
    assert.deepEqual(
      twice('this._register(this.hovers.attach(this.element));', 'this.disposables.add(this.themes.make(2));')
        .concat(
          twice(
            'this._register(this.hovers.attach(this.element));',
            'this.subscriptions.push(this.themes.onDidChange(() => {}));',
          ),
        )
        .map(([line]) => line),
      [8, 8, 9],
    ));
});
