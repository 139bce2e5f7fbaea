/** Names of events: what comes once, rarely, at the beginning or at the end. */

/** `onDidChange`, `onWillSave`: methods that take a handler of an event by their name alone. */
export function isEventMethod(name: string): boolean {
  return /^on(?:Did|Will)[A-Z]/.test(name);
}

/** `onMessage`, `onDidChange`: members that by their name are an event, which takes handlers. */
export function isEventMember(name: string): boolean {
  return /^on[A-Z]\w*$/.test(name);
}

/** Events by which a page tells what a person does: `click`, `onKeyDown`. */
export function isByHandEvent(name: string): boolean {
  return /^(?:on)?(?:(?:dbl|double|aux)?click|contextmenu|key(?:down|up|press)|submit|paste|copy|cut|drop)$/i.test(
    name,
  );
}

/** Events that come a few times in a session: somebody changes a setting, a provider registers itself. */
export function isRareEvent(name: string): boolean {
  return /^on(?:Did|Will)?(?:Change|Update)?\w*(?:Configurations?|Settings?|Preferences?|Options|Themes?|Profiles?|Locale|Languages?|Trust|Folders|FolderRepositories|Workspaces?Trust|Keybindings?|Keymap|Permissions?|Optimized|Capabilit(?:y|ies)(?:Type)?|Fullscreen|FullScreen)(?:Changed?)?$|^on(?:Did|Will)(?:Register|Unregister|Install|Uninstall|(?:Open|Close|Add|Remove)\w*Repositor(?:y|ies)$)|^(?:languagechange|orientationchange|fullscreenchange|localechange|themechange|configuration-changed|theme-changed|settings-changed|second-instance|activate|webglcontext(?:lost|restored))$/.test(
    name,
  );
}

/** Events that come once, when something is there, or once in the life of the worker of an extension. */
export function isReadyEvent(name: string): boolean {
  return /^on(?:(?:Did|Will)(?:Initiali[sz]e|BecomeReady|Bootstrap)|Installed|Startup)$/.test(name);
}

/** Events of a program's own that by their name tell of its start: `initFinished`, `onBuilt`. They hardly come twice. */
export function tellsOfStart(name: string): boolean {
  return /(?:^|[a-z\d_:.-])(?:[iI]nit(?:iali[sz]ed)?|[iI]nit-?[fF]inished|[sS]tart-?[uU]p(?:-?[eE]rror)?|[bB]oot(?:ed|strapped)?|[bB]uilt|[iI]nstalled)$/.test(
    name,
  );
}

/** Events that come at most once per page or process. */
export const oneShotEvents: ReadonlySet<string> = new Set([
  'DOMContentLoaded',
  'load',
  'onload',
  'pageshow',
  'loaded',
  'deviceready',
  'ready',
  'listening',
  'will-finish-launching',
  'beforeunload',
  'pagehide',
  'unload',
  'exit',
  'beforeExit',
]);

/** Events of the page or the process, signals included, after which there is none any more. */
export function tellsOfProgramEnd(event: string, on = 'window'): boolean {
  return on === 'process'
    ? /^(?:beforeExit|exit|SIG(?:INT|TERM|HUP))$/.test(event)
    : /^(?:window|self|globalThis|document|\$\(window\))$/.test(on) && /^(?:beforeunload|pagehide|unload)$/.test(event);
}

/** `registration.installing`: a worker that goes from one state to the next, and to none again. */
export function goesForwardOnly(part: string, event: string): boolean {
  return event === 'statechange' && /^(?:installing|waiting)$/.test(part);
}

/**
 * `onRegisteredSW`: handlers that are called once for what they are given to. Others register what comes again: users, devices.
 * @param around what the handler is given, and to whom, as it is written
 */
export function isToldOnce(handler: string, around: string): boolean {
  return handler === 'onRegisteredSW' || (handler === 'onRegistered' && /worker|\bpwa\b|SW\b|\bsw\b/i.test(around));
}

/** Does an object tell by this event that what it was made for is done: `request.onsuccess`? */
export function tellsOutcome(event: string): boolean {
  return /^(?:success|upgradeneeded|blocked|loadend|complete)$/.test(event);
}

/** Does a call of this name have the outcome told again, of the next: `cursor.continue()`? */
export function asksForNext(name: string): boolean {
  return /^(?:continue|advance)(?:PrimaryKey)?$/.test(name);
}

/** Events that come when something is over, however it went. */
export const endEvents: ReadonlySet<string> = new Set([
  'close',
  'closed',
  'end',
  'ended',
  'exit',
  'finish',
  'loadend',
  'disconnect',
  'disconnected',
]);

/** Events, or properties for their handlers, by which an object tells that it is over: what is opened then takes its place. */
export function tellsThatOver(event: string): boolean {
  return /^(?:on)?(?:close|end|finish|exit|loadend)$/.test(event);
}

/** `pickerClosed`, `upload:end`: the end of what is waited for, by its last word. It comes whatever else has come. */
export function comesAtLast(event: string): boolean {
  return /(?:^|[^A-Za-z])(?:(?:close|end|dismiss|finish|exit)(?:e?d)?|hidden)$|(?:(?:Close|End|Dismiss|Finish|Exit)(?:e?d)?|Hidden)$/.test(
    event,
  );
}

/** Events that come when something can be worked with from now on. */
export const openEvents: ReadonlySet<string> = new Set([
  'open',
  'ready',
  'listening',
  'online',
  'spawn',
  'connect',
  'connected',
  'secureConnect',
  'load',
]);

/** Events by which a connection tells that it has failed or is closed. */
export function tellsOfOwnEnd(event: string): boolean {
  return event === 'error' || event === 'close';
}

/** `onOpen`, `connect`, `session`: names of what comes once for each connection or loading. */
export function isBeginning(name: string): boolean {
  return /^(?:on)?(?:open|connect(?:ed|ion)?|ready|load(?:ed)?|listening|spawn|start(?:ed)?|session)$/i.test(name);
}

/** Names of events, handlers and methods that tell that something is over, or went wrong. */
export function tellsOfEnd(name: string): boolean {
  return /clos|end(?:ed)?$|exit|finish|complet|disconnect|error|fail|terminat|died|dead|lost|gone|stopp?ed|settle|abort|cancel|timeout|expire|destroy|dispos|unsubscrib|remov|logout|leave/i.test(
    name,
  );
}

/** Events that come when a gesture is over: whoever began something with it ends it now, or never. */
export function endsGesture(event: string): boolean {
  return /^(?:mouseup|pointerup|pointercancel|touchend|touchcancel|dragend|lostpointercapture|mspointerup)$/i.test(
    event,
  );
}

/** Events of a hand at a device, or of an animation: what has begun with one is followed by its end. */
export function isOfHandOrAnimation(event: string): boolean {
  return /^(?:ms)?(?:mouse|pointer|touch|key|drag|gesture|transition|animation|wheel)/i.test(event);
}

/** Events, or properties for their handlers, by which somebody does something with a page by hand, one at a time. */
export function isGesture(event: string): boolean {
  return /^(?:on)?(?:drop|paste|submit|click|dblclick|contextmenu)$/i.test(event);
}
