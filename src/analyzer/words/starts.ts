/** Names of what sets up, opens, begins or makes something. */
import { isEventMethod } from './events';
import { listenMethods } from './listeners';
import { givesEvents } from './streams';

const strictSetup =
  /^_*#?(?:init|initialize|initialise|setup|setUp|bootstrap|boot|install|configure|wire|prepare|preload|mount|activate|main|bind|attach|register|start)(?:[A-Z_0-9].*)?$/;

/** `onStart`, `onAppInit`: called once by a framework when its host starts. */
const startHook =
  /^on[A-Z]?\w*(?:Start|Started|Startup|Init|Initialized|Initialised|Ready|Activate|Activated|Activation|Boot|Launch|Prepare)$/;

/** Does the name say that it sets something up, presumably once? */
export function isSetup(name: string): boolean {
  return strictSetup.test(name) || startHook.test(name);
}

/** `onEnable`: a host calls it at its start, and again only after it has turned off what it turned on. */
export function turnsOn(name: string): boolean {
  return /^onEnabled?$/.test(name);
}

/** Methods that set the whole of an instance going, once in its life. */
export function startsWhole(name: string): boolean {
  return /^_*#?(?:init|initiali[sz]e|set[uU]p|bootstrap|boot|main|start|launch|run)$/.test(name);
}

/** `connect`, `initialize`: what an owner does before all else, and what makes nothing of the owner if it fails. */
export function setsUpOwner(name: string): boolean {
  return /^_*#?(?:connect|init|initiali[sz]e|set[uU]p|bootstrap|boot)$/.test(name);
}

export const onceEntryPoints: ReadonlySet<string> = new Set([
  'main',
  'activate',
  'bootstrap',
  'deactivate',
  'cli',
  'run_main',
  'globalSetup',
]);

/** Does a framework call the export of this name once, when the program starts, by what its file is called? */
export function isStartOfHost(name: string, path: string): boolean {
  return (
    (name === 'init' && /(?:^|\/)hooks\.server\.[cm]?[jt]s$/.test(path)) ||
    (name === 'register' && /(?:^|\/)instrumentation(?:\.node|-node)?\.[cm]?[jt]s$/.test(path))
  );
}

/** `class Worker extends BaseCommand { async run() … }` in `commands/`: a process is started for one command, and asks for that. */
export function isRunOfCommand(name: string, base: string, path: string): boolean {
  return name === 'run' && /Command$/.test(base) && /(?:^|\/)commands\//.test(path);
}

/** Exports by a name that a framework or a tool asks a file for: the default, routes, loaders, hooks of a host. */
export function isCalledByHost(name: string): boolean {
  return (
    onceEntryPoints.has(name) ||
    /^(?:default|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|(?:client)?(?:[lL]oader|[aA]ction)|load|actions|links|meta|headers|shouldRevalidate|(?:Error|Catch)Boundary|HydrateFallback|revalidate|fetch|scheduled|queue|up|down|handle\w*|handler|config|middleware|register|setup|teardown|get(?:ServerSide|Static|Initial)\w+|generate\w+|on[A-Z]\w*)$/.test(
      name,
    )
  );
}

/** `default` of `default.fetch`: the export that a host asks for, whose members it may call. */
export function exportOfHosts(name: string): string | undefined {
  const [base = '', member] = name.split('.');
  return member !== undefined && isCalledByHost(base) ? base : undefined;
}

/** Does the method open what was made, or wait until it is open: may it fail, and leave nothing open? */
export function opensIt(name: string): boolean {
  return /^(?:connect|open|listen|bind|start|launch|login|access|init|initialize|dial|asPromise)$/.test(name);
}

/** Does the name say that it opens something, once for each life of it? */
export function opens(name: string): boolean {
  return /^_*#?(?:connect|open|listen|ready|launch|login|handshake|whenReady|waitUntilReady|waitForReady|waitForOpen|waitForConnection|ensure[A-Z]|run$)/.test(
    name,
  );
}

/** Does the name say that each call makes, opens or starts something of its own? */
export function isMaking(name: string): boolean {
  return /^_*#?(?:create|make|open|connect|subscribe|watch|listen|observe|register|start|spawn|fork|launch|build|instantiate|on(?=[A-Z]|$)|add\w*Listener$)/.test(
    name,
  );
}

/** Does the name say that what the call is given is set up from scratch? */
export function setsUpAnew(name: string): boolean {
  return /^_*#?(?:new[A-Z]|create|init|render|reset|redraw|replot)/.test(name);
}

/** Does the name say that what is begun goes on until somebody ends it? */
export function goesOn(name: string): boolean {
  return listenMethods.has(name) || isEventMethod(name) || /^_*#?(?:subscribe|watch|observe|listen|follow)/i.test(name);
}

/** Does a method of this name, which is given a function, go on to call it until what it gives is used to end that? */
export function beginsSubscription(name: string): boolean {
  return (
    name !== 'bind' &&
    (goesOn(name) || givesEvents(name) || /^_*#?(?:add\w*(?:Listener|Observer|Handler)|register)$/.test(name))
  );
}

/** `restart`, `resubscribe`: what is begun once more was begun before. */
export function restarts(name: string): boolean {
  return /^_*#?(?:restart|resubscribe|rewatch|reobserve|rebind|reattach|reschedule)(?:[A-Z_].*)?$/.test(name);
}

/** Begins, opens or connects the whole of what it is called on, and may do so again. */
export function beginsAll(name: string): boolean {
  return /^_*(?:re)?(?:start|begin|resume|play|open|show|toggle|connect|listen|enable|activate|spawn|launch)$/i.test(
    name,
  );
}
