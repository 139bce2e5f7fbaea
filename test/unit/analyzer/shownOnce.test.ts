/** Components that are shown once and always by what is at the root of a page live as long as the page. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

const setup = `<script setup>
import { onMounted } from 'vue';
onMounted(() => {
  setInterval(() => console.log('tick'), 1000);
});
</script>
<template><time /></template>
`;
const options = `<template><time /></template>
<script>
export default {
  mounted() {
    setInterval(() => console.log('tick'), 1000);
  },
};
</script>
`;
const svelte = `<script>
  import { onMount } from 'svelte';
  onMount(() => {
    setInterval(() => console.log('tick'), 1000);
  });
</script>
<time />
`;
const react = `import { useEffect } from 'react';
export function Clock() {
  useEffect(() => {
    setInterval(() => console.log('tick'), 1000);
  }, []);
  return <time />;
}
`;
const start = "import { createApp } from 'vue';\nimport Shell from './Shell.vue';\ncreateApp(Shell).mount('#app');\n";
const shell = (template: string, script = ''): string =>
  `<template>\n${template}\n</template>\n<script setup>\nimport Clock from './Clock.vue';\nimport ClockFace from './Clock.vue';\n${script}</script>\n`;
const vue = (template: string, script = '', clock = setup): Files => ({
  'src/Clock.vue': clock,
  'src/Shell.vue': shell(template, script).replace(/import ClockFace.*\n/, ''),
  'src/main.ts': start,
});
const svelteShell = (markup: string, script = ''): Files => ({
  'src/Clock.svelte': svelte,
  'src/Shell.svelte': `<script>\n  import Clock from './Clock.svelte';\n${script}</script>\n${markup}\n`,
  'src/main.ts': "import Shell from './Shell.svelte';\nnew Shell({ target: document.body });\n",
});
const reactShell = (shown: string, before = '', clock = react): Files => ({
  'src/Clock.tsx': clock,
  'src/Shell.tsx': `import { useState } from 'react';\nimport { Clock } from './Clock';\nexport function Shell({ user }) {\n  const [open] = useState(false);\n  ${before}\n  return ${shown};\n}\n`,
  'src/main.tsx':
    "import { createRoot } from 'react-dom/client';\nimport { Shell } from './Shell';\ncreateRoot(document.body).render(<Shell />);\n",
});

function told(files: Files): readonly string[] {
  return findingsOfFiles(files).flatMap(({ path, findings }) => findings.map(() => path));
}

const classClock = `class Clock extends React.Component {
  componentDidMount() {
    window.addEventListener('online', () => this.forceUpdate());
  }
  render() {
    return <time />;
  }
}
`;
/** A component and the root that shows it in one file. */
const inFile = (shown: string, made = '', clock = react.replace('export function', 'function')): Files => ({
  'src/Shell.jsx': `import React, { useEffect, useState } from 'react';\n${clock.replace(/import .*\n/, '')}${made}\nexport function Shell({ user }) {\n  const [open] = useState(false);\n  return ${shown};\n}\n`,
  'src/main.jsx':
    "import { createRoot } from 'react-dom/client';\nimport { Shell } from './Shell';\ncreateRoot(document.body).render(<Shell />);\n",
});

