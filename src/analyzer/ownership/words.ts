/**
 * Names that carry a convention: life-cycle hooks, set-up and teardown methods, calls that run their callback at once.
 * Conventions of the language's community as data; no resource API is named here.
 */
import { instanceScriptName } from '../singleFile';

export const mountHooks: ReadonlySet<string> = new Set([
  'componentDidMount',
  'componentWillMount',
  'UNSAFE_componentWillMount',
  'connectedCallback',
  'hostConnected',
  'ngOnInit',
  'ngAfterViewInit',
  'ngAfterContentInit',
  'mounted',
  'created',
  'beforeMount',
  'onMount',
  'firstUpdated',
]);

/** Hooks that are given what runs when an instance is there. */
export function runsOnMount(name: string): boolean {
  return /^on(?:Before)?Mount(?:ed)?$/.test(name);
}

/** Names that a build puts a constant for, which is off in what is shipped. */
export function isDevelopmentFlag(name: string): boolean {
  return /^__(?:TEST|DEV|WATCH|DEBUG)\w*__$/.test(name);
}

/** `onMount`, `onLoad`: what an element is given for its beginning, which comes once. */
export function tellsOfBeginning(name: string): boolean {
  return /^on(?:Before)?(?:Mount|Mounted|Init|Initialized|Ready|Load|Loaded|Create|Created|Open|Opened)$/i.test(name);
}

/** Functions of a program's own that take a handler off, by their name. */
export function removesByName(name: string): boolean {
  return /^(?:remove|detach|unbind)\w*(?:Listener|Handler)[A-Z]\w*$/.test(name);
}

/** Functions that keep what they are given, or hand it on, by their name. */
export function keepsGiven(name: string): boolean {
  return /^(?:_*(?:push|add|unshift|enqueue|register|attach|append|track|own|adopt)(?:[A-Z]\w*)?|set|store|insert|put|cache|wrap|create[A-Z]\w*|resolve|callback|cb|done|next|fulfill|emit)$/.test(
    name,
  );
}

/** Calls that put a component at the root of a page. */
export function putsAtRoot(name: string): boolean {
  return /^(?:render|hydrate)(?:Root)?$/.test(name);
}

/** Does the call make an element of the component that it is given first? */
export function isElementMaker(name: string): boolean {
  return name === 'createElement' || name === 'h' || name === 'jsx';
}

export const renderHooks: ReadonlySet<string> = new Set([
  'render',
  'componentDidUpdate',
  'ngOnChanges',
  'ngDoCheck',
  'updated',
  'attributeChangedCallback',
]);

export const teardownHooks: ReadonlySet<string> = new Set([
  'componentWillUnmount',
  'disconnectedCallback',
  'hostDisconnected',
  'ngOnDestroy',
  'beforeDestroy',
  'destroyed',
  'beforeUnmount',
  'unmounted',
  'onModuleDestroy',
  'onApplicationShutdown',
  '[Symbol.dispose]',
  '[Symbol.asyncDispose]',
]);

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
  /^_*#?(?:do|on|un|internal)?(?:dispose|destroy|teardown|tearDown|cleanup|cleanUp|clean|unmount|unbind|unload|detach|disconnect|unregister|unsubscribe|unwatch|unlisten|shutdown|shutDown|stop|close|end|kill|terminate|release|deactivate|disable|uninstall|finalize|halt|abort|cancel|clear|reset|remove|off|quit|exit|pause|disposeInternal|free|drain|leave|hide)(?:[A-Z_].*|Async|Sync)?$/i;

/** `[kDestroy]` and `[symbols.destroy]` say what `destroy` says. */
function withoutSymbol(name: string): string {
  return name.startsWith('[') ? name.replace(/^\[(?:\w+\.)?(?:k(?=[A-Z]))?(\w+)\]$/, '$1') : name;
}

/** Is this a member that tears something down, by its name? */
export function isTeardown(name: string): boolean {
  return teardownHooks.has(name) || teardownPattern.test(withoutSymbol(name));
}

const wholeTeardown =
  /^_*#?(?:(?:on)?(?:dispose|destroy|teardown|cleanup|unmount|close)|onRemove|shutdown|terminate|deactivate|finalize|disposeInternal|stopMonitoring|stop|disconnect|end|kill|detach|unload|uninstall)(?:All|Async)?$/i;

/** Is this a member that ends the whole object (not one part of it), by its name? */
export function isWholeTeardown(name: string): boolean {
  return teardownHooks.has(name) || wholeTeardown.test(withoutSymbol(name));
}

