/** What an async hook of a mount begins after its wait, when the unmount may have come. */
import { samples } from '../expectLeaks';

const mark = ' // leak listener/subscribed-after-dispose';
const element = (
  body: string,
  more = '',
  end = "feed.removeEventListener('tick', this.draw);",
): string => `import { feed } from './feed.js';
export class Line extends HTMLElement {
  draw = (event) => this.append(event.detail);
  async connectedCallback() {
    this.points = await this.load();
    ${body}
  }
  disconnectedCallback() {
    ${end}
  }
  async load() {
    return (await fetch('/points')).json();
  }${more}
}
`;
const adds = "feed.addEventListener('tick', this.draw);";
const component = (wait: string, more = ''): string => `import { Component } from '@angular/core';
@Component({ selector: 'app-clock', template: '' })
export class Clock {
  private timer?: number;
  async ngOnInit() {
    ${wait}${more}
    this.timer = setInterval(() => this.show(), 1000);${more || /tick|when/.test(wait) ? '' : mark}
  }
  ngOnDestroy() {
    clearInterval(this.timer);
  }
  show() {}
}
`;

samples(
  'begun after the wait of a hook',
  [
    { name: 'a listener of an element', path: 'src/line.js', code: element(adds + mark) },
    {
      name: 'one that a method adds',
      path: 'src/line.js',
      code: element('this.begin();', `\n  begin() {\n    ${adds}${mark}\n  }`),
    },
    { name: 'an interval of a component', code: component("await fetch('/zone');") },
  ],
  [
    {
      name: 'one that asks whether it is still there',
      path: 'src/line.js',
      code: element(`if (!this.isConnected) return;\n    ${adds}`),
    },
    { name: 'one on a condition', path: 'src/line.js', code: element(`if (this.points) ${adds}`) },
    {
      name: 'one that a method adds on a condition',
      path: 'src/line.js',
      code: element('this.begin();', `\n  begin() {\n    if (!this.isConnected) return;\n    ${adds}\n  }`),
    },
    {
      name: 'one that is added before the wait',
      path: 'src/line.js',
      code: element('', '').replace('this.points =', `${adds}\n    this.points =`),
    },
    {
      name: 'one that waits for what is drawn',
      path: 'src/line.js',
      code: element(adds).replace('await this.load()', 'await this.updateComplete'),
    },
    {
      name: 'one whose end gives the work up',
      path: 'src/line.js',
      code: element(adds, '', "this.abort.abort();\n    feed.removeEventListener('tick', this.draw);"),
    },
    { name: 'an interval that asks first', code: component("await fetch('/zone');", '\n    if (this.isGone) return;') },
    { name: 'an interval after the next tick', code: component('await tick();') },
    {
      name: 'an interval whose own function ends it on a condition',
      code: component("await fetch('/zone');").replace(
        /this\.timer = .*/,
        'this.timer = setInterval(() => {\n      if (this.isGone) clearInterval(this.timer);\n      else this.show();\n    }, 1000);',
      ),
    },
  ],
);
