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
  return oppositesWithin(begin).includes(end.toLowerCase());
}

/** All names that undo a name so, in small letters. */
export function oppositesWithin(begin: string): readonly string[] {
  const name = begin.toLowerCase();
  return opposites.flatMap(([one, other]) => {
    const at = name.indexOf(one);
    if (at < 0) return [];
    const end = name.slice(0, at) + other + name.slice(at + one.length);
    return end.indexOf(other) === at ? [end] : [];
  });
}

/**
 * All events that tell of the end of what an event begins, as {@link plainEvent} has them: `viewhide` of `viewshow`,
 * `session:close` of `session:open`.
 */
export function oppositeEvents(begin: string): readonly string[] {
  const event = plainEvent(begin);
  return opposites.flatMap(([one, other]) => (event.endsWith(one) ? [event.slice(0, -one.length) + other] : []));
}

/** An event in small letters, without whether it comes before or after what it tells of: `viewbeforehide` is `viewhide`. */
export function plainEvent(event: string): string {
  return event.toLowerCase().replace(/before|after|will|did/g, '');
}

/** Functions whose name says, anywhere in it, that they take back what another began: `eUnSubscribeEvent`, `busOff`. */
export function takesBack(name: string): boolean {
  return /un_?(?:subscribe|register|listen|watch|observe|bind|hook)|remove|detach|[a-z]Off\b|^off\b/i.test(name);
}