const silent: Readonly<Record<string, Files>> = {
  'a component that is told what it hides': vue('<Clock v-model="open" label="now" />\n<Clock :visible="open" />'),
  'the root itself': { 'src/Shell.vue': setup, 'src/main.ts': start },
  'the root itself, with options': { 'src/Shell.vue': options, 'src/main.ts': start },
  'the root that a function draws': {
    'src/Shell.vue': options,
    'src/main.ts':
      "import Vue from 'vue';\nimport Shell from './Shell.vue';\nnew Vue({ render: (h) => h(Shell) }).$mount('#app');\n",
  },
  'the root of a page, by its target': {
    'src/Clock.svelte': svelte,
    'src/main.ts':
      "import { mount } from 'svelte';\nimport Clock from './Clock.svelte';\nmount(Clock, { target: document.body });\n",
  },
  'what the root shows': vue('<main><p v-if="late">late</p><Clock :zone="zone" /></main>'),
  'what the root shows by a name with a dash': {
    ...vue(''),
    'src/Shell.vue': shell('<main><clock-face></clock-face></main>').replace(/import Clock from.*\n/, ''),
  },
  'what the root shows when it has begun': vue(
    '<main v-if="ready"><Clock /></main>',
    "import { ref } from 'vue';\nconst ready = ref(false);\nload().then(() => {\n  ready.value = true;\n});\n",
  ),
  'what the root shows when it does not load any more': vue(
    '<main v-if="!loading && ready"><Clock /></main>',
    "import { ref } from 'vue';\nconst loading = ref(true);\nconst ready = ref(false);\nload().then(() => {\n  loading.value = false;\n  ready.value = true;\n});\n",
  ),
  'what the root shows in the place of a wait': vue(
    '<main><p v-if="loading">Wait</p><Clock v-else /></main>',
    "import { ref } from 'vue';\nconst loading = ref(true);\nload().then(() => {\n  loading.value = false;\n});\n",
  ),
  'what the root hides, but keeps': vue('<main><section v-show="tab === 1"><Clock v-show="open" /></section></main>'),
  'the options of the root': {
    'src/main.js':
      "import Vue from 'vue';\nexport const app = new Vue({\n  el: '#app',\n  created() {\n    window.addEventListener('resize', () => this.draw());\n  },\n});\n",
  },
  'the options that an application is made of': {
    'src/main.js':
      "import { createApp } from 'vue';\ncreateApp({\n  mounted() {\n    setInterval(() => this.draw(), 1000);\n  },\n}).mount('#app');\n",
  },
  'what the root lists among its components': {
    'src/Clock.vue': options,
    'src/Shell.vue':
      "<template><main><clock /></main></template>\n<script>\nimport Clock from './Clock.vue';\nexport default { components: { Clock } };\n</script>\n",
    'src/main.ts': start,
  },
  'what is loaded when the root shows it': {
    'src/Clock.vue': options,
    'src/Shell.vue':
      "<template><main><Clock /></main></template>\n<script>\nexport default { components: { Clock: () => import('./Clock.vue') } };\n</script>\n",
    'src/main.ts': start,
  },
  'a root that is one of some files': {
    'src/layouts/Clock.vue': setup,
    'src/main.ts':
      "import { createApp } from 'vue';\nconst { default: layout } = await import(`./layouts/$" +
      '{name}.vue`);\ncreateApp(layout).mount(document.body);\n',
  },
  'what each of some roots shows': {
    'src/Clock.vue': setup,
    'src/layouts/Wide.vue': shell('<main><Clock /></main>').replaceAll('./Clock', '../Clock'),
    'src/layouts/Small.vue': shell('<footer><Clock /></footer>').replaceAll('./Clock', '../Clock'),
    'src/main.ts':
      "import { createApp } from 'vue';\nconst layout = await import(`./layouts/$" +
      '{name}.vue`);\ncreateApp(layout.default).mount(document.body);\n',
  },
  'what is shown by what the root shows': {
    'src/Clock.vue': setup,
    'src/Bar.vue':
      "<template><nav><Clock /></nav></template>\n<script setup>\nimport Clock from './Clock.vue';\n</script>\n",
    'src/Shell.vue': shell('<FlexBox><Bar /></FlexBox>')
      .replaceAll('Clock', 'Bar')
      .replace(/import BarFace.*\n/, ''),
    'src/main.ts': start,
  },
  'what a Svelte root shows': svelteShell('<main><Clock on:tick={() => (count > 1 ? show() : hide())} /></main>'),
  'what a React root shows': reactShell('<ThemeProvider><main><Clock /></main></ThemeProvider>'),
  'what a React root shows unless the platform is another': reactShell(
    '<main><Clock /></main>',
    'if (!window.bridge) return <p>No bridge</p>;',
  ),
  'what a React root loads when it is shown': {
    ...reactShell('<Suspense fallback={null}><Clock /></Suspense>'),
    'src/Clock.tsx': react.replace('export function', 'export default function'),
    'src/Shell.tsx':
      "import { lazy, Suspense } from 'react';\nconst Clock = lazy(() => import('./Clock'));\nexport const Shell = () => <Suspense fallback={null}><Clock /></Suspense>;\n",
  },
  'what a React root shows when it has begun': reactShell(
    '<main>{ready && user ? null : <p />}{ready ? <Clock /> : <p />}</main>',
    'const [ready, setReady] = useState(false);\n  load().then(() => setReady(true));',
  ),
  'what a React root shows when nobody has to log in any more': {
    ...reactShell(
      '<Clock />',
      '',
      react.replace('export function Clock()', 'export default observer(function Clock()').replace(/}\n$/, '});\n'),
    ),
    'src/Shell.tsx': `import { useState } from 'react';
import Clock from './Clock';
export function Shell() {
  const [locked, setLocked] = useState(true);
  const login = () => check().then((ok) => ok && setLocked(false));
  if (locked) {
    return <button onClick={login} />;
  }
  return <Clock />;
}
`,
  },
  'what a component of its own file shows': inFile('<Provider><Clock /></Provider>'),
  'what a component of its own file shows, and offers to nobody else': inFile(
    '<main><Clock /></main>',
    '',
    react.replace("import { useEffect } from 'react';\n", ''),
  ),
  'what is made of a component and shown in its own file': inFile(
    '<Provider><Face /></Provider>',
    'const Face = connect((state) => state)(Clock);',
  ),
  'what is made of a class and shown in its own file': inFile(
    '<Provider><Face></Face></Provider>',
    'const Face = connect((state) => state)(Clock);',
    classClock,
  ),
  'the root of an application of a device': {
    'src/Shell.jsx': classClock.replace('class Clock', 'export default class Shell'),
    'src/main.js':
      "import { AppRegistry } from 'react-native';\nimport Shell from './Shell';\nAppRegistry.registerComponent('Clock', () => Shell);\n",
  },
  'the root of another application of a device': {
    'src/Shell.jsx': react.replace('Clock', 'Shell'),
    'src/main.js': "import { Shell } from './Shell';\nregisterRootComponent(Shell);\n",
  },
  'an effect that depends on what never changes': reactShell(
    '<Clock />',
    '',
    react.replace('}, []);', '}, [zone]);').replace('export', 'const zone = process.env.ZONE;\nexport'),
  ),
};