/** Parameters that a teardown may have without being about what they name: callbacks, reasons, options. */
export function isSideParameter(name: string): boolean {
  return /^_|^(?:cb|callback|done|fn|next|resolve|reason|code|signal|force|immediate|err|error|e|ev|evt|event|opts|options|description|details?|silent|desc|had_?error|wasClean|map|\{.*\}|\[.*\])$/is.test(
    name,
  );
}

/** Ends something whether it wants or not. */
export function endsByForce(name: string): boolean {
  return /^_*(?:kill|terminate|forceClose|forceKill|exit)(?:[A-Z]\w*)?$/.test(name);
}

/** What such a method gives may be the object that it is called on, ready or changed. */
export function mayGiveItself(name: string): boolean {
  return /^(?:with|set|use|add|as|to|self|get|wait|when|ready|until|connect|open|start|init|load)/.test(name);
}

/** `close`, `hide`: what a window or menu does between two times that it is open. */
export function isClosing(name: string): boolean {
  return /^_*#?(?:on)?(?:close|hide)$/i.test(name);
}

export function isOpening(name: string): boolean {
  return /^_*#?(?:open|show|toggle|popup)$/i.test(name);
}

const strictSetup =
  /^_*#?(?:init|initialize|initialise|setup|setUp|bootstrap|boot|install|configure|wire|prepare|preload|mount|activate|main|bind|attach|register|start)(?:[A-Z_0-9].*)?$/;

const strictTeardown = /^_*#?(?:(?:on)?(?:dispose|destroy|teardown|cleanup|unmount)(?:All|Async)?|onRemove)$/i;

/** A teardown by a name that says nothing else; what counts for plain objects, whose `close` is often an API call. */
export function isStrictTeardown(name: string): boolean {
  return teardownHooks.has(name) || strictTeardown.test(name);
}

/** One that ends nothing but the whole: `cleanup` may be part of the work. */
export function isSureTeardown(name: string): boolean {
  return teardownHooks.has(name) || (strictTeardown.test(name) && !/clean/i.test(name));
}

/** `onStart`, `onAppInit`: called once by a framework when its host starts. */
const startHook =
  /^on[A-Z]?\w*(?:Start|Started|Startup|Init|Initialized|Initialised|Ready|Activate|Activated|Boot|Launch|Prepare)$/;

/** Does the name say that it sets something up, presumably once? */
export function isSetup(name: string): boolean {
  return strictSetup.test(name) || startHook.test(name);
}

/** Methods that set the whole of an instance going, once in its life. */
export function startsWhole(name: string): boolean {
  return /^_*#?(?:init|initiali[sz]e|set[uU]p|bootstrap|boot|main|start|launch|run)$/.test(name);
}

/** `onDidChange`, `onWillSave`: methods that take a handler of an event by their name alone. */
export function isEventMethod(name: string): boolean {
  return /^on(?:Did|Will)[A-Z]/.test(name);
}

/** Events that come a few times in a session: somebody changes a setting, a provider registers itself. */
export function isRareEvent(name: string): boolean {
  return /^on(?:Did|Will)?(?:Change|Update)?\w*(?:Configurations?|Settings?|Preferences?|Options|Themes?|Profiles?|Locale|Languages?|Trust|WorkspaceFolders|Workspaces?Trust|Keybindings?|Keymap|Permissions?|Optimized|Capabilit(?:y|ies)(?:Type)?|Fullscreen|FullScreen)(?:Changed?)?$|^on(?:Did|Will)(?:Register|Unregister|Install|Uninstall)|^(?:languagechange|orientationchange|fullscreenchange|localechange|themechange|configuration-changed|theme-changed|settings-changed)$/.test(
    name,
  );
}

/** Functions that end a part of what they are given: `destroyPlayer`, `disposeAll`, `stopTracks`. */
export function isEndingCall(name: string): boolean {
  return /^_*(?:dispose|destroy|close|end|stop|release|clean(?:up|Up)?|tear[dD]own|unload|shutdown|reset|remove|detach|kill|terminate|disconnect)(?:[A-Z_]\w*)?$/.test(
    name,
  );
}

/** `path.join`, `resolve`: the last argument names the file. */
export function joinsPath(callee: string): boolean {
  return /(?:^|\.)(?:join|resolve)$/.test(callee);
}

/** Events by which a connection tells that it has failed or is closed. */
export function tellsOfOwnEnd(event: string): boolean {
  return event === 'error' || event === 'close';
}

