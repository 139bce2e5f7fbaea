/** Scripts of Vue and Svelte components: at their own places, and with the lifetime that they have there. */
import assert from 'node:assert/strict';
import { analyzeFile, classifyFile } from '../../../src/analyzer/analyzer';
import { applyEdits } from '../../../src/analyzer/fixes/edits';
import { scriptsOf } from '../../../src/analyzer/syntax/singleFile';
import { findingsOf } from './expectLeaks';

const options = { severityOverrides: {} };
/** Kind, and line from 1. */
const told = (code: string, path: string): readonly string[] =>
  findingsOf(code, path).map(({ kind, range }) => `${kind} ${range.startLine + 1}`);

describe('single-file components', () => {
  it('keep every offset, whatever stands around the scripts', () => {
    for (const [path, text] of [
      [
        'a.vue',
        '<template>\r\n  <p>{{ "<b>" }}</p>\r\n</template>\r\n<script setup lang="ts">\r\nconst a = 1\r\n</script>\r\n',
      ],
      ['b.svelte', '<script>\n  let a = 1;\n</script>\n\n<p>{a}</p>\n<style>p { color: red }</style>\n'],
      ['c.svelte', '<script context="module">\nexport const a = 1;\n</script><script>let b</script>'],
      ['d.vue', '<script type="text/x-template"><p></p></script><script>export default {}</script>'],
      ['e.vue', '<script setup>const a = await load()</script>'],
      ['f.vue', '<template><p>never closed'],
      ['g.svelte', ''],
    ] as const) {
      const scripts = scriptsOf(path, text);
      assert.equal(scripts?.text.length, text.length, path);
      assert.deepEqual(scripts?.text.match(/\r?\n/g), text.match(/\r?\n/g), path);
      const { coverage } = analyzeFile({ path, text }, options).findings;
      assert.equal(coverage.state, 'full', path);
    }
    assert.equal(scriptsOf('a.ts', 'let a'), undefined);
    assert.equal(scriptsOf('d.vue', '<script type="text/x-template">let</script>')?.text.trim(), '');
    for (const type of ['"module"', "'module'", 'module', '"text/javascript"', '""'])
      assert.equal(scriptsOf('d.vue', `<script type=${type}>let a;</script>`)?.text.trim(), 'let a;', type);
  });
  it('are read, unless something says otherwise', () => {
    assert.equal(classifyFile('src/A.vue', '<template></template>'), null);
    assert.equal(classifyFile('node_modules/a/A.svelte', '<p></p>'), 'vendored');
  });
  it('tell of what a component of options leaves', () => {
    assert.deepEqual(
      told(
        `<template>
  <p>{{ width }}</p>
</template>

<script>
export default {
  data: () => ({ width: 0 }),
  mounted() {
    window.addEventListener('resize', this.measure);
  },
  methods: { measure() { this.width = window.innerWidth; } },
};
</script>
`,
        'src/Chart.vue',
      ),
      ['listener/dom-event-listener 9'],
    );
  });
  it('tell of what a script leaves that runs for each instance', () => {
    const script = `
import { onMounted, ref } from 'vue';
const now = ref(Date.now());
onMounted(() => {
  document.addEventListener('visibilitychange', tick);
});
const timer = setInterval(tick, 1000);
function tick() { now.value = Date.now(); }
`;
    for (const tag of ['<script setup>', '<script setup lang="ts">', '<script lang="ts" setup>'])
      assert.deepEqual(
        told(`${tag}${script}</script>\n<template><p>{{ now }}</p></template>\n`, 'src/Clock.vue'),
        ['listener/dom-event-listener 5', 'listener/interval 7'],
        tag,
      );
    assert.deepEqual(
      told(
        `<script>
  import { onMount } from 'svelte';
  let now = Date.now();
  onMount(() => {
    const timer = setInterval(() => { now = Date.now(); }, 1000);
  });
</script>

<p>{now}</p>
`,
        'src/Clock.svelte',
      ),
      ['listener/interval 5'],
    );
  });
  it('are silent on what ends with its instance', () => {
    const safe: Readonly<Record<string, string>> = {
      'removed.vue': `<script setup>
import { onBeforeUnmount, onMounted } from 'vue';
onMounted(() => window.addEventListener('resize', measure));
onBeforeUnmount(() => window.removeEventListener('resize', measure));
function measure() {}
</script>`,
      'cleared.vue': `<script setup lang="ts">
import { onUnmounted } from 'vue';
const timer: number = window.setInterval(tick, 1000);
onUnmounted(() => clearInterval(timer));
function tick(): void {}
</script>`,
      'ofInstance.vue': `<script setup>
const seen = new Map();
defineExpose({ remember(id, row) { seen.set(id, row); } });
</script>`,
      'returned.svelte': `<script>
  import { onMount } from 'svelte';
  onMount(() => {
    const timer = setInterval(() => {}, 1000);
    return () => clearInterval(timer);
  });
</script>`,
      'destroyed.svelte': `<script lang="ts">
  import { onDestroy } from 'svelte';
  import { prices } from './stores';
  let last: number;
  const stop = prices.subscribe((value) => { last = value; });
  onDestroy(stop);
</script>
<p>{last}</p>`,
      'cacheOfInstance.svelte': `<script>
  const rows = [];
  export function add(row) { rows.push(row); }
</script>`,
    };
    for (const [path, code] of Object.entries(safe)) assert.deepEqual(told(code, path), [], path);
  });
  it('are silent on the root of an application, of which there is one', () => {
    const set = `<script setup>
import { onMounted } from 'vue';
window.addEventListener('online', () => {});
onMounted(() => window.addEventListener('resize', () => {}));
</script>`;
    assert.equal(told(set, 'src/Panel.vue').length, 2);
    for (const path of ['src/App.vue', 'src/components/BaseApp.vue', 'app.vue', 'src/routes/+layout.svelte'])
      assert.deepEqual(told(path.endsWith('.vue') ? set : set.replace(' setup', ''), path), [], path);
    const plain = `<script>
export default { mounted() { window.addEventListener('resize', () => {}); } };
</script>`;
    assert.equal(told(plain, 'src/Panel.vue').length, 1);
    assert.deepEqual(told(plain, 'src/App.vue'), []);
  });
  it('tell of a module script that all instances share', () => {
    assert.deepEqual(
      told(
        `<script context="module">
  const pages = new Map();
  export function load(url) {
    if (!pages.has(url)) pages.set(url, fetch(url));
    return pages.get(url);
  }
</script>
<p></p>`,
        'src/Page.svelte',
      ),
      ['cache/map-without-eviction 4'],
    );
  });
  it('are mended where they stand', () => {
    const text = `<template><p></p></template>
<script>
export default {
  mounted() {
    window.addEventListener('resize', this.measure);
  },
  beforeUnmount() {
    this.gone = true;
  },
  methods: { measure() {} },
};
</script>
`;
    const { findings } = analyzeFile({ path: 'src/Chart.vue', text }, options).findings;
    const [fix] = findings[0]?.fixes ?? [];
    assert.ok(fix);
    const mended = applyEdits(text, fix.edits);
    assert.match(mended, /<script>[\s\S]*removeEventListener\('resize', this\.measure\)[\s\S]*<\/script>/);
  });
});
