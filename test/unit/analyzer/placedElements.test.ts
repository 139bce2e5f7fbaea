/** Elements of the author's own, and components of templates: one that stands once in a page lives as long as the page. */
import assert from 'node:assert/strict';
import { placedBy, scriptsOfPage } from '../../../src/analyzer/census/pages';
import { elementsIn } from '../../../src/analyzer/census/placedElements';
import { scriptsOf } from '../../../src/analyzer/syntax/singleFile';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

const page = (body: string): string =>
  `<!doctype html>\n<html><head><title>x</title></head><body>\n${body}\n</body></html>\n`;
/** An element of which each instance leaves a listener on the window. */
const clock = `import { LitElement, html } from 'lit';
@customElement('app-clock')
export class Clock extends LitElement {
  firstUpdated() {
    window.addEventListener('focus', () => this.requestUpdate());
  }
  render() {
    return html\`<time></time>\`;
  }
}
`;
const defined = `class Clock extends HTMLElement {
  connectedCallback() {
    window.addEventListener('focus', () => this.show());
  }
  show() {}
}
customElements.define('app-clock', Clock);
`;
const shell = (drawn: string, before = ''): string => `import { LitElement, html, nothing } from 'lit';
@customElement('app-shell')
export class Shell extends LitElement {
  render() {
    ${before}
    return html\`${drawn}\`;
  }
}
`;
const lit = (drawn: string, before = ''): Files => ({
  'src/clock.ts': clock,
  'src/shell.ts': shell(drawn, before),
  'src/index.html': page('<app-shell></app-shell>'),
});

/** A component of a template of which each instance leaves an interval. */
const ticking = `import { Component } from '@angular/core';
@Component({ selector: 'app-clock', template: '<time></time>' })
export class ClockComponent {
  ngOnInit() {
    setInterval(() => console.log('tick'), 1000);
  }
}
`;
const frame = (options: string): string => `import { Component } from '@angular/core';
@Component({ selector: 'app-frame', ${options} })
export class FrameComponent {}
`;
const start = `import { NgModule } from '@angular/core';
import { ClockComponent } from './clock.component';
import { FrameComponent } from './frame.component';
@NgModule({ declarations: [ClockComponent, FrameComponent], bootstrap: [FrameComponent] })
export class AppModule {}
`;
const angular = (template: string): Files => ({
  'src/clock.component.ts': ticking,
  'src/frame.component.ts': frame("templateUrl: './frame.component.html'"),
  'src/frame.component.html': template,
  'src/app.module.ts': start,
  'src/index.html': page('<app-frame></app-frame>'),
});

function told(files: Files): readonly string[] {
  return findingsOfFiles(files).flatMap(({ path, findings }) => findings.map(({ severity }) => `${path} ${severity}`));
}

/** A function that gives a base a listener for each instance. */
const watching = `export const Watching = (Base) =>
  class extends Base {
    firstUpdated() {
      window.addEventListener('focus', () => this.requestUpdate());
    }
  };
`;
const heir = (name: string, tag: string, base: string): string =>
  `import { LitElement } from 'lit';\nimport { Watching } from './clock';\n@customElement('${tag}')\nexport class ${name} extends ${base} {}\n`;