const leaky: Readonly<Record<string, Files>> = {
  'a component in one that is told what it hides': vue('<Panel v-model="open"><Clock /></Panel>'),
  'what a build brings into other components without an import': {
    'src/components/Clock.vue': setup,
    'src/Shell.vue': shell('<main><Clock /></main>')
      .replace(/import ClockFace.*\n/, '')
      .replace('./Clock', './components/Clock'),
    'src/main.ts': start,
    'vite.config.ts':
      "import Components from 'unplugin-vue-components/vite';\nexport default { plugins: [Components()] };\n",
  },
  'what is shown on a condition': vue('<main><Clock v-if="open" /></main>'),
  'what is shown otherwise': vue('<main><p v-if="open" /><Clock v-else /></main>'),
  'what a condition around it hides again': vue(
    '<main v-if="ready"><Clock /></main>',
    "import { ref } from 'vue';\nconst ready = ref(false);\nfunction toggle() {\n  ready.value = true;\n}\nfunction hide() {\n  ready.value = false;\n}\n",
  ),
  'what the markup hides again': vue(
    '<main><button @click="show" /><Clock v-if="open" @close="open = false" /></main>',
    "import { ref } from 'vue';\nconst open = ref(false);\nfunction show() { open.value = true; }\n",
  ),
  'what is shown again after each wait': vue(
    '<main><p v-if="loading">Wait</p><Clock v-else /></main>',
    "import { ref } from 'vue';\nconst loading = ref(true);\nasync function reload() {\n  loading.value = true;\n  await load();\n  loading.value = false;\n}\n",
  ),
  'what is shown if one of two is so': vue(
    '<main v-if="!loading || open"><Clock /></main>',
    "import { ref } from 'vue';\nconst loading = ref(true);\nconst open = ref(false);\nload().then(() => {\n  loading.value = false;\n});\n",
  ),
  'what an element shows that is hidden and has a key': vue('<main><Clock v-show="open" :key="zone" /></main>'),
  'options that a component is made of': {
    'src/main.js':
      "import Vue from 'vue';\nexport const Clock = Vue.extend({\n  created() {\n    window.addEventListener('resize', () => this.draw());\n  },\n});\n",
  },
  'options that are given each time': {
    'src/main.js':
      "import Vue from 'vue';\nexport function open() {\n  return new Vue({\n    created() {\n      window.addEventListener('resize', () => this.draw());\n    },\n  });\n}\n",
  },
  'what a condition in other quotes shows': vue("<main><Clock v-if='list.length' /></main>"),
  'what is in a box that has an active tab': vue('<main><TabBox :active="tab"><Clock /></TabBox></main>'),
  'what a Svelte root hides again in its markup': svelteShell(
    '{#if open}<Clock on:close={() => (open = false)} />{/if}',
    '  let open = false;\n  export const show = () => { open = true; };\n',
  ),
  'what a React root shows unless an object says otherwise': (() => {
    const files = reactShell('<main><Clock /></main>', 'if (auth.user === null) return null;');
    return { ...files, 'src/Shell.tsx': `import { auth } from './auth';\n${files['src/Shell.tsx']}` };
  })(),
  'what a React root gives to a box that is open or not': reactShell(
    '<ModalContainer open={open}><Clock /></ModalContainer>',
  ),
  'what is shown for each of a list': vue('<main><p v-for="one in list"><Clock /></p></main>'),
  'what is made anew for each key': vue('<main><Clock :key="user.id" /></main>'),
  'what is in something that may hide it': vue('<main><Dialog><Clock /></Dialog></main>'),
  'what is in a slot': vue('<main><Split><template #left><Clock /></template></Split></main>'),
  'what an expression may show as well': vue('<main><Clock /><component :is="open ? Clock : null" /></main>'),
  'what a router shows': {
    'src/Clock.vue': setup,
    'src/router.ts': "import Clock from './Clock.vue';\nexport const routes = [{ path: '/', component: Clock }];\n",
    'src/late.ts': "export const routes = [{ path: '/late', component: () => import('./Clock.vue') }];\n",
  },
  'what the root and another component show': {
    ...vue('<main><Clock /></main>'),
    'src/Page.vue': shell('<Clock />'),
  },
  'what is shown by a component that comes and goes': {
    'src/Clock.vue': setup,
    'src/Page.vue': shell('<main><Clock /></main>'),
    'src/router.ts': "import Page from './Page.vue';\nexport const routes = [{ path: '/', component: Page }];\n",
  },
  'what the markup of another language shows': {
    ...vue(''),
    'src/Shell.vue': shell('Clock').replace('<template>', '<template lang="pug">'),
  },
  'a root that is put up again and again': {
    'src/Clock.vue': setup,
    'src/main.ts':
      "import { createApp } from 'vue';\nimport Clock from './Clock.vue';\nexport function open(element) {\n  createApp(Clock).mount(element);\n}\n",
  },
  'what a component of its own file shows on a condition': inFile('<main>{open && <Clock />}</main>'),
  'what a component of its own file shows, and another that comes and goes': inFile(
    '<main><Clock />{open && <Page />}</main>',
    'const Page = () => <Clock />;',
  ),
  'what a component of its own file shows, and gives to what may not': inFile(
    '<Routes><Clock /><Route component={Clock} /></Routes>',
  ),
  'what the root of its own file gives to what may hide it': {
    'src/main.jsx': `import React, { useEffect } from 'react';\nimport { createRoot } from 'react-dom/client';\nimport { Lock } from './lock';\n${react.replace(/import .*\n/, '').replace('export function', 'function')}export function begin() {\n  createRoot(document.body).render(<Lock><Clock /></Lock>);\n}\nbegin();\n`,
  },
  'what is made of a component and may be left out': inFile(
    '<Provider><Face /></Provider>',
    'const Face = withLogin(Clock);',
  ),
  'what is made of a component and others show': (() => {
    const files = inFile('<Provider><Face /></Provider>', 'export const Face = memo(Clock);');
    return {
      ...files,
      'src/row.jsx': "import { Face } from './Shell';\nexport const Row = () => <tr><Face /></tr>;\n",
    };
  })(),
  'what is made of a class and shown for each': inFile(
    '<main>{user.zones.map((zone) => <Face zone={zone} />)}</main>',
    'const Face = connect((state) => state)(Clock);',
    classClock,
  ),
  'a view of an application that is not its root': {
    'src/Clock.jsx': classClock.replace('class Clock', 'export default class Clock'),
    'src/main.js': "import Clock from './Clock';\nNavigation.registerComponent('Clock', () => Clock);\n",
  },
  'one of two views of an application of a device': {
    'src/Clock.jsx': react,
    'src/main.js':
      "import { AppRegistry } from 'react-native';\nimport { Clock } from './Clock';\nimport { List } from './List';\nAppRegistry.registerComponent('Clock', () => Clock);\nAppRegistry.registerComponent('List', () => List);\n",
  },
  'one of two views of its own file, put up on a condition': {
    'src/main.jsx': `import { AppRegistry } from 'react-native';\n${react}const List = () => <ul />;\nAppRegistry.registerComponent('Clock', () => Clock);\nif (process.env.LIST) AppRegistry.registerComponent('List', () => List);\n`,
  },
  'one beside the root that any file may take by its path': {
    'src/parts/panel.jsx': `${react}export const Shell = () => <main><Clock /></main>;\n`,
    'src/main.jsx':
      "import { createRoot } from 'react-dom/client';\nimport { Shell } from './parts/panel';\nconst parts = import.meta.glob('./parts/*.jsx', { eager: true });\nexport const draw = (file, name) => createElement(parts[file][name]);\ncreateRoot(document.body).render(<Shell />);\n",
  },
  'one of some files that is put up again and again': {
    'src/layouts/Clock.vue': setup,
    'src/main.ts':
      "import { createApp } from 'vue';\nexport async function open(element) {\n  const { default: layout } = await import(`./layouts/$" +
      '{name}.vue`);\n  createApp(layout).mount(element);\n}\n',
  },
  'one of some files that a router shows': {
    'src/pages/Clock.vue': setup,
    'src/layouts/Wide.vue': '<template><main /></template>\n',
    'src/main.ts':
      "import { createApp } from 'vue';\nconst { default: layout } = await import(`./layouts/$" +
      '{name}.vue`);\ncreateApp(layout).use(router((name) => import(`./pages/$' +
      '{name}.vue`))).mount(document.body);\n',
  },
  'what a root of some files and a page show': {
    'src/Clock.vue': setup,
    'src/layouts/Wide.vue': shell('<main><Clock /></main>').replaceAll('./Clock', '../Clock'),
    'src/pages/Page.vue': shell('<footer><Clock /></footer>').replaceAll('./Clock', '../Clock'),
    'src/main.ts':
      "import { createApp } from 'vue';\nimport Page from './pages/Page.vue';\nconst layout = await import(`./layouts/$" +
      "{name}.vue`);\ncreateApp(layout.default).use(router([{ path: '/', component: Page }])).mount(document.body);\n",
  },
  'what a Svelte root shows on a condition': svelteShell('{#if open}<main><Clock /></main>{/if}'),
  'what a Svelte root shows for each': svelteShell('{#each list as { id }}<p>{id}</p><Clock />{/each}'),
  'what a React root hides again in a handler': reactShell(
    '<main>{ready && <Clock onClose={() => setReady(false)} />}</main>',
    'const [ready, setReady] = useState(false);\n  load().then(() => setReady(true));',
  ),
  'what a React root shows as long as somebody else says so': reactShell(
    '<main>{ready && <Clock onReady={setReady} />}</main>',
    'const [ready, setReady] = useState(false);',
  ),
  'what a React root shows until it has begun': reactShell(
    '<Clock />',
    'const [ready, setReady] = useState(false);\n  load().then(() => setReady(true));\n  if (ready) return null;',
  ),
  'what a React root shows by a wrapper that may leave it out': {
    'src/Clock.tsx': react
      .replace('export function Clock()', 'export default withLogin(function Clock()')
      .replace(/}\n$/, '});\n'),
    'src/Shell.tsx': "import Clock from './Clock';\nexport function Shell() {\n  return <Clock />;\n}\n",
    'src/main.tsx': reactShell('null')['src/main.tsx'] ?? '',
  },
  'what a React root shows on a condition': reactShell('<main>{open && <Clock />}</main>'),
  'what a React root shows unless it returns early': reactShell('<main><Clock /></main>', 'if (!user) return null;'),
  'what a React root shows for each': reactShell('<main>{user.zones.map(() => <Clock />)}</main>'),
  'what a React root shows under a key': reactShell('<main key={user.id}><Clock /></main>'),
  'what a React root gives to what may hide it': reactShell('<Route path="/"><Clock /></Route>'),
  'an effect that depends on what is given': reactShell(
    '<Clock zone={user.zone} />',
    '',
    react.replace('Clock()', 'Clock({ zone })').replace('}, []);', '}, [zone]);'),
  ),
};

