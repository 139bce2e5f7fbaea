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

/** So do `ssubscribe` and `sunsubscribe`, `doShowMenu` and `doHideMenu`: what stands before and behind is the same. */
export function areOppositeWithin(begin: string, end: string): boolean {
  const [first = '', second = ''] = [begin, end].map((name) => name.toLowerCase());
  return opposites.some(([one, other]) => {
    const [at, by] = [first.indexOf(one), second.indexOf(other)];
    const before = first.slice(0, at);
    return (
      at >= 0 &&
      at === by &&
      before === second.slice(0, by) &&
      first.slice(at + one.length) === second.slice(by + other.length)
    );
  });
}

/** Do two events tell of a beginning and of its end: `viewshow` and `viewbeforehide`, `session:open` and `session:close`? */
export function areOppositeEvents(begin: string, end: string): boolean {
  const [first, second] = [begin, end].map((event) => event.toLowerCase().replace(/before|after|will|did/g, ''));
  return opposites.some(
    ([one, other]) =>
      first?.endsWith(one) === true &&
      second?.endsWith(other) === true &&
      first.slice(0, -one.length) === second.slice(0, -other.length),
  );
}

/** Functions whose name says, anywhere in it, that they take back what another began: `eUnSubscribeEvent`, `busOff`. */
export function takesBack(name: string): boolean {
  return /un_?(?:subscribe|register|listen|watch|observe|bind|hook)|remove|detach|[a-z]Off\b|^off\b/i.test(name);
}