const silent: Readonly<Record<string, Files>> = {
  'an element that a page places': { 'src/clock.ts': clock, 'src/index.html': page('<app-clock></app-clock>') },
  'an element that is defined by a call': {
    'src/clock.js': defined,
    'src/index.html': page('<main><app-clock></app-clock></main>'),
  },
  'an element that is defined in another file': {
    'src/clock.js': `export ${defined.replace(/customElements.*\n/, '')}`,
    'src/main.js': "import { Clock } from './clock';\ncustomElements.define('app-clock', Clock);\n",
    'src/index.html': page('<app-clock></app-clock>'),
  },
  'an element in each of two pages': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
    'src/popup.html': page('<app-clock></app-clock>'),
  },
  'an element in a page that a build writes': {
    'src/clock.ts': clock,
    'src/index.html.template': page(
      '<app-clock></app-clock>\n<% for (const one of entries) { %><script src="<%= one %>"></script><% } %>',
    ),
  },
  'an element that a script puts there where it is loaded': {
    'src/clock.ts': clock,
    'src/main.ts': "import './clock';\ndocument.body.append(document.createElement('app-clock'));\n",
  },
  'an element that a script makes where it is loaded': {
    'src/clock.ts': clock,
    'src/main.ts': "import { Clock } from './clock';\ndocument.body.append(new Clock());\n",
  },
  'an element that the only one of another draws': lit(`<main .open=\${this.open}><app-clock></app-clock></main>`),
  'an element whose heir stands in a page': {
    'src/clock.ts': clock,
    'src/wide.ts': "import { Clock } from './clock';\n@customElement('app-wide')\nexport class Wide extends Clock {}\n",
    'src/index.html': page('<app-wide></app-wide>'),
  },
  'what a function adds to the one element of a page': {
    'src/clock.ts': watching,
    'src/shell.ts': heir('Shell', 'app-shell', 'Watching(LitElement)'),
    'src/index.html': page('<app-shell></app-shell>'),
  },
  'what a function adds to the base of the one element of a page': {
    'src/clock.ts': watching.replace('class extends', 'class Watched extends'),
    'src/base.ts':
      "import { Watching } from './clock';\nimport { Named } from './named';\nexport class Base extends Watching(Named(Object)) {}\n",
    'src/named.ts': 'export const Named = (Base) => class extends Base {};\n',
    'src/shell.ts': `import { Base } from './base';\n${heir('Shell', 'app-shell', 'Named(Base)').replace("{ Watching } from './clock'", "{ Named } from './named'")}`,
    'src/index.html': page('<app-shell></app-shell>'),
  },
  'a component that the template of the first one shows': angular(
    '<header><app-clock></app-clock></header>\n<router-outlet></router-outlet>',
  ),
  'a component in a template beside its class': {
    ...angular(''),
    'src/frame.component.ts': frame('template: `<nav [class.open]="open"></nav><app-clock />`'),
  },
  'a component that is asked for by its parent': {
    ...angular('<app-clock #clock></app-clock>'),
    'src/frame.component.ts': `import { Component, ViewChild } from '@angular/core';
import { ClockComponent } from './clock.component';
@Component({ selector: 'app-frame', templateUrl: './frame.component.html' })
export class FrameComponent {
  @ViewChild(ClockComponent) clock?: ClockComponent;
}
`,
  },
  'a component beside a script that has the page make elements': {
    ...angular('<app-clock></app-clock>'),
    'src/parts.ts': 'export const make = (name) => document.createElement(name);\n',
  },
  'a component that an application begins with': {
    'src/clock.component.ts': ticking,
    'src/main.ts': "import { ClockComponent } from './clock.component';\nbootstrapApplication(ClockComponent);\n",
    'src/index.html': page('<app-clock></app-clock>'),
  },
};