/** Members by which a thing says that it is over. */
export function saysOver(name: string): boolean {
  return /^_*(?:is_?)?(?:closed|closing|destroyed|disconnected|ended|killed|terminated|disposed|stopped)$/i.test(name);
}

/** `readyState` is `CLOSED` or `CLOSING`, or one of their numbers. */
export function isEndState(member: string, value: string): boolean {
  return (
    /state$/i.test(member) && /^(?:2|3|['"](?:closed|closing|ended|disconnected)['"]|.*\bCLOS(?:ED|ING))$/.test(value)
  );
}

/** Boxes that a view fills with the element of a template. */
export function isViewBox(maker: string): boolean {
  return /^(?:ref|shallowRef|useTemplateRef|templateRef)$/.test(maker);
}

/** Events that come once, when something is there. */
export function isReadyEvent(name: string): boolean {
  return /^on(?:Did|Will)(?:Initiali[sz]e|BecomeReady|Bootstrap)$/.test(name);
}

/** Names of a state that is reached once. */
export function saysDone(name: string): boolean {
  return /^_*(?:element|(?:is|was|has)?_?(?:opened|initiali[sz]ed|mounted|rendered|installed|registered|created))$/i.test(
    name,
  );
}

/** Ends a subscription, or takes it out of where it is kept. */
export function isTakingAway(name: string): boolean {
  return /^(?:dispose|unsubscribe|off|cancel|stop|delete|remove|deleteAndDispose)$/.test(name);
}

/** Functions that empty what is filled again afterwards. */
export function emptiesFirst(name: string): boolean {
  return /^_*(?:clear|empty|reset|removeAll|replaceChildren|dispose|unhook|detach)(?:[A-Z]\w*)?$/.test(name);
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

/** Events that come at most once per page or process. */
export const oneShotEvents: ReadonlySet<string> = new Set([
  'DOMContentLoaded',
  'load',
  'deviceready',
  'ready',
  'will-finish-launching',
  'beforeunload',
  'pagehide',
  'unload',
  'exit',
  'beforeExit',
]);

/** Names of flags and fields that tell whether something has come to its end, or is still there. */
export const endWords =
  /dispos|destroy|clos|abort|cancel|stop|unmount|mounted|alive|dead|connected|attached|removed|ended|finish|running|active|quit|exit|shut|terminat|state|done|_map$|^map$/i;

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

/** Does the method open what was made: may it fail, and leave nothing open? */
export function opensIt(name: string): boolean {
  return /^(?:connect|open|listen|bind|start|launch|login|access|init|initialize|dial)$/.test(name);
}

/** Fields in which a component finds what it is given from outside. */
export const givenFields: ReadonlySet<string> = new Set(['props', 'context']);

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

/** Take all handlers away, or all of the event that is the argument. */
export const removesAll: ReadonlySet<string> = new Set(['removeAllListeners']);

export const unlistenMethods: ReadonlySet<string> = new Set(['removeEventListener', 'off', 'removeListener', 'un']);

export const readyCalls: ReadonlySet<string> = new Set(['ready', 'whenReady', 'domReady', 'onReady']);

/** Calls that run the set-up they are given once for each page: stores of the whole application. */
export const storeCalls: ReadonlySet<string> = new Set(['defineStore']);

/** Calls that run their callback before they return, as often as there are elements. */
export const synchronousCallbacks: ReadonlySet<string> = new Set([
  'forEach',
  'map',
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'reduce',
  'reduceRight',
  'flatMap',
  'sort',
  'replace',
  'replaceAll',
  'from',
  'each',
  'call',
  'apply',
  'runInContext',
  'batch',
  'untracked',
  'runOutsideAngular',
  'runInInjectionContext',
  'setState',
]);

export const continuations: ReadonlySet<string> = new Set([
  'then',
  'catch',
  'finally',
  'all',
  'allSettled',
  'race',
  'nextTick',
  'queueMicrotask',
  'setImmediate',
  'whenDefined',
  'listen',
]);

/** `program.command('serve').action(…)`: a process is started for one command. */
export function isCommand(name: string, callee: () => string): boolean {
  return name === 'action' && /\.command\(/.test(callee());
}

/** A continuation of a server's start, given after its port; alone it is the handler of what is listened to. */
export function mayTakeHandler(name: string): boolean {
  return name === 'listen';
}

export const timerCalls: ReadonlySet<string> = new Set([
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
  'requestIdleCallback',
]);

/** Does the function run what it is given once, later? */
export function runsLaterOnce(name: string): boolean {
  return name === 'setTimeout' || name === 'setImmediate';
}

/** Does the function run what it is given again and again? */
export function runsAgain(name: string): boolean {
  return name === 'setInterval';
}

/** Is an instance of the class, made of nothing, kept by who has it alone? */
export function isLoneSource(className: string): boolean {
  return /(?:TokenSource|AbortController)$/.test(className);
}

/** Is what an element shows assigned by this name? */
export function isShownContent(name: string): boolean {
  return /^(?:innerHTML|innerText|textContent)$/.test(name);
}

/** Does a statement that begins so assert something? */
export function asserts(statement: string): boolean {
  return /^(?:expect|assert|should)\b/.test(statement);
}

/** Does a part of a request of this name, of something of that name, come with each request? */
export function isPartOfRequest(part: string, whole: string): boolean {
  return (
    /^(?:params|query|body|headers|cookies|pathParameters|queryStringParameters)$/.test(part) &&
    /(?:^|\.)(?:req|request|ctx|event)$/.test(whole)
  );
}

export const effectHooks: ReadonlySet<string> = new Set([
  'useEffect',
  'useLayoutEffect',
  'useInsertionEffect',
  'onMounted',
  'onMount',
  'createEffect',
  'watchEffect',
  'onBeforeMount',
  'onActivated',
  '$effect',
  'useMountEffect',
  'useEffectOnce',
  'useMount',
]);

export const memoHooks: ReadonlySet<string> = new Set([
  'useCallback',
  'useMemo',
  'memo',
  'debounce',
  'throttle',
  'useEvent',
  'useEffectEvent',
]);

export const testCalls: ReadonlySet<string> = new Set([
  'it',
  'test',
  'describe',
  'before',
  'beforeEach',
  'beforeAll',
  'after',
  'afterEach',
  'afterAll',
  'suite',
  'context',
  'bench',
  'specify',
]);

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

export const componentDecorators = /^(?:Component|Directive|Pipe|customElement)\b/;
/** Functions that register what their caller gives them, by their name. */
export const registrarNames = /^(?:on[A-Z]|add\w*Listener$|subscribe|listen|observe|watch|register)/;

/** The component at the root of a page is there once. */
export const rootComponents = /^(?:App|Root|AppRoot|Main)(?:Component)?$/;
export const singletonDecorators = /^(?:Injectable|injectable|singleton|Singleton|Module|Controller|Service)\b/;
/** Classes of which a process has one by their name: it stands for the process. */
export function isOfProcess(name: string): boolean {
  return /(?:^|[a-z])(?:Application|Main(?:Service)?|Daemon|Bootstrapper)$/.test(name);
}

/** A class whose name says nothing else than that. */
export function isProcess(name: string): boolean {
  return isOfProcess(name) && !/[a-z][A-Z]/.test(name);
}

export const singletonMembers = /^#?_*(?:instance|getInstance|INSTANCE|shared|default|get|singleton|_instance)$/;

export function isExportsObject(text: string): boolean {
  return text === 'exports' || text === 'module.exports';
}

/** Does the name say that it opens something, once for each life of it? */
export function opens(name: string): boolean {
  return /^_*#?(?:connect|open|listen|ready|launch|login|handshake|whenReady|waitUntilReady|waitForReady|waitForOpen|waitForConnection|ensure[A-Z]|run$)/.test(
    name,
  );
}

/** `req`, `request`: what is of one request ends with it. */
export function isRequest(name: string): boolean {
  return /(?:req|request|ctx|context|event)$/i.test(name);
}

/** `options`, `init`: what somebody wants, with what he gives for it. */
export function isOptions(name: string): boolean {
  return /(?:^|_)(?:options?|opts?|init|config|params?|props|settings)$|(?:Options|Opts|Init|Config|Params|Props)$/.test(
    name,
  );
}

/** `res`, `response`, `reply`: the answer to one request. */
export function isAnswer(name: string): boolean {
  return /(?:^|_)res$|Res$|response$|reply$/i.test(name);
}

/** Does the name say that it changes something, as often as asked? */
export function changes(name: string): boolean {
  return /^_*#?(?:set|update|change|refresh|restart|reconnect|schedule|apply|configure|reschedule)(?:[A-Z_].*)?$/.test(
    name,
  );
}

/** A teardown after which the object is not used again (a `stop` may be followed by a start). */
export function endsForGood(name: string): boolean {
  return (
    teardownHooks.has(name) ||
    /^_*#?(?:on)?(?:dispose|destroy|teardown|cleanup|unmount|shutdown|terminate|deactivate|close|end)(?:All|Async)?$/i.test(
      name,
    )
  );
}

/** `stop`, `disconnect`: ends the whole, which may be started again. */
export function stopsWhole(name: string): boolean {
  return isWholeTeardown(name) || /^_*#?(?:on)?(?:leave|logout|hide|exit|stopAll|closeAll)$/i.test(name);
}

/** `cleanup`, `dispose`: a function of this name ends all that came with it. */
export function ends(name: string): boolean {
  return /^(?:cleanup|cleanUp|dispose|teardown|destroy|clear|release|\[Symbol\.dispose\])$/.test(name);
}

/** Options of a component whose functions are methods of the component: `{ methods: { poll() { this.timer = … } } }`. */
/** Members of these run each time what they are named after changes. */
export const watchGroups: ReadonlySet<string> = new Set(['watch']);
export const memberGroups: ReadonlySet<string> = new Set(['methods', 'computed', 'watch']);

/** Options that tell a component's description from any other object. */
export function isComponentOption(name: string): boolean {
  return (
    mountHooks.has(name) ||
    teardownHooks.has(name) ||
    /^(?:data|props|components|template|mixins|setup|render)$/.test(name)
  );
}

/** Does a call of this name make a class of the members given to it: `Layer.extend({ … })`, `defineComponent({ … })`? */
export function makesClass(name: string, receiver: string): boolean {
  if (name === 'extend') return /^[A-Z]/.test(receiver);
  return /^(?:defineComponent|createReactClass|createClass|component|widget|declare|define)$/.test(name);
}

/** Does a call of this name take a function that ends what is around it: `onCleanup(fn)`, `onScopeDispose(fn)`? */
export function registersEnd(name: string): boolean {
  return /^(?:try)?on(?:Before)?(?:Unmount(?:ed)?|ScopeDispose|Cleanup|Destroy|Invalidate|WatcherCleanup)$/.test(name);
}

/** Methods that end the object they are called on, and nothing less. */
export function endsHeld(name: string): boolean {
  return /^(?:unsubscribe|close|destroy|dispose|disconnect|terminate|stop|remove|unlisten|unwatch|shutdown|off)$/.test(
    name,
  );
}

/** Names of what tells that a result is not wanted any more. */
export const unwantedWords = /ignore|stale|live|valid|gone|signal|current|outdated|obsolete|expired|latest|token/i;

/** Does a method of this name give a part that its object keeps, and not a new one? */
export function asksFor(name: string): boolean {
  return /^_*get[A-Z]/.test(name);
}

/** Does a function of this name give what is there already, and not something that it makes? */
export function givesShared(name: string): boolean {
  return (
    /^_*(?:safe)?get(?:[A-Z]|$)|^(?:instance|current|shared|default)(?:[A-Z]|$)/i.test(name) &&
    !/new|create/i.test(name)
  );
}

/** Does the name of a type say that there is one for all, and not one beside each who asks for it? */
export function namesService(name: string): boolean {
  return /(?:Service|Store|Bus|Manager|Registry|Dispatcher|Facade|State|Broker|Hub|Client|Dialog|Router|Intl)$/.test(
    name,
  );
}

/** Does the name tell of a work that is given up, or waited for? */
export function givesUp(name: string): boolean {
  return /signal|abort|cancel(?!Animation|Idle)|^then$|^finally$/i.test(name);
}

/** A function that runs while a scope is active: a composable, the set-up of a component. */
export function isScopeFunction(name: string): boolean {
  return name === 'setup' || name === instanceScriptName || /^use[A-Z]/.test(name);
}

export function isPromiseStep(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}

/** Methods of plain collections and of waiting work: to call them says nothing of something that has to end. */
export function isNoEnding(name: string): boolean {
  return /^(?:clear|flush|cancel|abort|delete|remove|unobserve|commit|rollback|free|reset|finish)$/.test(name);
}

/** Kinds of findings about a release that releases nothing, where what it is for is of no known kind. */
export const unreachableKinds = {
  listener: 'listener/release-unreachable',
  handle: 'handle/release-unreachable',
} as const;

/** Kinds of findings about something that is lost when the next one takes its place, where it is of no known kind. */
export const overwrittenKinds = {
  listener: 'listener/disposable-overwritten',
  handle: 'handle/handle-overwritten',
} as const;

/** Does the name say that each call makes, opens or starts something of its own? */
export function isMaking(name: string): boolean {
  return /^_*#?(?:create|make|open|connect|subscribe|watch|listen|observe|register|start|spawn|fork|launch|build|instantiate|on(?=[A-Z]|$)|add\w*Listener$)/.test(
    name,
  );
}

