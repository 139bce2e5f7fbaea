/** Methods that add and remove handlers, and functions that take or wrap one. */

export const listenMethods: ReadonlySet<string> = new Set([
  'addEventListener',
  'on',
  'once',
  'addListener',
  'prependListener',
  'attachEvent',
  'bind',
  'subscribe',
  'prependOnceListener',
]);

/** Does a method of this name take its handler off when the event has come? */
export function listensOnce(name: string): boolean {
  return /^(?:once|prependOnceListener)$/.test(name);
}

/** Does a method of this name give nothing by which the handler could be removed? */
export function givesNoHandle(name: string): boolean {
  return name === 'addEventListener';
}

/** Does who is given the same handler twice by a method of this name keep it once? */
export function keepsOneOfEach(name: string): boolean {
  return name === 'addEventListener';
}

/** Is the method called like the event whose handler it takes: `$(window).mouseup(fn)`? */
export function listensByEvent(name: string): boolean {
  return /^(?:(?:mouse|key|pointer|touch)[a-z]+|(?:dbl)?click|scroll|resize|blur|focus|change|submit|ready)$/.test(
    name,
  );
}

export const unlistenMethods: ReadonlySet<string> = new Set(['removeEventListener', 'off', 'removeListener', 'un']);

/** Is it a method that adds or removes one handler? */
export function addsOrRemoves(name: string): boolean {
  return listenMethods.has(name) || unlistenMethods.has(name);
}

/** Take all handlers away, or all of the event that is the argument. */
export const removesAll: ReadonlySet<string> = new Set(['removeAllListeners']);

/** By its name it takes off whatever there is: `removeAllEvents`, `unwatchAll`. */
export function removesEach(name: string): boolean {
  return /^(?:remove|off|un|clear|detach)\w*All(?:[A-Z]\w*)?$/.test(name);
}

/** Functions of a program's own that take a handler off, by their name. */
export function removesByName(name: string): boolean {
  return /^(?:remove|detach|unbind)\w*(?:Listener|Handler)[A-Z]\w*$/.test(name);
}

/** Does a call of this name tell those who listen, or ask for them? */
export function tellsListeners(name: string): boolean {
  return /^(?:emit|dispatch|trigger|fire|send|post|publish|notify|has|is|listeners?|get)/i.test(name);
}

/** Calls that keep their function argument and run it on each request, message or event. */
export const handlerCalls: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'use',
  'all',
  'route',
  'createServer',
  'handle',
  'watch',
  'registerCommand',
  'onMessage',
  'process',
  'consume',
  'observe',
  'onDidChange',
  'subscribe',
  'resource',
  'tool',
  'command',
  'schedule',
  'scheduleJob',
  'addHook',
]);

/** Makes a server of the function that it is given for each request or connection. */
export function makesServer(name: string): boolean {
  return /^create(?:Secure|Http|Https|Tcp)?Server$/i.test(name);
}

/** Functions that register what their caller gives them, by their name. */
export const registrarNames = /^(?:on[A-Z]|add\w*Listener$|subscribe|listen|observe|watch|register)/;

/** Does a function of this name give a new function around the one that it is given? */
export function wrapsHandler(name: string): boolean {
  return /^(?:raf|frame|leading|trailing)?_?(?:debounce|throttle|once|partial|curry|unary|wrap|batch)(?:d|r|ByRaf|Raf|Fn|Function|Handler|Callback|Frame|Listener)?$/i.test(
    name,
  );
}

/** Members of objects that handle events: `handleEvent`, `onChange`. */
export function isHandling(name: string): boolean {
  return /^(?:handle|on)(?:[A-Z]\w*)?$/.test(name);
}

/** Properties that take a handler of an end: `socket.onclose = …`. */
export function hearsOfEnd(name: string): boolean {
  return /^on(?:close|end)$/.test(name);
}

/** `socket.onclose = null`, `socket.removeAllListeners()`: a handler is put in the place of another, or taken off. */
export function setsOrTakesHandler(name: string): boolean {
  return /^on[a-z]+$|^(?:off|remove\w*|unsubscribe\w*|detach\w*)$/.test(name);
}