const reported: Readonly<Record<string, Files>> = {
  'an element that no page is seen to place': { 'src/clock.ts': clock },
  'an element that stands twice in a page': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock><app-clock></app-clock>'),
  },
  'an element in a template of a page': {
    'src/clock.ts': clock,
    'src/index.html': page('<template><app-clock></app-clock></template>'),
  },
  'an element in a piece that others put into their pages': {
    'src/clock.ts': clock,
    'src/part.html': '<section><app-clock></app-clock></section>\n',
  },
  'an element that a server writes for each entry': {
    'src/clock.ts': clock,
    'src/index.html': page('{% for row in rows %}<app-clock></app-clock>{% endfor %}'),
  },
  'an element that scripts make for each click as well': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock><button>x</button>'),
    'src/more.ts':
      "document.querySelector('button').onclick = () => document.body.append(document.createElement('app-clock'));\n",
  },
  'an element that a component shows by its name': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
    'src/more.ts': "import { h } from 'preact';\nexport const Row = () => h('app-clock', {});\n",
  },
  'an element in a text that becomes markup': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
    'src/more.ts': "export const row = (box) => {\n  box.innerHTML = '<app-clock></app-clock>';\n};\n",
  },
  'an element whose name a script is told': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
    'src/more.ts': `export const make = (kind) => document.createElement(\`app-\${kind}\`);\n`,
  },
  'an element that is shown by its name elsewhere': {
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
    'src/more.ts': "import { show } from 'dialogs';\nexport const open = () => show({ dialogTag: 'app-clock' });\n",
  },
  'an element that two files define': {
    'src/clock.ts': clock,
    'other/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
  },
  'an element that is drawn on a condition': lit(`\${this.open ? html\`<app-clock></app-clock>\` : nothing}`),
  'an element that is drawn after an early way out': lit('<app-clock></app-clock>', 'if (!this.open) return nothing;'),
  'an element that is drawn in a loop': lit(`\${this.rows.map(() => html\`<app-clock></app-clock>\`)}`),
  'an element in a text that another puts there anew': {
    ...lit(''),
    'src/shell.ts': shell('<app-clock></app-clock>').replace(/^import.*/, 'const html = String.raw;'),
  },
  'an element that another draws by a tag of its own making': {
    ...lit(''),
    'src/shell.ts': shell('<app-clock></app-clock>').replace("'lit'", "'./markup'"),
  },
  'an element that another draws when it is asked to': {
    ...lit(''),
    'src/shell.ts': shell('<app-clock></app-clock>').replace(
      '  render() {',
      '  again() {\n    this.box.replaceChildren(this.render());\n  }\n  render() {',
    ),
  },
  'an element of which another draws two': lit('<app-clock></app-clock><app-clock></app-clock>'),
  'what a function adds to an element that stands nowhere': {
    'src/clock.ts': watching,
    'src/shell.ts': heir('Shell', 'app-shell', 'Watching(LitElement)'),
    'src/row.ts': heir('Row', 'app-row', 'Watching(LitElement)'),
    'src/index.html': page('<app-shell></app-shell>'),
  },
  'what a function adds to a class that is kept': {
    'src/clock.ts': watching,
    'src/shell.ts': heir('Shell', 'app-shell', 'Watching(LitElement)'),
    'src/kept.ts': "import { Watching } from './clock';\nexport const Kept = Watching(HTMLElement);\n",
    'src/index.html': page('<app-shell></app-shell>'),
  },
  'a component on a condition': angular('<app-clock *ngIf="open"></app-clock>'),
  'a component in a block on a condition': angular('@if (open) {\n<app-clock></app-clock>\n}'),
  'a component in a loop': angular('@for (row of rows; track row.id) { <p>{{ row.name }}</p><app-clock /> }'),
  'a component in a template that is drawn later': angular('<ng-template #late><app-clock></app-clock></ng-template>'),
  'a component beside a template that is put together': {
    ...angular('<app-clock></app-clock>'),
    'src/other.component.ts':
      "import { Component } from '@angular/core';\n@Component({ selector: 'app-other', template: head + body })\nexport class OtherComponent {}\n",
  },
  'a component that a route shows as well': {
    ...angular('<app-clock></app-clock>'),
    'src/routes.ts':
      "import { ClockComponent } from './clock.component';\nexport const routes = [{ path: 'clock', component: ClockComponent }];\n",
  },
  'a component that is opened as a dialog as well': {
    ...angular('<app-clock></app-clock>'),
    'src/opener.ts':
      "import { ClockComponent } from './clock.component';\nexport const open = (dialog) => dialog.open(ClockComponent);\n",
  },
  'a component beside a template that is not seen': {
    ...angular('<app-clock></app-clock>'),
    'src/other.component.ts': `import { Component } from '@angular/core';\n@Component({ selector: 'app-other', templateUrl: './other.component.pug' })\nexport class OtherComponent {}\n`,
  },
};