/** Names of what is given to one thing only: numbers, marks and handles made for it. */
export function isGivenOnce(name: string): boolean {
  return /(?:id|uuid|guid|nonce|timestamp|handle|pid|seq|sequence|counter|index|number|no|num|ref|token)$/i.test(name);
}

/** Hooks that run their function when the scope they are called in ends. */
export const unmountHooks: ReadonlySet<string> = new Set([
  'onUnmounted',
  'onBeforeUnmount',
  'onScopeDispose',
  'tryOnScopeDispose',
  'tryOnUnmounted',
  'onCleanup',
  'onDestroy',
  'useUnmount',
]);

/** Does an effect hook of this name run its function more than once, unless its dependencies say otherwise? */
export function rerunsEffect(name: string): boolean {
  return effectHooks.has(name) && !/Mount|Once|onActivated/.test(name);
}

/** Names of events, handlers and methods that tell that something is over, or went wrong. */
export function tellsOfEnd(name: string): boolean {
  return /clos|end(?:ed)?$|exit|finish|complet|disconnect|error|fail|terminat|died|dead|lost|gone|stopp?ed|settle|abort|cancel|timeout|expire|destroy|dispos|unsubscrib|remov|logout|leave/i.test(
    name,
  );
}

/** Does the name say that something else comes into the place of what was there, which need not be over? */
export function replaces(name: string): boolean {
  return /^_*#?(?:set|update|change|switch|replace|refresh|select|load)[A-Z_]/.test(name);
}

