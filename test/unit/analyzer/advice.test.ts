/** What a finding advises, and where its trail leads: words that somebody follows. */
import assert from 'node:assert/strict';
import { hintsOf } from './expectLeaks';

const adviceOf = (code: string, path?: string): string => {
  const [finding] = hintsOf(code, path);
  assert.ok(finding, 'nothing is found');
  return finding.advice;
};
/** The steps that say what makes it run: their words, and the text that they stand at. */
const runsOf = (code: string, path?: string): readonly (readonly [string, string])[] =>
  hintsOf(code, path)
    .flatMap(({ trail }) => trail)
    .filter(({ role }) => role === 'repeats')
    .map(({ message, range }) => [message, code.slice(range.start, range.end)]);

describe('advice', () => {
  const connect = (end: string): string => `import { Client } from 'pg';
export async function connect(config) {
  const client = new Client(config);
  await client.connect();
  await client.query('select * from settings where name = $1', [config.name]);
  ${end}
}`;
  it('does not end in `finally` what is handed on where all goes well', () => {
    assert.match(adviceOf(connect('return client;')), /in a `catch` that throws the error again\.$/);
    assert.match(adviceOf(connect('await client.end();')), /in `finally`\.$/);
  });

  it('names a signal only to those who take one', () => {
    const added = (call: string): string =>
      `import { bus } from './bus';\nexport function open(view) {\n  ${call}('change', () => view.draw());\n}`;
    assert.match(adviceOf(added('document.addEventListener')), /, or pass a signal\.$/);
    assert.doesNotMatch(adviceOf(added('process.on')), /signal/);
  });

  it('tells of a handler that adds itself what was probably meant', () => {
    const drag = (undo: string): string => `export function pick(shown) {
  shown.onpointerdown = () => document.addEventListener('pointerup', onEnd);
  function onEnd() {
    document.${undo}('pointerup', onEnd);
    shown.done();
  }
}`;
    assert.match(adviceOf(drag('addEventListener')), /^Remove it/);
    const advices = hintsOf(drag('addEventListener')).map(({ advice }) => advice);
    assert.ok(
      advices.includes('The handler adds itself where it runs: probably its removal was meant.'),
      advices.join(),
    );
    assert.deepEqual(hintsOf(drag('removeEventListener')), []);
  });

  it('names what the framework has for the end of what runs the code', () => {
    const effect = `import { useEffect } from 'react';
export function Size({ show }) {
  useEffect(() => {
    window.addEventListener('resize', show);
  }, [show]);
  return <p />;
}`;
    assert.equal(adviceOf(effect, 'src/Size.tsx'), 'Remove it in a clean-up that the effect returns.');
    const mounted = `<script setup>
import { onMounted } from 'vue';
const props = defineProps(['show']);
onMounted(() => {
  window.addEventListener('resize', props.show);
});
</script>`;
    assert.equal(adviceOf(mounted, 'src/Size.vue'), 'Remove it in `onBeforeUnmount`.');
  });
});

describe('a trail', () => {
  it('shows what makes code run at what takes it, and a loop at its head', () => {
    const handler = `import { createServer } from 'node:http';
createServer().on('request', () => {
  setInterval(() => console.log('still here'), 1000);
});`;
    assert.deepEqual(runsOf(handler), [['Each `request`', 'on']]);
    const loop = `export function watchAll(names, show) {
  for (const name of names) {
    setInterval(() => show(name), 1000);
  }
}`;
    assert.deepEqual(runsOf(loop), [['In a loop, each call of exported `watchAll`', 'for (const name of names)']]);
  });

  it('shows the class for what its constructor begins', () => {
    const clock = `export class Clock {
  constructor(show) {
    setInterval(() => show(), 1000);
  }
}
export const clocks = [1, 2, 3].map((show) => new Clock(show));`;
    const [run] = runsOf(clock);
    assert.equal(run?.[1], 'Clock');
  });
});