const clockAnd = (rest: string): Files => ({
  'src/clock.ts': clock,
  'src/index.html': page(`<app-clock></app-clock>${rest}`),
});
const inPage = (body: string): Files => ({ 'src/clock.ts': clock, 'src/index.html': page(body) });
/** What a page says beside its one element, which is no second one. */
const certain: Readonly<Record<string, Files>> = {
  'values that a server writes': inPage(
    '<h1>{{ title }}</h1><%= menu() %><p><%= place.name %></p><app-clock></app-clock>',
  ),
  'a loop that begins after it': clockAnd('{{ range .Days }}<p>x</p>{{ end }}'),
  'marks of a framework that come after it': clockAnd('<div id="app"><p v-for="day in days">x</p></div>'),
  'attributes of any kind': inPage(
    '<svg xmlns:xlink="x"><svg:g/></svg><div data-days="1" aria-label="a:b" onclick="next()"><app-clock></app-clock></div>',
  ),
  'a script in a language of its own': clockAnd('<script type="application/json">{ "a": "<b>" }</script>'),
  'a script that makes no such element': clockAnd('<script type="application/javascript">draw("x");</script>'),
  'a text in which nothing of its name stands': clockAnd('<iframe srcdoc="<p>x</p>"></iframe>'),
  'another in a comment': clockAnd('<!-- <app-clock></app-clock> -->'),
  'quotes within values and texts': inPage(`<p title="it's">it's "x</p><a href=x"y>y</a><app-clock></app-clock>`),
  'a value with braces in a template': angular("<p>{{ '}}' }} {{ day({ of: { year: 1 } }) }}</p><app-clock />"),
  'a block that ends before it': angular("@if (open) { <b>{{ '}' }}</b> }<app-clock />"),
  'an element around it that is given a value': lit(
    `<app-frame .label=\${this.label}><app-clock></app-clock></app-frame>`,
  ),
};
/** Of such an element there may be another, or none. */
const doubtful: Readonly<Record<string, Files>> = {
  'a loop of a server': inPage('{{ range .Days }}<app-clock></app-clock>{{ end }}'),
  'a block of a server': inPage('<% 3.times do %><app-clock></app-clock><% end %>'),
  'an element of a server that repeats': inPage('<c:forEach items="days"><app-clock></app-clock></c:forEach>'),
  'a loop in a comment': inPage('<!-- ko foreach: days --><app-clock></app-clock><!-- /ko -->'),
  'a loop in an attribute': inPage('<app-clock v-for="day in days"></app-clock>'),
  'a loop in an attribute around it': inPage('<ul><li ng-repeat="day in days"><app-clock></app-clock></li></ul>'),
  'a loop in an attribute of a server': inPage('<app-clock th:each="day : days"></app-clock>'),
  'a condition in an attribute': inPage('<app-clock if.bind="open"></app-clock>'),
  'a condition in an attribute of the browser': inPage('<div x-show="open"><app-clock></app-clock></div>'),
  'a template that is a script': clockAnd('<script type="text/template"><app-clock></app-clock></script>'),
  'a script of another name of the language': clockAnd(
    '<script type="application/javascript">setInterval(() => add(document.createElement("app-clock")), 9);</script>',
  ),
  'a script with data of a type': clockAnd(
    '<script data-type="x">onclick = () => add(document.createElement("app-clock"));</script>',
  ),
  'a page in an attribute': clockAnd('<iframe srcdoc="&lt;app-clock>&lt;/app-clock>"></iframe>'),
  'a handler in an attribute that makes it': clockAnd('<b onclick="add(document.createElement(kind))">+</b>'),
  'a second one behind a quote in a value': clockAnd('<a href=x"y>y</a><app-clock></app-clock>'),
  'a second one behind comments in a value': clockAnd('<p title="<!--"></p><app-clock></app-clock><p title="-->"></p>'),
  'a comment without an end': clockAnd('<!-- <app-clock></app-clock>'),
  'a text of another element': inPage('<textarea><app-clock></app-clock></textarea>'),
  'a template that another end tag stands in': inPage('<div><template></div><app-clock></app-clock></template></div>'),
  'a piece with an element whose name begins like that of a page': {
    'src/clock.ts': clock,
    'src/part.html': '<html-row><app-clock></app-clock></html-row>\n',
  },
  'a piece with a comment that names a part of a page': {
    'src/clock.ts': clock,
    'src/part.html': '<!-- goes into the <body> -->\n<section><app-clock></app-clock></section>\n',
  },
  'a block with braces in a value': angular("@if (open) { <b>{{ '}}' }}</b> <app-clock /> }"),
  'a block with an object in a value': angular('@if (open) {\n{{ day({ of: { year: 1 }}) }}\n<app-clock />\n}'),
  'a block whose condition has a brace': angular("@if (open) { @if (sign === '}') { x } <app-clock /> }"),
  'an element around it that has a condition': lit(`<app-when :if=\${this.open}><app-clock></app-clock></app-when>`),
  'an element around it that is told to show it': lit(`<app-box ?show=\${this.open}><app-clock></app-clock></app-box>`),
};

