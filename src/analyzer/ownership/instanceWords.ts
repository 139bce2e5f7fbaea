/** Names that carry a convention about who ends an instance. */

/** Methods by which an owner of disposables is given one, by convention. */
export function keepsForDisposal(name: string): boolean {
  return /^_?(?:register|addDisposable|own|autoDispose|disposeWith|toDispose)s?$/.test(name);
}

/** Functions that are given something to keep, by their name. */
export function takesOver(name: string): boolean {
  return /^_?(?:push|add|set|unshift|register|attach|append|insert|mount|track|own|use|connect|install)(?:[A-Z]\w*)?$/.test(
    name,
  );
}

/** Names under which objects are ended as a whole. */
export const wholeEnds: readonly string[] = [
  'dispose',
  'destroy',
  'close',
  'stop',
  'end',
  'terminate',
  'disconnect',
  'shutdown',
  'teardown',
  'cleanup',
  'release',
  'free',
  'cancel',
  'abort',
  'kill',
  'unmount',
  'detach',
  'unload',
  'remove',
  'delete',
  'disposeAsync',
  'destroyRecursive',
  'disposeInternal',
  '[Symbol.dispose]',
  '[Symbol.asyncDispose]',
];

/** Members that others set from outside. */
export const inputDecorators = /^(?:Input|Prop|property|api|Attribute)\b/;

/** Methods that end a connection, a process or the like; what has one is more than memory. */
export const closes: readonly string[] = ['close', 'terminate', 'kill', 'quit', 'shutdown', 'disconnect', 'destroy'];

/** Names of what is gone with its last reference, though it has a `close` or `destroy`. */
export const plainMemory =
  /Emitter|Subject|Stream|Transform|PassThrough|Buffer|Observer$|Controller$|TokenSource$|Queue$|Map$|Set$|Cache$/;

/** Methods by which a class ends what it was given when it subscribed to something of unknown type. */
export const subscriptionEnds: readonly string[] = ['dispose', 'unsubscribe', 'remove', 'off', '[Symbol.dispose]'];