/** Does the name say that the whole is made anew: `restart`, `reload`, `switchDevice`? */
export function renews(name: string): boolean {
  return (
    replaces(name) ||
    /^_*#?(?:re(?:start|load|open|launch|create|build|init|initialize|connect|fresh|boot|spawn|mount|new|set|attach|bind|configure|render|run)|switch|change|update)(?:[A-Z_].*)?$/.test(
      name,
    )
  );
}

/** Does the name say that what works is replaced, and not that what has ended is made anew (`reconnect`)? */
export function swaps(name: string): boolean {
  return (
    replaces(name) ||
    /^_*#?(?:restart|reload|reopen|relaunch|recreate|rebuild|rotate|swap|switch|change|replace)(?:[A-Z_].*)?$/.test(
      name,
    )
  );
}

/** Methods that mostly end a registration, whatever else has them. */
export function endsRegistration(name: string): boolean {
  return /^(?:dispose|unsubscribe|unlisten|unwatch|off)$/.test(name);
}

/** Does a method of this name give events as they come, and not one answer: `onSearch()`, `watchTheme()`, `valueChanges()`? */
export function givesEvents(name: string): boolean {
  return (
    /^_*(?:on[A-Z]\w*|(?:watch|observe|listen(?:To|For)?)(?:[A-Z]\w*)?|(?:[a-z]+)?(?:[cC]hanges|[cC]hanged)|(?:[a-z]+)Change)$/.test(
      name,
    ) &&
    !/^_*(?:save|apply|commit|discard|confirm|submit|post|put|push|send|sync|fetch|get|load|find|publish|revert|undo)|^on(?:ce|First|Ready|Load|Init|Boot|Stable|Hid)/.test(
      name,
    ) &&
    // The end of one thing, not of one after the other: `onClose()`, but `onUserRemoved()` comes again.
    !(/^_*on[A-Z][a-z]*$/.test(name) && tellsOfEnd(name))
  );
}