/** Beside an element that stands once in a page: what a script shows besides. */
const beside = (text: string, path = 'src/more.ts'): Files => ({
  'src/clock.ts': clock,
  'src/index.html': page('<app-clock></app-clock>'),
  [path]: text,
});
/** A script that may show any element, and one much like it that shows none of its own. */
const anyAndNone: Readonly<Record<string, readonly [any: string, none: string, path?: string]>> = {
  'made by a name of a list': [
    'export const fill = (box, names) => names.forEach((name) => box.append(document.createElement(name)));\n',
    "const names = 'li';\nexport const fill = (box, rows) => rows.forEach(() => box.append(document.createElement(names)));\n",
  ],
  'made by a name of another file': [
    "import { CLOCK } from './names';\nexport const make = () => document.createElement(CLOCK);\n",
    "import { Clock } from './parts';\nexport const make = () => React.createElement(Clock);\n",
  ],
  'made in a namespace': [
    "export const make = (name) => document.createElementNS('http://www.w3.org/1999/xhtml', name);\n",
    "export const make = () => document.createElementNS('http://www.w3.org/2000/svg', 'path');\n",
  ],
  'made by its name in a namespace': [
    "export const make = () => document.createElementNS('http://www.w3.org/1999/xhtml', 'app-clock');\n",
    "export const make = () => document.createElementNS('http://www.w3.org/1999/xhtml', 'app-watch');\n",
  ],
  'of a name with a part told first': [
    `export const make = (prefix) => document.createElement(\`\${prefix}-clock\`);\n`,
    `export const make = () => document.createElement(\`app-row\`);\n`,
  ],
  'in markup of pieces': [
    "export const row = (kind) => '<app-' + kind + '></app-' + kind + '>';\n",
    "export const row = (kind) => '<app-row kind=' + kind + '></app-row>';\n",
  ],
  'in a tag that is told': [
    `import { html } from 'lit/static-html.js';\nexport const row = (tag) => html\`<\${tag}></\${tag}>\`;\n`,
    `import { html } from 'lit';\nexport const row = (text) => html\`<p>\${text}</p>\`;\n`,
  ],
  'in markup that is told': [
    'export const show = (box, markup) => box.insertAdjacentHTML("beforeend", markup);\n',
    'export const show = (box) => box.insertAdjacentHTML("beforeend", "<p>none</p>");\n',
  ],
  'in markup that is assigned': [
    'export const show = (box, markup) => {\n  box.innerHTML = markup;\n};\n',
    "export const show = (box, markup) => {\n  box.innerHTML = '';\n  box.textContent = markup.replace('<', '&lt;');\n};\n",
  ],
  'in a copy': [
    'export const again = (one) => one.parentNode.append(one.cloneNode(true));\n',
    'export const again = (one) => one.parentNode.append(one.template.content.cloneNode(true));\n',
  ],
  'upon another': [
    "export const again = () => document.createElement('button', { is: 'app-clock' });\n",
    "export const again = () => document.createElement('button', { is: 'app-button' });\n",
  ],
  'in a component of a name that is told': [
    '<template><component :is="tag" /></template>\n<script setup>\nconst tag = location.hash;\n</script>\n',
    '<template><b :title="tag" /></template>\n<script setup>\nconst tag = location.hash;\n</script>\n',
    'src/more.vue',
  ],
  'in an element of a name that is told': [
    '<script>\n  export let tag;\n</script>\n<svelte:element this={tag} />\n',
    '<script>\n  export let tag;\n</script>\n<b title={tag} />\n',
    'src/more.svelte',
  ],
};

