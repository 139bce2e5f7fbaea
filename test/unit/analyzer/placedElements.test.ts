/** Elements of the author's own, and components of templates: one that stands once in a page lives as long as the page. */
import assert from 'node:assert/strict';
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
});