/** `isGranted`, `hasRole`: what is asked may be answered once, or each time it changes. */
export function asksAbout(name: string): boolean {
  return /^_*(?:is|has|can)[A-Z]/.test(name);
}

/** Does the name of a type say that it is a part of the same view, which ends with who asks for it? */
export function namesPart(name: string): boolean {
  return /(?:Component|Directive|Ref|Container|Group|Form|Control|Host|Element|Parent|Panel|Item)$/.test(name);
}

/** Does a function of this name take what it is given as its own, or end it? */
export function takesOver(name: string): boolean {
  return (
    isTeardown(name) ||
    isSetup(name) ||
    isMaking(name) ||
    /regist|push|add|own|track|adopt|assign|store|keep|manage|defer|using|dispos|concat|combine|merge|from|wrap|bind|attach|with|set|use|insert|append|to[A-Z]|super|require|then|resolve|^\$/i.test(
      name,
    )
  );
}

/** Does the name say that each call shows what it is given? */
export function showsOne(name: string): boolean {
  return /^_*#?(?:show|display|add|put|present|notify|announce|report|highlight|draw|render|set|update)[A-Z_]/.test(
    name,
  );
}

/** How a component of a class changes its state, the field it is kept in, and what tells that it is one. */
export const stateSetter = 'setState';
export const stateField = 'state';
export const componentBases = /Component$/;
export const componentMembers: readonly string[] = ['render', 'componentDidMount', 'componentWillUnmount'];