const weak: Readonly<Record<string, Files>> = {
  'no template places': angular('<router-outlet></router-outlet>'),
  'no template places, and another text is much like its name': {
    ...angular('<router-outlet></router-outlet>'),
    'src/parts.ts': "import { offer } from 'parts';\n/* app-clock */\noffer(['app-clocks', 'the app-clock']);\n",
  },
};
const strong: Readonly<Record<string, Files>> = {
  'no template places, where only an example has a page': {
    ...Object.fromEntries(
      Object.entries(angular('<router-outlet></router-outlet>')).filter(([path]) => path !== 'src/index.html'),
    ),
    'examples/index.html': page('<app-frame></app-frame>'),
    'docs/index.html': page('<app-frame></app-frame>'),
  },
  'a route shows': {
    ...angular('<router-outlet></router-outlet>'),
    'src/routes.ts':
      "import { ClockComponent } from './clock.component';\nexport const routes = [{ path: 'clock', component: ClockComponent }];\n",
  },
  'a library is told by its name': {
    ...angular('<router-outlet></router-outlet>'),
    'src/parts.ts': "import { offer } from 'parts';\noffer(['app-clock', 'app-watch']);\n",
  },
  'a template of another program places': {
    ...angular('<router-outlet></router-outlet>'),
    'src/list.component.ts': `import { Component } from '@angular/core';\n@Component({ selector: 'app-list', template: '<app-clock *ngFor="let row of rows"></app-clock>' })\nexport class ListComponent {}\n`,
  },
  'stands in a program whose page is not seen': Object.fromEntries(
    Object.entries(angular('<router-outlet></router-outlet>')).filter(([path]) => path !== 'src/index.html'),
  ),
};

/** Files of markup of which a server makes pages: one that names the element, and one that does not. */
const foreign: Readonly<Record<string, readonly [any: string, none: string]>> = {
  'views/list.ejs': ['<% rows.forEach(() => { %><app-clock></app-clock><% }) %>', '<p><%= title %></p>'],
  'views/list.php': ['<?php foreach ($all as $one): ?><app-clock></app-clock><?php endforeach ?>', '<p>none</p>'],
  'views/list.hbs': ['{{#each all}}<app-{{kind}}></app-{{kind}}>{{/each}}', '{{#each all}}<p>{{kind}}</p>{{/each}}'],
  'src/list.mdx': ['{rows.map(() => <app-clock/>)}', '{rows.map(() => <p/>)}'],
  'list.xhtml': ['<app-clock></app-clock>', '<p></p>'],
  'content/post.md': ['# New\n<app-clock></app-clock>\n', '# New\n'],
  'src/list.vue': [
    '<template lang="pug">\np(v-for="one in all")\n</template>\n<script setup>\nconst all = [1];\n</script>\n',
    '<template lang="html"><p v-for="one in all" /></template>\n<script setup>\nconst all = [1];\n</script>\n',
  ],
};

