/** One and the same function on what keeps each function once. */
import { samples } from '../expectLeaks';

/** A script in a function of its own, which `inner` puts into another one. */
const script = (
  handler: string,
  before = '',
  outer = '',
  leak = ' // leak listener/dom-event-listener',
): string => `(function () {
  ${outer}
  window.addEventListener('hashchange', () => {
    ${before}
    window.addEventListener('keydown', ${handler}, { capture: true });${leak}
  });
})();`;
const extension = (handler: string, leak = ''): string => `function onMessage(message) {
  console.log(message);
}
window.addEventListener('hashchange', () => {
  chrome.runtime.onMessage.addListener(${handler});${leak}
});`;
const onKey = 'function onKey(event) { console.log(event); }';

samples(
  'one and the same function',
  [
    { name: 'which is made by each event', code: script('onKey', onKey) },
    { name: 'which is written where it is given', code: script('(event) => console.log(event)') },
    {
      name: 'that an emitter takes again each time',
      code: `import { EventEmitter } from 'node:events';
const hub = new EventEmitter();
function onRow(row) {
  console.log(row);
}
window.addEventListener('hashchange', () => {
  hub.on('row', onRow); // leak listener/emitter-on
});`,
    },
    {
      name: 'which is written where an event of an extension is given it',
      code: extension('(message) => onMessage(message)', ' // leak listener/shared-event'),
    },
  ],
  [
    { name: 'of a script in a function that runs once', code: script('onKey', '', onKey, '') },
    { name: 'that an event of an extension takes once', code: extension('onMessage') },
  ],
);
