/** Members that tear something down, by their names: a part, the whole, for good or until the next start. */
import { teardownHooks } from './hooks';

/** Teardowns by which a framework or convention ends an object as a whole: an override stands for its base's. */
export const superTeardowns: ReadonlySet<string> = new Set([
  'dispose',
  'destroy',
  'ngOnDestroy',
  'disconnectedCallback',
  'componentWillUnmount',
  'hostDisconnected',
  '[Symbol.dispose]',
  '[Symbol.asyncDispose]',
]);

const teardownPattern =
  /^_*#?(?:do|on|un|internal)?(?:dispose|destroy|destruct|destructor|teardown|tearDown|cleanup|cleanUp|clean|unmount|unbind|unload|detach|disconnect|unregister|unsubscribe|unwatch|unlisten|shutdown|shutDown|stop|close|end|kill|terminate|release|deactivate|disable|uninstall|finalize|halt|abort|cancel|clear|reset|remove|off|quit|exit|pause|disposeInternal|free|drain|leave|hide)(?:[A-Z_].*|Async|Sync)?$/i;

/** `[kDestroy]` and `[symbols.destroy]` say what `destroy` says. */
function withoutSymbol(name: string): string {
  return name.startsWith('[') ? name.replace(/^\[(?:\w+\.)?(?:k(?=[A-Z]))?(\w+)\]$/, '$1') : name;
}

/** Is this a member that tears something down, by its name? */
export function isTeardown(name: string): boolean {
  return teardownHooks.has(name) || teardownPattern.test(withoutSymbol(name));
}

const wholeTeardown =
  /^_*#?(?:(?:on)?(?:dispose|destroy|destruct|destructor|teardown|cleanup|unmount|close)|onRemove|shutdown|terminate|deactivate|finalize|disposeInternal|stopMonitoring|stop|disconnect|end|kill|detach|unload|uninstall)(?:All|Async)?$/i;

/** Is this a member that ends the whole object (not one part of it), by its name? */
export function isWholeTeardown(name: string): boolean {
  return teardownHooks.has(name) || wholeTeardown.test(withoutSymbol(name));
}

const strictTeardown =
  /^_*#?(?:(?:on)?(?:dispose|destroy|destruct|destructor|teardown|cleanup|unmount)(?:All|Async)?|onRemove)$/i;

/** A teardown by a name that says nothing else; what counts for plain objects, whose `close` is often an API call. */
export function isStrictTeardown(name: string): boolean {
  return teardownHooks.has(name) || strictTeardown.test(name);
}

/** One that ends nothing but the whole: `cleanup` may be part of the work. */
export function isSureTeardown(name: string): boolean {
  return teardownHooks.has(name) || (strictTeardown.test(name) && !/clean/i.test(name));
}

/** `cleanup`: ends the whole, or only what some work has left. */
export function isPartOfWork(name: string): boolean {
  return isStrictTeardown(name) && !isSureTeardown(name);
}

/** A teardown after which the object is not used again (a `stop` may be followed by a start). */
export function endsForGood(name: string): boolean {
  return (
    teardownHooks.has(name) ||
    /^_*#?(?:on)?(?:dispose|destroy|destruct|destructor|teardown|cleanup|unmount|shutdown|terminate|deactivate|close|end)(?:All|Async)?$/i.test(
      name,
    )
  );
}

/** `onRemove`: the end of the whole; one that is given what is removed only where there is an `onAdd`, too. */
export function isRemovalHook(name: string): boolean {
  return /^_*#?onRemove$/i.test(name);
}

/** `remove`: takes something out, which may be what has it. */
export const selfRemoval = 'remove';

/** `onAdd`: what a host calls when it takes a thing in. */
export function isAdditionHook(name: string): boolean {
  return /^_*#?onAdd$/i.test(name);
}

/** What is disposed of or killed is over, whoever had begun it; what is stopped or closed may be begun again. */
export function endsOutright(name: string): boolean {
  return /^_*(?:dispose|destroy|terminate|kill)$/i.test(name);
}

/** `onClose`, `_onSocketDisconnected`: runs when something has ended. */
export function followsEnd(name: string): boolean {
  return /^_*on\w*(?:Close|Disconnect|End|Exit)d?$/.test(name);
}

/** `deactivate`, `disconnect`, `unmounted`: what undoes a beginning, which may come again. */
export function mayBeginAgain(name: string): boolean {
  return /^_*#?(?:on)?(?:deactivate|detach|disconnect|uninstall|(?:before)?unmount(?:ed)?)$/i.test(name);
}

/** `hide`, `pause`: what has its `show` or `resume`, and ends nothing. */
export function pauses(name: string): boolean {
  return /^_*#?(?:on|do)?(?:hide|pause|suspend|minimi[sz]e|collapse)(?![a-z])/i.test(name);
}

/** `stop` may be followed by a start, and `cleanup` be part of the work. */
export function mayNotBeLast(name: string): boolean {
  return !endsForGood(name) || /clean/i.test(name);
}

/** `stop`, `disconnect`: ends the whole, which may be started again. */
export function stopsWhole(name: string): boolean {
  return isWholeTeardown(name) || /^_*#?(?:on)?(?:leave|logout|hide|exit|stopAll|closeAll)$/i.test(name);
}

/** `unload`, `onDestroy`, `disposers`: lists and events whose functions run when the whole is over, and with nothing after it. */
export function namesLastWork(name: string): boolean {
  return /^_*(?:on)?(?:before|did|will)?(?:un-?load|dispos(?:e|al)|destroy|teardown|unmount|cleanup|shutdown|uninstall)(?:ed|rs?|s|Callbacks|Handlers|Listeners|Hooks|Functions|Fns)?$/i.test(
    name,
  );
}

/** `cleanup`, `dispose`: a function of this name ends all that came with it. */
export function ends(name: string): boolean {
  return /^(?:cleanup|cleanUp|dispose|teardown|destroy|clear|release|\[Symbol\.dispose\])$/.test(name);
}

/** `close`, `hide`: what a window or menu does between two times that it is open. */
export function isClosing(name: string): boolean {
  return /^_*#?(?:on)?(?:close|hide)$/i.test(name);
}

/** `open`, `show`: what brings back what `close` and `hide` end. */
export function isOpening(name: string): boolean {
  return /^_*#?(?:open|show|toggle|popup)$/i.test(name);
}

/** `onClose(handler)`: adds a handler of the end, and ends nothing. */
export function addsHandler(name: string, parameter: string): boolean {
  return /^_*on[A-Z]\w* (?:cb|callback|fn|handler|listener)$/.test(`${name} ${parameter}`);
}

/** Parameters that a teardown may have without being about what they name: callbacks, reasons, options. */
export function isSideParameter(name: string): boolean {
  return /^_|^(?:cb|callback|done|fn|next|resolve|reason|code|signal|force|immediate|err|error|e|ev|evt|event|opts|options|description|details?|silent|desc|had_?error|wasClean|map|\{.*\}|\[.*\])$/is.test(
    name,
  );
}