/** Of this process: others on the machine do not count. */
function secondsSince(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

describe('elements that a page or another component places', () => {
  for (const [name, files] of Object.entries(silent))
    it(`says nothing of ${name}`, () => assert.deepEqual(told(files), []));
  for (const [name, files] of Object.entries(reported))
    it(`reports ${name}`, () =>
      assert.equal(
        told(files).some((one) => /clock/.test(one)),
        true,
      ));
  for (const [name, [any, none, path]] of Object.entries(anyAndNone))
    it(`reports an element of which another may be ${name}`, () => {
      assert.equal(told(beside(any, path)).length > 0, true);
      assert.deepEqual(told(beside(none, path)), []);
    });
  for (const [path, [any, none]] of Object.entries(foreign))
    it(`reports an element that a file of another language may show: ${path}`, () => {
      assert.equal(told(beside(any, path)).length > 0, true);
      assert.deepEqual(told(beside(none, path)), []);
    });
  it('reports an element beside markup without tags, and not for what is only told of it', () => {
    assert.equal(told(beside('p none', 'views/list.pug')).length > 0, true);
    assert.deepEqual(told(beside('<app-clock></app-clock>', 'docs/content/use.md')), []);
  });
  for (const [name, files] of Object.entries(weak))
    it(`weighs little of a component that ${name}`, () =>
      assert.deepEqual(told(files), ['src/clock.component.ts low']));
  for (const [name, files] of Object.entries(strong))
    it(`weighs fully of a component that ${name}`, () =>
      assert.deepEqual(told(files), ['src/clock.component.ts high']));
  for (const [name, files] of Object.entries(certain))
    it(`says nothing of one beside ${name}`, () => assert.deepEqual(told(files), []));
  for (const [name, files] of Object.entries(doubtful))
    it(`reports one by ${name}`, () =>
      assert.equal(
        told(files).some((one) => /clock/.test(one)),
        true,
      ));
});

describe('names of elements of which a script tells a part', () => {
  const named = (parts: string): Files => ({
    'src/clock.ts': clock,
    'src/index.html': page('<app-clock></app-clock>'),
    'src/more.ts': `export const make = (a, b) => document.createElement(\`${parts}\`);\n`,
  });
  it('are those of which all parts fit, in order', () => {
    for (const parts of [`app-\${a}ock`, `a\${a}-\${b}`, `a\${a}p-c\${a}o\${b}k`])
      assert.notDeepEqual(told(named(parts)), [], parts);
    for (const parts of [`app-\${a}ick`, `b\${a}-\${b}`, `a\${a}p-k\${a}o\${b}c`, `app-clo\${a}lock`])
      assert.deepEqual(told(named(parts)), [], parts);
  });
  it('are compared at once, however many there are', () => {
    const many = `x-${`\${a}x`.repeat(60)}z`;
    const files: Files = {
      ...named(many),
      'src/long.ts': clock.replace('app-clock', `x-${'x'.repeat(2000)}`).replace('Clock', 'Long'),
    };
    const begin = process.cpuUsage();
    told(files);
    assert.ok(secondsSince(begin) < 2);
  });
});

describe('markup of any length', () => {
  const length = 500_000;
  const pieces = {
    'scripts that do not end': '<script>',
    'scripts with a quote': '<script "',
    'scripts whose last tag does not end': '<script></script ',
    'comments that do not end': '<!-- ',
    'styles that do not end': '<style>',
    'values that do not end': '<a b="',
    'marks of a server': '<%= (',
    'elements that do not end': '<p>',
    'a long name': 'a',
    braces: '{{',
    lines: '---\n',
  };
  for (const [name, piece] of Object.entries(pieces))
    it(`is read in no time: ${name}`, () => {
      const many = piece.repeat(length / piece.length);
      const begin = process.cpuUsage();
      for (const text of [`<!doctype html><body>${many}`, `<x${many}`, `${many}${'</q>'.repeat(length / 4)}`]) {
        placedBy('index.html', text);
        placedBy('index.astro', text);
        scriptsOfPage('index.astro', text);
        elementsIn(text, 'template');
        elementsIn(text, 'drawn');
        scriptsOf('page.vue', text);
      }
      assert.ok(secondsSince(begin) < 3);
    });
  it('is read in no time: many elements in each other', () => {
    const begin = process.cpuUsage();
    const nested = Array.from({ length: 40_000 }, (_, index) => `<x-${index}>`).join('');
    assert.equal(elementsIn(nested, 'page').size, 40_000);
    assert.ok(secondsSince(begin) < 2);
  });
  it('may place anything where it is not read', () => {
    assert.deepEqual(placedBy('index.html', `<!doctype html>${' '.repeat(1_000_000)}`), [{ module: '<*', name: '*' }]);
    assert.deepEqual(placedBy('index.html', '<\0h\0t\0m\0l\0'), [{ module: '<*', name: '*' }]);
  });
});
