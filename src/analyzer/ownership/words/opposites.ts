/** Pairs of names that undo each other. */

const opposites: readonly (readonly [begin: string, end: string])[] = [
  ['join', 'leave'],
  ['enter', 'leave'],
  ['enter', 'exit'],
  ['open', 'close'],
  ['start', 'stop'],
  ['begin', 'end'],
  ['show', 'hide'],
  ['attach', 'detach'],
  ['enable', 'disable'],
  ['bind', 'unbind'],
  ['subscribe', 'unsubscribe'],
  ['mount', 'unmount'],
  ['connect', 'disconnect'],
  ['activate', 'deactivate'],
  ['watch', 'unwatch'],
  ['listen', 'unlisten'],
  ['observe', 'unobserve'],
  ['register', 'unregister'],
  ['install', 'uninstall'],
  ['load', 'unload'],
  ['link', 'unlink'],
  ['hook', 'unhook'],
  ['setup', 'teardown'],
  ['init', 'destroy'],
  ['init', 'dispose'],
  ['focus', 'blur'],
  ['acquire', 'release'],
  ['follow', 'unfollow'],
  ['track', 'untrack'],
];

/** Do two functions undo each other by their names: `joinRoom` and `leaveRoom`? */
export function areOpposite(begin: string, end: string): boolean {
  const [first, second] = [begin, end].map((name) => name.replace(/^[_#]+/, '').toLowerCase());
  return opposites.some(
    ([one, other]) =>
      first?.startsWith(one) === true &&
      second?.startsWith(other) === true &&
      (first.slice(one.length) === second.slice(other.length) || first === one || second === other),
  );
}

/** Functions whose name says, anywhere in it, that they take back what another began: `eUnSubscribeEvent`, `busOff`. */
export function takesBack(name: string): boolean {
  return /un_?(?:subscribe|register|listen|watch|observe|bind|hook)|remove|detach|[a-z]Off\b|^off\b/i.test(name);
}
