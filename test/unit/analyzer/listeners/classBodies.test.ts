import { samples } from '../expectLeaks';

samples(
  'owners that are written as object literals',
  [
    {
      name: 'a timeout of a component’s method',
      path: 'src/clock.js',
      code: `export default {
  data() { return { shown: false }; },
  methods: {
    arm() { this.hiding = setTimeout(() => this.hide(), 5000); }, // leak listener/timeout-in-class
    hide() { this.shown = false; },
  },
  beforeUnmount() { this.log.end(); },
};`,
    },
    {
      name: 'an interval that only another method clears, of which the teardown knows nothing',
      path: 'src/clock.js',
      code: `import { defineComponent } from 'vue';
export default defineComponent({
  mounted() {
    this.timer = setInterval(() => this.tick(), 1000);
    window.addEventListener('resize', this.fit); // leak listener/dom-event-listener
  },
  methods: { tick() {}, fit() {}, stop() { clearInterval(this.timer); } },
  beforeUnmount() { this.stop(); },
});`,
    },
    {
      name: 'a timeout that a class made by a call drops',
      path: 'src/grid.js',
      code: `export const Grid = Layer.extend({
  load() {
    setTimeout(this.prune.bind(this), 2500); // hint listener/timeout-in-class
  },
  prune() { this.tiles.clear(); },
  destroy() { this.box.remove(); },
});`,
    },
  ],
  [
    {
      name: 'a timer that a method clears which the teardown calls',
      path: 'src/clock.js',
      code: `export default {
  mounted() { this.timer = setInterval(() => this.tick(), 1000); },
  methods: { tick() {}, stop() { clearInterval(this.timer); } },
  beforeDestroy() { this.stop(); },
};`,
    },
    {
      name: 'a listener that is a method and removed as one',
      path: 'src/menu.js',
      code: `export default {
  data: () => ({ open: false }),
  created() { document.addEventListener('click', this.close); },
  destroyed() { document.removeEventListener('click', this.close); },
  methods: { close() { this.open = false; } },
};`,
    },
    {
      name: 'a handler of a click that is called like an end',
      path: 'src/list.js',
      code: `export default {
  props: ['items'],
  methods: {
    later() { this.saving = setTimeout(() => this.save(), 500); },
    save() {},
    onRemove(item) { this.$emit('remove', item); },
  },
};`,
    },
    {
      name: 'a table of functions that is no class',
      path: 'src/tools.js',
      code: `const tools = $.extend({}, {
  later() { setTimeout(() => this.run(), 5000); },
  run() {},
  destroy() { this.box.remove(); },
});
module.exports = tools;`,
    },
  ],
);