describe('components that are shown once', () => {
  for (const [name, files] of Object.entries(silent))
    it(`is silent on ${name}`, () => assert.deepEqual(told(files), []));
  for (const [name, files] of Object.entries(leaky))
    it(`reports ${name}`, () => assert.deepEqual(told(files), [Object.keys(files)[0]]));
});

describe('components that nothing shows', () => {
  const root = { 'src/App.vue': '<template><main /></template>\n<script setup>\nconst a = 1;\n</script>\n' };
  const main = (more = ''): Files => ({
    ...root,
    'src/main.ts': `import { createApp } from 'vue';\nimport App from './App.vue';\n${more}createApp(App).mount('#app');\n`,
  });
  const severityOf = (files: Files): string | undefined =>
    findingsOfFiles(files).flatMap(({ findings }) => findings)[0]?.severity;
  const vain =
    "<script setup>\nimport { onMounted, onUnmounted } from 'vue';\nonMounted(() => window.addEventListener('resize', () => draw()));\nonUnmounted(() => window.removeEventListener('resize', () => draw()));\n</script>\n";

  const dropped =
    "<script setup>\nimport { onMounted } from 'vue';\nimport { listen } from '@tauri-apps/api/event';\nonMounted(async () => {\n  await listen('opened', () => show());\n});\n</script>\n";

  it('weigh little in a program whose page is seen', () => {
    assert.equal(severityOf({ 'src/pages/Clock.vue': setup, ...main() }), 'low');
    assert.equal(severityOf({ 'src/pages/Clock.vue': vain, ...main() }), 'low');
    assert.equal(severityOf({ 'src/pages/Clock.vue': dropped, ...main() }), 'low');
    const icon = main("import icon from '~icons/lucide/clock';\nshow(icon);\n");
    assert.equal(severityOf({ 'src/pages/Clock.vue': setup, ...icon }), 'low');
  });
  it('weigh as ever where something may show them', () => {
    const others: Readonly<Record<string, Files>> = {
      'no page': root,
      'a pattern': main("const pages = import.meta.glob('./pages/*.vue');\n"),
      'another pattern': main("const pages = require.context('./pages', true);\n"),
      'a path that is put together': main('const load = (name) => import(`./pages/$' + '{name}.vue`);\n'),
      'what a build makes': main("import routes from 'virtual:generated-pages';\nuse({ routes });\n"),
      'an import': main("import Clock from './pages/Clock.vue';\nexport const routes = [{ component: Clock }];\n"),
      'an import when it is needed': main(
        "export const routes = [{ component: () => import('@/pages/Clock.vue') }];\n",
      ),
      'markup without an import': {
        ...main(),
        'src/Shell.vue':
          '<template><clock /><Clock v-if="open" /></template>\n<script setup>\nconst open = true;\n</script>\n',
      },
    };
    for (const [name, files] of Object.entries(others))
      for (const clock of [setup, vain, dropped])
        assert.equal(severityOf({ 'src/pages/Clock.vue': clock, ...files }), 'high', name);
  });
});
