import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'What only a change of state takes back',
  [
    {
      name: 'a watcher of a set-up that adds and removes a listener of the page',
      path: 'src/Drawer.ts',
      code: `import { defineComponent, ref, watch } from 'vue';
export const Drawer = defineComponent({
  setup(props) {
    const open = ref(false);
    watch(open, (now) => {
      if (now) window.addEventListener('keydown', onKey); // leak listener/dom-event-listener
      else window.removeEventListener('keydown', onKey);
    });
    function onKey() {
      open.value = false;
    }
    return { open };
  },
});`,
    },
    {
      name: 'a watcher among the options of a component, which ends other things only',
      path: 'src/Field.js',
      code: `export default {
  data: () => ({ isFocused: false }),
  watch: {
    isFocused(now) {
      if (now) {
        document.addEventListener('copy', this.onCopy); // leak listener/dom-event-listener
      } else {
        document.removeEventListener('copy', this.onCopy);
      }
    },
  },
  methods: {
    onCopy() {
      this.isFocused = false;
    },
  },
};`,
    },
    {
      name: 'an interval that the watcher stops, by functions of its own',
      path: 'src/Poll.js',
      code: `import { ref, watch } from 'vue';
export default {
  setup() {
    const open = ref(false);
    const count = ref(0);
    const held = { timer: null };
    function start() {
      held.timer = setInterval(() => count.value++, 1000); // leak listener/interval
    }
    function stop() {
      clearInterval(held.timer);
    }
    watch(open, (now) => (now ? start() : stop()));
    return { open };
  },
};`,
    },
    {
      name: 'an effect without a clean-up, and a hook of updates',
      path: 'src/Menu.jsx',
      code: `import { Component, useEffect, useRef } from 'react';
export function Ticker({ open, refresh }) {
  const timer = useRef();
  useEffect(() => {
    if (open) timer.current = setInterval(refresh, 1000); // leak listener/interval
    else clearInterval(timer.current);
  }, [open]);
  return null;
}
export class Menu extends Component {
  componentDidUpdate(before) {
    if (this.props.open && !before.open) document.addEventListener('click', this.onClick); // leak listener/dom-event-listener
    else if (!this.props.open && before.open) document.removeEventListener('click', this.onClick);
  }
  onClick = () => this.setState({ clicked: true });
  render() {
    return null;
  }
}`,
    },
  ],
  [
    {
      name: 'removed when the component ends, too',
      path: 'src/Drawer.js',
      code: `import { onBeforeUnmount, ref, watch } from 'vue';
export default {
  setup() {
    const open = ref(false);
    watch(open, (now) => {
      if (now) window.addEventListener('keydown', onKey);
      else window.removeEventListener('keydown', onKey);
    });
    onBeforeUnmount(() => {
      if (!open.value) return;
      window.removeEventListener('keydown', onKey);
    });
    function onKey() {
      open.value = false;
    }
    return { open };
  },
};`,
    },
    {
      name: 'the end calls the function that the watcher calls',
      path: 'src/Poll.js',
      code: `import { onScopeDispose, ref, watch } from 'vue';
export default {
  setup() {
    const open = ref(false);
    const count = ref(0);
    let timer = null;
    function stop() {
      clearInterval(timer);
    }
    watch(open, (now) => {
      if (now) timer = setInterval(() => count.value++, 1000);
      else stop();
    });
    onScopeDispose(stop);
    return { open };
  },
};`,
    },
    {
      name: 'the handler takes itself off when its event comes',
      path: 'src/Popup.js',
      code: `import { ref, watch } from 'vue';
export default {
  setup() {
    const open = ref(false);
    watch(open, (now) => {
      if (now) document.addEventListener('click', onClick);
      else document.removeEventListener('click', onClick);
    });
    function onClick() {
      document.removeEventListener('click', onClick);
      open.value = false;
    }
    return { open };
  },
};`,
    },
    {
      name: 'a clean-up of the run, and one of the effect',
      path: 'src/Panel.jsx',
      code: `import { useEffect, useRef } from 'react';
import { ref, watch } from 'vue';
export function usePanel() {
  const open = ref(false);
  watch(open, (now, before, onCleanup) => {
    const onKey = () => (open.value = false);
    if (!now) return;
    window.addEventListener('keydown', onKey);
    onCleanup(() => window.removeEventListener('keydown', onKey));
  });
  return open;
}
export function Panel({ open, close }) {
  const timer = useRef();
  useEffect(() => {
    if (open) timer.current = setInterval(close, 1000);
    else clearInterval(timer.current);
    return () => clearInterval(timer.current);
  }, [open]);
  return null;
}`,
    },
    {
      name: 'a watcher of the only component of a page, and one of a module',
      path: 'src/App.vue',
      code: `<script setup>
import { ref, watch } from 'vue';
const open = ref(false);
watch(open, (now) => {
  if (now) window.addEventListener('keydown', onKey);
  else window.removeEventListener('keydown', onKey);
});
function onKey() {
  open.value = false;
}
</script>`,
    },
    {
      name: 'the element of the component itself',
      path: 'src/Area.js',
      code: `import { ref, watch } from 'vue';
export default {
  setup() {
    const open = ref(false);
    const area = ref(null);
    watch(open, (now) => {
      if (now) area.value.addEventListener('keydown', onKey);
      else area.value.removeEventListener('keydown', onKey);
    });
    function onKey() {
      open.value = false;
    }
    return { open };
  },
};`,
    },
  ],
);

describe('What only a change of state takes back', () => {
  const severities = (end: string): readonly string[] =>
    findingsOf(`import { onBeforeUnmount, ref, watch } from 'vue';
export default {
  setup() {
    const open = ref(false);
    watch(open, (now) => {
      if (now) window.addEventListener('keydown', onKey);
      else ${end}
    });
    function onKey() {
      open.value = false;
    }
    return { open };
  },
};`).map(({ severity }) => severity);

  it('weighs little: whether it is on at the end the watcher does not say', () =>
    assert.deepEqual(severities("window.removeEventListener('keydown', onKey);"), ['low']));
  it('weighs more where the removal matches nothing', () =>
    assert.deepEqual(severities("document.removeEventListener('keydown', onKey);"), ['high']));
});
