import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'listener/scope-helper-after-await',
  [
    {
      name: 'a clean-up of a mount hook behind an await',
      path: 'src/chart.tsx',
      code: `import { onCleanup, onMount } from 'solid-js';
export function Chart(props) {
  onMount(async () => {
    const series = await props.load();
    onCleanup(() => series.close()); // leak listener/scope-helper-after-await
  });
  return <div />;
}`,
    },
    {
      name: 'a clean-up in what a component loads, and behind a promise',
      path: 'src/live.ts',
      code: `import { onCleanup } from 'solid-js';
export function createLive(open) {
  open().then((live) => {
    onCleanup(() => live.close()); // leak listener/scope-helper-after-await
  });
}`,
    },
    {
      name: 'a clean-up behind an await',
      code: `import { onUnmounted } from 'vue';
export async function useFeed(open) {
  const feed = await open();
  onUnmounted(() => feed.close()); // leak listener/scope-helper-after-await
  return feed;
}`,
    },
    {
      name: 'a listener behind an await of a function of the composable',
      code: `import { ref } from 'vue';
import { useEventListener } from '@vueuse/core';
export function useAccess(ask) {
  const state = ref();
  let status;
  const query = async () => {
    status = await ask();
    useEventListener(status, 'change', () => { state.value = status.state; }); // leak listener/scope-helper-after-await
  };
  query();
  return state;
}`,
    },
    {
      name: 'a watcher of a store in a continuation',
      code: `import { watch } from 'vue';
import { store } from './store';
export function useDraft(load, save) {
  load().then(() => {
    watch(() => store.draft, save); // leak listener/scope-helper-after-await
  });
}`,
    },
    {
      name: 'the set-up of a component',
      code: `import { defineComponent, onBeforeUnmount } from 'vue';
export default defineComponent({
  async setup() {
    const port = await connect();
    onBeforeUnmount(() => port.close()); // leak listener/scope-helper-after-await
    return { port };
  },
});`,
    },
  ],
  [
    {
      name: 'behind a wait of the script itself, which its compiler bridges',
      path: 'src/Storage.vue',
      code: `<script setup>
import { onUnmounted } from 'vue';
import { open } from './storage';
const feed = await open();
onUnmounted(() => feed.close());
</script>`,
    },
    {
      name: 'before the wait',
      code: `import { onUnmounted } from 'vue';
export async function useFeed(open) {
  let feed;
  onUnmounted(() => feed?.close());
  feed = await open();
  return feed;
}`,
    },
    {
      name: 'a watcher of what the composable made',
      code: `import { ref, watch } from 'vue';
export function useDraft(load, save) {
  const draft = ref('');
  load().then(() => {
    watch(draft, save);
  });
  return draft;
}`,
    },
    {
      name: 'a watcher that is kept',
      code: `import { onUnmounted, watch } from 'vue';
import { store } from './store';
export function useDraft(load, save) {
  let stop;
  onUnmounted(() => stop?.());
  load().then(() => {
    stop = watch(() => store.draft, save, { deep: true });
  }, () => { throw new Error('cancelled'); });
}`,
    },
    {
      name: 'a scope that is kept',
      code: `import { getCurrentScope, onScopeDispose } from 'vue';
export function useFeed(open) {
  const scope = getCurrentScope();
  open().then((feed) => {
    scope.run(() => {
      onScopeDispose(() => feed.close());
    });
  });
}`,
    },
    {
      name: 'a hook of another framework',
      code: `import { useEventListener } from './hooks';
export async function useFeed(open) {
  const feed = await open();
  useEventListener(feed, 'change', () => {});
}`,
    },
  ],
);

samples(
  'listener/vue-watch-outside-scope',
  [
    {
      name: 'an optional call',
      code: `import { watch } from 'vue';
export function until(source) {
  let stop = null;
  return new Promise((resolve) => {
    stop = watch(source, (value) => { // leak listener/vue-watch-outside-scope
      if (value) {
        stop?.();
        resolve(value);
      }
    }, { immediate: true });
  });
}`,
    },
    {
      name: 'a call that asks first',
      code: `import { watch } from 'vue-demi';
export function until(source, done) {
  let stop;
  stop = watch(source, (value) => { // leak listener/vue-watch-outside-scope
    if (value && stop) stop();
    done(value);
  }, { deep: true, immediate: true });
}`,
    },
    {
      name: 'another way out that ends it too',
      code: `import { watch } from 'vue';
export function until(source, ms) {
  let stop;
  const found = new Promise((resolve) => {
    stop = watch([source], ([value]) => { // leak listener/vue-watch-outside-scope
      if (value) {
        stop?.();
        resolve(value);
      }
    }, { immediate: true });
  });
  return Promise.race([found, late(ms).finally(() => stop?.())]);
}`,
    },
  ],
  [
    {
      name: 'no first run at once',
      code: `import { watch } from 'vue';
export function until(source, done) {
  let stop;
  stop = watch(source, (value) => {
    stop?.();
    done(value);
  });
}`,
    },
    {
      name: 'put off to the next tick',
      code: `import { nextTick, watch } from 'vue';
export function until(source, done) {
  let stop;
  stop = watch(source, (value) => {
    if (stop) stop();
    else nextTick(() => stop?.());
    done(value);
  }, { immediate: true });
}`,
    },
    {
      name: 'called behind the assignment',
      code: `import { watch } from 'vue';
export function until(source, done) {
  let stop;
  let found = false;
  stop = watch(source, (value) => {
    found = true;
    stop?.();
    done(value);
  }, { immediate: true });
  if (found) stop();
}`,
    },
    {
      name: 'a clean-up of a mount hook before the wait',
      path: 'src/chart.tsx',
      code: `import { onCleanup, onMount } from 'solid-js';
export function Chart(props) {
  onMount(async () => {
    let series;
    onCleanup(() => series?.close());
    await props.ready();
    series = props.open();
  });
  return <div />;
}`,
    },
    {
      name: 'a clean-up of a scope that is entered again',
      path: 'src/live.ts',
      code: `import { getOwner, onCleanup, runWithOwner } from 'solid-js';
export function createLive(open) {
  const owner = getOwner();
  open().then((live) => {
    runWithOwner(owner, () => { onCleanup(() => live.close()); });
  });
}`,
    },
  ],
);

describe('waits in the script of a component', () => {
  it('leave the scope in its functions, and not in the script itself', () => {
    const code = `<script setup>
import { onUnmounted } from 'vue';
async function watchAll(open) {
  const feed = await open();
  onUnmounted(() => feed.close());
}
</script>`;
    assert.deepEqual(
      findingsOf(code, 'src/Storage.vue').map(({ kind, range }) => [kind, range.startLine]),
      [['listener/scope-helper-after-await', 4]],
    );
  });
});