/** Hooks that give a state and the function that changes it. */
export const stateHooks: ReadonlySet<string> = new Set(['useState', 'useSafeState', 'useStateSafe']);

/** Does the name say that what is begun goes on until somebody ends it? */
export function goesOn(name: string): boolean {
  return listenMethods.has(name) || isEventMethod(name) || /^_*#?(?:subscribe|watch|observe|listen|follow)/i.test(name);
}

/** `view.createComponent(Card)`: what is made lies in a container of the framework, and ends with it. */
export function makesForContainer(name: string): boolean {
  return /^create(?:Component|EmbeddedView)$/.test(name);
}

/** Does a class of this name watch what it is told to, until it is told to stop: `ResizeObserver`? */
export function observes(name: string): boolean {
  return /(?:Resize|Mutation|Intersection|Performance)Observer$/.test(name);
}

/** Does a function of this name give a stream of what several others give? */
export function joinsStreams(name: string): boolean {
  return /^(?:merge|combineLatest|zip|concat|fromEvent|defer)$/.test(name);
}

/** Does a function of this name give an object that others have, too? */
export function isInjecting(name: string): boolean {
  return /^(?:inject|resolve|use[A-Z]\w*)$/.test(name);
}

/** May a method of this name give a stream that goes on, or what has one, and not the answer to one request? */
export function mayGiveStream(name: string): boolean {
  return (
    givesEvents(name) ||
    !/^_*#?(?:get|fetch|load|save|post|put|patch|delete|remove|update|create|find|search|query|request|send|upload|download|check|validate|execute|run|submit|import|export|generate|login|logout|open|after|next|first|last|once|ready|when|wait|init|start|stop|close|confirm|call|invoke|dispatch|make|build|new|of|from)(?:[A-Z_]|$)/.test(
      name,
    )
  );
}

/** Decorators of fields that hold parts of the view. */
export function isViewQuery(text: string): boolean {
  return /^(?:View|Content)Child/.test(text);
}

export function compares(operator: string): boolean {
  return /^[!=]==?$/.test(operator);
}

/** Does a method of this name take what it is given out of a collection, and leave it as it is? */
export function takesFrom(name: string): boolean {
  return /^_*#?(?:delete|remove|un(?:register|subscribe|watch|observe|listen)|has|indexOf|emit|next|off)(?:[A-Z]\w*)?$/.test(
    name,
  );
}

