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

/** Does an object that is ended end what a method of this name has given it? */
export function loadsGiven(name: string): boolean {
  return takesOver(name) || /^_?(?:load|plug|include|activate|extend|enable)(?:[A-Z]\w*)?$/.test(name);
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
  /Emitter|Subject|Stream|Transform|PassThrough|Buffer|Observer$|Controller$|TokenSource$|Queue$|Map$|Set$|Cache$|^Collection$/;

/** Methods by which a class ends what it was given when it subscribed to something of unknown type. */
export const subscriptionEnds: readonly string[] = ['dispose', 'unsubscribe', 'remove', 'off', '[Symbol.dispose]'];

/** Names of classes, and of what functions make, that nearly everybody ends who keeps one: counted over many programs. */
const endedNouns =
  /(?:^|[a-z0-9_$])(?:Connections?|Sessions?|Transports?|(?:Web)?Sockets?|WebSocketStream|Servers?|Pools?|Watchers?|Workers?|Subscriptions?|Timers?|Observers?|Channels?|Agents?|Charts?|Engine|Recorder|Scope|Disposables?|DisposableStore|Listener|Player|Editor|Process|Terminal|Scheduler|Monitor|Poller|Database(?:Sync)?|Consumer|Producer|Cluster|Tunnel|Overlay(?:Ref)?|Handler|Registration|FocusTrap)$/;

/** Of a library, an instance of a class of this name mostly has to be ended. */
export function isEndedClass(name: string): boolean {
  return endedNouns.test(name) || /(?:^|[a-z0-9_$])Managers?$/.test(name);
}

/** What a call of a function of this name makes mostly has to be ended. */
export function isEndedProduct(name: string): boolean {
  return endedNouns.test(name);
}

const endedFields =
  /(?:^|[a-z0-9_$])(?:[wW]s|[sS]ocket|[cC]onn(?:ection)?|[wW]atcher|[wW]orker|[sS]ession|[cC]hart|[eE]ditor|[pP]layer|[sS]erver|[pP]ool|[dD]river|[cC]hannel|[pP]rocess|[tT]unnel|[oO]verlayRef|[dD]isposables?|[sS]ubscriptions?|[fF]ocusTrap)$/;

/** Fields of this name mostly hold what has to be ended. */
export function isEndedField(name: string): boolean {
  return endedFields.test(name);
}

/** Fields that hold the means to end something. */
export function isDisposableField(name: string): boolean {
  return /(?:[dD]isposables?|[sS]ubscriptions?|[a-z]Sub)$/.test(name);
}

/** Classes of such names are memory, whatever the field is called that keeps one. */
export const plainClasses =
  /^(?:Map|Set|Weak(?:Map|Set|Ref)|Array|Object|Date|Promise|Proxy|DataView|URL|RegExp|FormData|Headers)$|(?:Array|Event)$/;

/** Functions that hand out what is there already. */
export function isLookup(name: string): boolean {
  return /^(?:get|find|inject)/.test(name);
}

/** Makers of old style, which do not say `create`; what they make has to say by its name that it is ended. */
export function isTerseMaker(name: string): boolean {
  return /^(?:init|edit|driver|open|new[A-Z].*)$/.test(name);
}

/** Calls that configure what they are called on and give it back. */
export function isConfiguring(name: string): boolean {
  return /^(?:with|set|skip|use)[A-Z]/.test(name);
}

/** Functions that open something by their name alone. */
export function isOpener(name: string): boolean {
  return /^(?:spawn|fork|connect(?:[A-Z]\w*)?|launch|watch)$/.test(name);
}

/** A method that ends one thing, and says nothing else. */
export const singleEnds =
  /^(?:close|dispose|destroy|terminate|release|quit|shutdown|kill|disconnect|free|stop|unsubscribe|disposeAsync)$/;

/** Calls in a teardown that read or tell, and end nothing. */
export function isNoEndOfIt(name: string): boolean {
  return /^(?:get|is|has|add|emit|to[A-Z]|child|current|on$|once$|set[A-Z])/.test(name);
}

/** Classes and functions that keep what they are given, or hand it on. */
export function mayKeep(name: string): boolean {
  return /dispos|collection|store|scope|group|bag|composite|list|from|regist|wrap|assign|resolve|^(?:then|next|callback|cb|done)$/i.test(
    name,
  );
}

/** Classes that run something once more, or hand on what others tell: left alone, they do so at most once, or for nobody. */
export function passesOn(maker: string): boolean {
  return /(?:Scheduler|Debouncer|Throttler|Delayer|Relay|Multiplexer|Emitter)$/.test(maker);
}