/** Does a method of this name, which is given a function, go on to call it until what it gives is used to end that? */
export function beginsSubscription(name: string): boolean {
  return (
    name !== 'bind' &&
    (goesOn(name) || givesEvents(name) || /^_*#?(?:add\w*(?:Listener|Observer|Handler)|register)$/.test(name))
  );
}

export function clearsTimer(name: string): boolean {
  return /^(?:clear(?:Timeout|Interval|Immediate)|cancel(?:AnimationFrame|IdleCallback))$/.test(name);
}

/** Does a function of this name end a work, with all that it has begun? */
export function endsWork(name: string): boolean {
  return /^_*(?:clean_?up|dispose|teardown|detach|destroy|finish|finali[sz]e|settle|release|off|unsubscribe|unbind|unlisten|(?:remove|clear)(?:All)?(?:Listener|Handler)s?)(?:All|[A-Z]\w*)?$/i.test(
    name,
  );
}

/** Does a class of this name hold what has to be ended, to end it together? */
export function collectsEnds(name: string): boolean {
  return /(?:^|\.)(?:Subscription|SubSink|Set|(?:Composite)?Disposable(?:Store|Collection|Set|s)?|\w*(?:Subscriptions|Disposables))$/.test(
    name,
  );
}

/** Does a function of this name give a new function around the one that it is given? */
export function wrapsHandler(name: string): boolean {
  return /^(?:raf|frame|leading|trailing)?_?(?:debounce|throttle|once|partial|curry|unary|wrap|batch)(?:d|r|ByRaf|Raf|Fn|Function|Handler|Callback|Frame|Listener)?$/i.test(
    name,
  );
}

/** Hooks whose framework throws away what they return, by names that say nothing else. */
export function ignoresResult(name: string): boolean {
  return (mountHooks.has(name) && name !== 'onMount') || renderHooks.has(name) || teardownHooks.has(name);
}

/** Does a constructor of this name run its function at once, and keep the clean-up that it returns? */
export function takesCleanUp(name: string): boolean {
  return /^(?:\w+\.)?Observable$/.test(name);
}

/** `(req, res)`, `(ctx, next)`: the first two parameters of what answers a request. */
export function isRequestPair(first: string, second: string): boolean {
  if (/(?:^|[a-z])(?:req|[rR]equest)$/.test(first)) return /(?:^|[a-z])(?:res|resp|[rR]esponse|[rR]eply)$/.test(second);
  return /(?:ctx|[cC]ontext)$/.test(first) && /next$/.test(second);
}

/** Events that come when a gesture is over: whoever began something with it ends it now, or never. */
export function endsGesture(event: string): boolean {
  return /^(?:mouseup|pointerup|pointercancel|touchend|touchcancel|dragend|lostpointercapture|mspointerup)$/i.test(
    event,
  );
}

/** `moved`, `dragging`: how far a work has come. */
export function tellsOfProgress(name: string): boolean {
  return /mov|drag|start|began|progress|resiz|changed|dirty|active/i.test(name);
}

/** Does a call of this name settle a work: a promise's, or that of a callback? */
export function settlesWork(name: string): boolean {
  return /^(?:resolve|reject|fail|settle|complete|finish|done)$/.test(name) || isCallbackName(name);
}

export function isCallbackName(name: string): boolean {
  return /(?:^|[a-z])(?:callback|cb)$/i.test(name);
}

/** Does a method of this name ask how an element is marked just now? */
export function asksElement(name: string): boolean {
  return /^(?:hasAttribute|getAttribute|contains|matches)$/.test(name);
}

/** `restart`, `resubscribe`: what is begun once more was begun before. */
export function restarts(name: string): boolean {
  return /^_*#?(?:restart|resubscribe|rewatch|reobserve|rebind|reattach|reschedule)(?:[A-Z_].*)?$/.test(name);
}

/** `@Injectable({ scope: Scope.REQUEST })`, `@Scope(ScopeEnum.Prototype)`: a container makes one for each request, or for each who asks. */
export function makesMany(decorator: string): boolean {
  return (
    /^(?:\w*[iI]njectable|Provide|Provider|Service|Scope|scoped|Scoped)\s*\(/.test(decorator) &&
    /\b(?:REQUEST|TRANSIENT|INSTANCE|Request|Transient|Prototype|ResolutionScoped)\b|\btransient:\s*true\b/.test(
      decorator,
    )
  );
}

/** Hooks of each visit of a view that is kept, with those by which the visit is over. */
export const leaveHooks: ReadonlyMap<string, readonly string[]> = new Map([
  ['activated', ['deactivated']],
  ['onActivated', ['onDeactivated']],
  ['ionViewWillEnter', ['ionViewWillLeave', 'ionViewDidLeave']],
  ['ionViewDidEnter', ['ionViewWillLeave', 'ionViewDidLeave']],
  ['useIonViewWillEnter', ['useIonViewWillLeave', 'useIonViewDidLeave']],
  ['useIonViewDidEnter', ['useIonViewWillLeave', 'useIonViewDidLeave']],
  ['onIonViewWillEnter', ['onIonViewWillLeave', 'onIonViewDidLeave']],
  ['onIonViewDidEnter', ['onIonViewWillLeave', 'onIonViewDidLeave']],
  ['componentDidShow', ['componentDidHide']],
  ['useDidShow', ['useDidHide']],
  ['onNavigatedTo', ['onNavigatedFrom', 'onNavigatingFrom']],
  ['onPageShow', ['onPageHide']],
]);

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

/** Methods whose name says that they end something, and nothing that could be asked for. */
export function namesEnd(name: string): boolean {
  return /^(?:unsubscribe|dispose|disconnect|removeAllListeners|destroy|teardown|unlisten|unwatch|removeEventListener)$/.test(
    name,
  );
}

/** Functions whose name says, anywhere in it, that they take back what another began: `eUnSubscribeEvent`, `busOff`. */
export function takesBack(name: string): boolean {
  return /un_?(?:subscribe|register|listen|watch|observe|bind|hook)|remove|detach|[a-z]Off\b|^off\b/i.test(name);
}
