/** Names that say what a collection, a class or a function is for: conventions of the community, no API. */
import { ownCopy } from '../detached';

/** Classes that live as long as the program, by their name. */
const serviceNames =
  /(?:Manager|Service|ServiceImpl|Server|Registry|Store|Broker|Hub|Gateway|Router|Tracker|Monitor|Collector|Orchestrator|Coordinator|Scheduler|Supervisor|Daemon|Bot|Dispatcher|Balancer|Limiter|Throttler|Pool|Cluster|Proxy|Telemetry|Analytics|Logger|Metrics|Watcher|Repository|Plugin|Extension|Backend|Delegate|DelegateImpl|ManagerImpl|Engine|Cache|Middleware)$/;

export function isServiceName(name: string): boolean {
  return serviceNames.test(name);
}

/** `register`, `define`, `use`: fills a table once for each thing the program has, not for each thing that happens. */
const registering =
  /^_*#?(?:register|define|declare|use(?![A-Z])|use\w*(?:Plugin|Extension|Middleware|Module)|install|provide|contribute|configure|setup|init|initialize|load|import|extend|plug|bind|attach|mount|compile|build|parse|with|set[A-Z]\w*(?:Handler|Factory|Resolver|Provider)|add[A-Z]?\w*(?:Handler|Provider|Factory|Rule|Plugin|Command|Route|Middleware|Converter|Parser|Filter|Option|Resolver|Contribution|Extension|Type|Schema|Definition|Reporter|Transport|Alias|Migration|Field|Column|Test|Hook))/;

export function isRegistering(name: string): boolean {
  return registering.test(name);
}

/** Sets of what has been seen once: they answer `is it new?` for ever. */
const seenNames =
  /^#?_*[a-z]?(?:seen|processed|handled|sent|notified|delivered|visited|known|received|published|reported|warned|logged|alerted|announced|complained)/i;

export function isSeenName(name: string): boolean {
  return seenNames.test(bare(name)) || /(?:^ever|Ever)(?:[A-Z]|$)/.test(bare(name));
}

/** Sets of what has failed or was turned down. */
export function namesRefused(name: string): boolean {
  return /^(?:[fF]ail(?:ed|ing)|[rR]ejected|[rR]efused|[dD]enied|[dD]eclined|[bB]locked|[bB]anned|[iI]gnored|[dD]ismissed|[iI]nvalid|[bB]roken|[bB]ad|[mM]issing|[uU]nsupported|[uU]nreachable)(?![a-z])/.test(
    bare(name).replace(/^_+/, ''),
  );
}

const queueNames = /(?:queue|backlog|outbox|outgoing|pending|jobs|tasks|retries|toSend|unsent|batch|buffer)s?$/i;

/** `entitiesToRemove`, `toDestroy`: what is to be done with each is done once. */
const workNames =
  /(?:^t|[a-z]T)o(?:Remove|Delete|Add|Destroy|Dispose|Process|Flush|Update|Unload|Load|Close|Create|Spawn|Kill|Notify|Sync|Handle|Cancel|Abort|Send|Save)$/;

export function isQueueName(name: string): boolean {
  return queueNames.test(bare(name)) || workNames.test(bare(name));
}

/** Lists that record what happened. */
const recordNames =
  /(?:histor(?:y|ies)|logs?|log_?entries|events?|metrics|samples|usages?|timings|measurements|messages|requests|responses|latencies|durations|errors|records|transactions|audit\w*|activit(?:y|ies)|snapshots|notifications|alerts|traces|violations)$/i;

export function isRecordName(name: string): boolean {
  return recordNames.test(bare(name));
}

/** Lists of what a page shows for a while, or has been told. */
export function isNoticeName(name: string): boolean {
  return /(?:toasts?|snack(?:bar)?s?|notices|notifications|alerts|logs?|lines|events|errors|warnings|breadcrumbs|frames|samples|ticks|readings|history|feed|activit(?:y|ies))$/i.test(
    name,
  );
}

const recordingVerbs =
  /^_*#?(?:record|log|track|report|capture|observe|measure|emit|audit|trace|note|notify|handle|process|receive|on[A-Z])/;

export function isRecording(name: string): boolean {
  return recordingVerbs.test(name);
}

/** What is told: one of them names by a member of its own what another one was. */
export function isMessageName(name: string): boolean {
  return /(?:message|msg|event|evt|packet|response|reply|answer|data|frame|payload|notification|params|args|options|opts|result|item|entry|record|row|props|state|this|change|action|command)$|^e$|^ev$|^m$/i.test(
    name,
  );
}

/** Members that name another thing than their own: `replyTo`, `parentId`, `previous`. */
export function isRelationName(name: string): boolean {
  return (
    /parent|reply|correl|ref|target|source|prev|old|orig|owner|next|from|last|value/i.test(name) ||
    /^to(?:Id)?$|To$/.test(name)
  );
}

/** Calls that make one spelling of many: `toLowerCase`, `path.resolve`, `encodeURIComponent`, `keyFor`. */
export function isUniformer(name: string): boolean {
  return /^(?:to(?:Locale)?(?:Lower|Upper)Case|trim|normali[sz]e\w*|canonical\w*|sanitize\w*|resolve|encodeURIComponent|encodeURI|stringify|hash\w*|digest|(?:to|make|get|build|create|compute)?(?:cache)?Key(?:For|Of|From)?|slugify|basename|\w+ToKey|\w*keyOf)$/i.test(
    name,
  );
}

/** Calls that may take something out of what they are given, or keep it. */
export function changesArgument(name: string): boolean {
  return /remove|delete|pull|drop|clear|drain|flush|prune|trim|evict|clean|splice|shift|pop|take|consume|dequeue|dispose|destroy|release|close|end|set|bind|attach|register|create|new|wrap|proxy|observ|assign|merge|use|add|update|process|apply/i.test(
    name,
  );
}

/** `flush`, `drainQueue`: hands on what has come together, and begins anew. */
export function isFlushing(name: string): boolean {
  return /^_*#?(?:flush|drain|sendAll|sendBatch|uploadBatch|submitBatch|processQueue|processBatch)/.test(name);
}

/** Functions that take a listener for good or until it is taken back. */
const subscribing =
  /^_*#?(?:subscribe|addListener|addEventListener|listen|addObserver|observe|addSubscriber|onChange|onUpdate|addCallback|addChangeListener|watch)$/;

export function isSubscribing(name: string): boolean {
  return subscribing.test(name);
}

const disposerNames =
  /(?:disposables?|toDispose\w*|subscriptions?|unsubscribes?|unsubscribers?|cleanups?|teardowns?|unlisteners?|disposers?|removers?)$/i;

export function isDisposerName(name: string): boolean {
  return disposerNames.test(bare(name));
}

/** `this.#pending`, `state.pending`, `this[kPending]`, `pending.value` → `pending`. */
function bare(name: string): string {
  return name
    .replace(/\.(?:value|current)$/, '')
    .replace(/^\w+\./, '')
    .replace(/^\w+\[(?:\w+\.)?(?:k(?=[A-Z]))?(\w+)\]$/, '$1');
}

/** Classes of things that come and go themselves: one per session, request or document. */
export function isShortLivedName(name: string): boolean {
  return /(?:Model|State|Session|Conversation|Chat|Room|Game|Request|Response|Context|Batch|Builder|Parser|Visitor|Result|Index|Graph|Snapshot|Report|Event|Message|Transaction|Job|Task|Document|View|Widget|Item|Node|Record|Entity|Map|Set|List|Table|Collection|Group|Test|Mock|Fake|Stub)$/.test(
    name,
  );
}

/** Lists of what each caller is given, and has for a while. */
export function isCallersName(name: string): boolean {
  return /(?:listener|subscriber|subscription|observer|watcher|client|session|socket|connection|iterator|stream|cursor|channel|consumer|reader|worker|job|task|request|transaction)s_?$/i.test(
    name,
  );
}

/** Tables that count or hold per client, whatever their key is called: `buckets`, `attempts`, `sessions`. */
export function isPerClientName(name: string): boolean {
  return /(?:rate_?limits?|limits|buckets|attempts|cooldowns|sessions|throttles?|inflight|in_flight|requestCounts|requestStore|rateLimitMap|rateLimitStore)$/i.test(
    bare(name),
  );
}

/** Tables of work: what waits, runs or is to be done. */
export function isWorkName(name: string): boolean {
  return /pending|queue|in_?flight|running|dirty|timers?$|timeouts?$|waiting|scheduled|locks?$|loading|active/i.test(
    bare(name),
  );
}

/** Events by which a piece of work tells that it has failed. */
export function isFailureEvent(name: string): boolean {
  return /(?:fail(?:ed|ure)?|error(?:ed)?|abort(?:ed)?|cancel(?:l?ed)?|time(?:d_?)?-?out|reject(?:ed)?|dropped|expired|lost)$/i.test(
    name,
  );
}

/** Events by which a piece of work tells that it is done; `close` and `end` come after a failure, too. */
export function isDoneEvent(name: string): boolean {
  return /(?:finish(?:ed)?|complete[d]?|success|succeeded|done|response|result|loaded|fulfilled|uploaded|delivered)$/i.test(
    name,
  );
}

/** Calls that stop a timer they are given. */
export function isTimerStop(name: string): boolean {
  return /^clear(?:Timeout|Interval|Immediate)$/.test(name);
}

/** Timers that fire once, and have fired then. */
export function isOneTimer(name: string): boolean {
  return /^set(?:Timeout|Immediate)$/.test(name);
}

/** Calls whose promise only waits, and does not reject. */
export function isWait(name: string): boolean {
  return /^(?:sleep|delay|wait|pause|timeout|setTimeout|allSettled|nextTick|tick|catch)$/i.test(name);
}

/** `defer()`, `new Deferred()`, `Promise.withResolvers()`: a promise together with what settles it. */
export function isDeferredMaker(name: string): boolean {
  return /^(?:defer|(?:get|create|make|new)?Deferred(?:Promise)?|withResolvers|pDefer)$/.test(name);
}

/** Methods of a deferred that settle its promise. */
export function settles(method: string): boolean {
  return method === 'resolve' || method === 'reject';
}

/** Tables of what waits for an answer. */
export function isAnswerName(name: string): boolean {
  return /(?:acks|callbacks|pending\w*|requests|replies|promises|resolvers|deferreds|waiting\w*|in_?flight\w*|outstanding\w*)$/i.test(
    bare(name),
  );
}

/** `onclose`, `handleDisconnect`: a method that is told that a connection is gone. */
export function isLossName(name: string): boolean {
  return /^_*#?(?:on|handle)_?(?:socket|connection|ws|transport|stream|channel|child|process|worker|server)?_?(?:closed?|disconnect(?:ed|ion)?|lost|exit(?:ed)?|death|died|crash(?:ed)?)$/i.test(
    name,
  );
}

/** `onExit`, `handleCrash`: told of the end of a process rather than of a connection. */
export function isEndOfProcessName(name: string): boolean {
  return /exit|death|died|crash/i.test(name);
}

/** Events by which who waits is told to give up. */
export function isGivingUp(name: string): boolean {
  return /^(?:abort(?:ed)?|timeout|cancel(?:led)?)$/i.test(name);
}

/** Events by which a connection or a process tells that it is gone. */
export function isLossEvent(name: string): boolean {
  return /^(?:closed?|exit|disconnect(?:ed)?|end)$/.test(name);
}

/** `connect`, `open`, `respawn`: makes a connection or process, and another one after it. */
export function isConnectName(name: string): boolean {
  return /^_*#?(?:re)?(?:connect|open|spawn|start|fork|launch)$/i.test(name);
}

/** `stopSending`, `closeSession`, `removeUser`: ends one thing, which its parameter names. */
export function isEndingName(name: string): boolean {
  return /^_*#?(?:on|handle)?_?(?:stop|close|end|destroy|dispose|remove|delete|unsubscribe|unregister|disconnect|kill|terminate|leave|detach|drop|teardown)(?:[A-Z_]\w*)?$/i.test(
    name,
  );
}

/** `finishJob`, `onClose`: by its name comes when one thing is over for good. A mark is taken off by `remove`, too. */
export function namesEndOfItem(name: string): boolean {
  return /^_*#?(?:on|handle)?_?(?:finish|complete|close|destroy|dispose|terminate|kill|disconnect)(?:e?d)?(?:[A-Z_]\w*)?$/i.test(
    name,
  );
}

/** Methods that keep what they are given until the whole owner ends. */
export function isOwnedByCall(name: string): boolean {
  return /^_*#?(?:_register|registerDisposable|addDisposable|trackDisposable|addSubscription)$/.test(name);
}

/** Registers what a user may ask for. */
export function isCommandCall(name: string): boolean {
  return /^(?:register|add)\w*Command$/.test(name);
}

/** First words of functions that add something. */
const adding =
  /^(?:add|append|push|insert|register|subscribe|listen|observe|watch|track|attach|bind|mount|open|connect|start|begin|create|join|enter|acquire|retain|lock|set|put|on|use|install|activate|enable|link|hook|hold|mark|select|make|store|save|keep|schedule|request|load|pin|lease|expect|show|reserve|borrow)$/;

/** First words of functions that remove something. */
const ending =
  /^(?:remove|delete|unregister|deregister|unsubscribe|unlisten|unobserve|unwatch|untrack|detach|unbind|unmount|close|release|unlock|drop|off|unset|uninstall|unlink|unhook|unmark|unpin|deselect|destroy|dispose|forget|discard|evict|purge)$/;

/** Names that were taken apart: each is asked for by many, and files use the same ones. */
const taken = new Map<string, readonly [string, string]>();
const mostTaken = 5_000;

/** `addSession` → `add`, `session`. */
function verbAndNoun(name: string): readonly [string, string] {
  let parts = taken.get(name);
  if (!parts) {
    const own = ownCopy(name);
    const [, verb = '', noun = ''] = /^[_#]*(?:(?:on|handle|do)(?=[A-Z]))?([A-Z]?[a-z]*)(.*)$/.exec(own) ?? [];
    parts = [verb.toLowerCase(), singular(noun)];
    if (taken.size >= mostTaken) taken.clear();
    taken.set(own, parts);
  }
  return parts;
}

export function isAdding(name: string): boolean {
  return adding.test(verbAndNoun(name)[0]) || /^_*on[A-Z]/.test(name);
}

/** What `addSession` adds: `session`; nothing for `add`. */
export function addedNoun(name: string): string | undefined {
  const [verb, noun] = verbAndNoun(name);
  return adding.test(verb) ? noun : undefined;
}

/** What `removeSession` ends: `session`; nothing for `remove`; undefined for what ends nothing. */
export function endedNoun(name: string): string | undefined {
  const [verb, noun] = verbAndNoun(name);
  return ending.test(verb) ? noun : undefined;
}

/** `remove`, `off`, `unregister`: takes back what was added, and does no more than that. */
export function isRemoving(name: string): boolean {
  return !/^(?:destroy|dispose|close|purge|unmount)$/.test(verbAndNoun(name)[0]);
}

/** Takes all out when somebody says so. */
export function isClearing(name: string): boolean {
  return /^(?:clear|reset|empty|flush|init|initialize|start|setup)$/.test(verbAndNoun(name)[0]) || /All$/.test(name);
}

/** What a table holds, by its name: `session` for `this._sessionsById`. */
export function tableNoun(name: string): string {
  return singular(bare(name).replace(/(?:Map|Set|List|Registry|Table)$/, ''));
}

function singular(noun: string): string {
  return noun
    .replace(/[_$]/g, '')
    .replace(/(?:By|For|From|To|In|With|Per)(?=[A-Z]).*$/, '')
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1')
    .toLowerCase();
}

/** `() => void`, `Disposable`: what is given back to end something. */
export function isCleanUpType(type: string): boolean {
  return /^\(\) *=> *(?:void|boolean|undefined)$|Dispos|Unsub|Clean|Teardown|Subscription|Remove|Unlisten/i.test(type);
}

/** Events by which a thing tells that it is over. */
export function isEndEvent(name: string): boolean {
  return /^@?_?(?:closed?|end(?:ed)?|disconnect(?:ed)?|exit|finish(?:ed)?|destroy(?:ed)?|dispose[d]?|terminated?|leave|aborted?|expired?|done|completed?|remove[d]?)$/i.test(
    name,
  );
}

/** Events and hooks of the end of a whole server, page or process. */
export function isEndOfAll(name: string): boolean {
  return /^(?:on)?(?:pre|before|app)?(?:close|exit|shutdown|quit|unload|destroy|dispose|stop)$|^SIG[A-Z]+$|^(?:will-quit|onModuleDestroy)$/i.test(
    name,
  );
}

/** Events by which a stream tells that all has been read or written; they come once. */
export function isStreamEnd(name: string): boolean {
  return name === 'end' || name === 'finish';
}

/** Events by which a stream gives what it has, part by part. */
export function isPartEvent(name: string): boolean {
  return name === 'data' || name === 'readable' || name === 'line';
}

/** Does a condition ask whether something is there to work with by now: `!this.isOpen`, `socket.readyState`? */
export function asksReadiness(text: string): boolean {
  return /ready|open|connect|initiali[sz]|loaded|started|mounted|attached/i.test(text);
}

/** Functions that empty what they name, and mean to do it again and again. */
export function isEmptying(name: string): boolean {
  return /^_*#?(?:reset|clear|empty|flush|clean|purge|discard)/.test(name);
}

/** What a program is set up with: the keys that come from it are as many as somebody has written down. */
export function isSetupName(name: string): boolean {
  return /^(?:\w*(?:options?|opts|config(?:uration)?s?|settings?|preferences|env|defaults|manifest|args|arguments)|props)$/i.test(
    name,
  );
}

/** Calls that tell others of an end, or end something more. */
export function isTelling(name: string): boolean {
  return /^(?:emit|fire|dispatch\w*|next|resolve|reject|abort|on[A-Z]\w*|remove\w*|delete\w*|destroy\w*|dispose\w*|clean\w*|close\w*|disconnect|kill|stop\w*|end\w*|unregister\w*|\w*[dD]one|cb|callback)$/.test(
    name,
  );
}

/** What a handler of an end calls so that it does not come. */
export function preventsEnd(name: string): boolean {
  return name === 'preventDefault';
}

/** Members by which a thing tells its end: `onDidClose`, `closed`, `afterClosed`. */
export function isEndSignal(name: string): boolean {
  return /^(?:(?:on|after|once)(?:Did|Will|Was)?(?:Close|Dispose|Destroy|End|Exit|Disconnect|Dismiss|Finish|Complete)(?:d|ed)?|closed|ended|disposed|destroyed|finished|dismissed|exited)\$?$/.test(
    name,
  );
}

/** Events by which a server tells of somebody new. */
export function isArrivalEvent(name: string): boolean {
  return /^(?:connect(?:ion|ed)?|session|client|socket|peer|join(?:ed)?|open|secureConnection|stream)$/.test(name);
}

/** Events that by their name tell of something that was not there before. */
export function tellsOfNew(name: string): boolean {
  return /^(?:new|created?|add(?:ed)?|spawn(?:ed)?|opened|started)(?:[A-Z_:-]|$)|(?:[a-z]|[_:-])(?:Created?|Added|Spawned|Opened|Started|created|added|spawned|:(?:new|create|add|spawn|open|start))$/.test(
    name,
  );
}

/** `onDidOpenDocument`: methods that take a handler of an event by which a host tells of something new. */
export function opensSomething(method: string): boolean {
  return /^on_?(?:Did|Will)?_?(?:Open|Create|Add|Start|Connect|Spawn|New)(?:[A-Z_]|$)/i.test(method);
}

/** Flags of what is over, and not of what is done with success and kept. */
export function isEndFlag(name: string): boolean {
  return /^(?:is|was|has)?_?(?:dismissed|closed|removed|deleted|destroyed|disposed|expired|ended|dead|gone|disconnected|cancell?ed|aborted|hidden|evicted|discarded|finished|settled|terminated|left)$/i.test(
    name,
  );
}

/** Tables of what goes on just now. */
export function isWaitingName(name: string): boolean {
  return /^(?:pending|in_?flight|running|ongoing|currently|processing|loading|waiting|outstanding)|(?:pending|in_?flight|ongoing|in_?progress|running)$/i.test(
    bare(name).replace(/^_+/, ''),
  );
}

/** Events by which somebody outside sends something. */
export function isOutsideEvent(name: string): boolean {
  return /^(?:request|message\w*|data|packet|connection|upgrade|interaction\w*|command)$/i.test(name);
}

/** Methods that take the handler of what somebody outside sends. */
export function takesFromOutside(method: string): boolean {
  return /^(?:get|post|put|patch|delete|use|all|process|consume|handle|onMessage|onRequest)$/i.test(method);
}

/** `onClick`: properties of an element that take a handler. */
export function isHandlerProperty(name: string): boolean {
  return /^on[A-Z]/.test(name);
}

/** Tables of promises, functions and what else holds on to more than itself. */
export function isHoldingName(name: string): boolean {
  return /(?:promises?|deferreds?|resolvers?|callbacks?|handlers?|listeners?|requests|sockets|clients|connections|sessions|contexts|workers|streams|buffers|blobs|images|documents)(?:By\w+|Map)?$/i.test(
    bare(name),
  );
}

/** Members that are a number, a flag, a time or a short text. */
export const smallMembers =
  /^(?:id|_id|key|name|type|kind|length|size|count|index|version|title|label|url|uri|path|fsPath|fileName|uuid|hash|timestamp|time|date|enabled)$|(?:Id|ID|Key|Name|Type|Count|Index|Time|Date|At|Url|Path|Hash|Timestamp|Address|Version|_id|_key|_name)$/;

/** What a page or a program loads once, and cannot give back: scripts, style sheets, fonts, modules. */
export function isLoadedForGood(name: string): boolean {
  return /(?:scripts?|css|js|style_?sheets?|styles|modules?|librar(?:y|ies)|fonts?|wasm|sdks?|chunks?|bundles?)(?:_?(?:cache|promises?|loaders?|tasks?|map|urls?|by_?\w+))*$/i.test(
    name.replace(/^.*\./, ''),
  );
}

/** Methods that end what goes on, of what may go on again. */
export function isStopping(name: string): boolean {
  return /^_*#?(?:stop|pause|leave|exit|disable)(?:[A-Z]\w*)?$/.test(name);
}

/** Methods that begin what a `stop` ends, and may begin it again. */
export function isStarting(name: string): boolean {
  return /^_*#?(?:re)?(?:start|begin|resume|enter|enable|play)(?:[A-Z]\w*)?$/.test(name);
}

/** Makers of elements, and what they are told to make, that load something for good. */
export function makesLoader(maker: string, what: string): boolean {
  return maker === 'createElement' && /^(?:script|link)$/.test(what);
}

/** Calls that give a number, a flag, a time, a short text, or the name of a timer. */
export function isSmallCall(name: string): boolean {
  return /^(?:now|getTime|valueOf|toISOString|toString|toFixed|String|Number|Boolean|parseInt|parseFloat|toLowerCase|toUpperCase|trim|setTimeout|setInterval)$/.test(
    name,
  );
}

/** Does an expression make something that there was never before: of the time, of chance, by counting? */
export function makesFresh(text: string): boolean {
  return /\b(?:now|random|randomUUID|randomBytes|nanoid|uuid\w*|(?:make|next|new|generate|create|allocate|gen)\w*Id)\(|\+\+/.test(
    text,
  );
}

/** Does an expression look something up: `table.get(key)`? */
export function looksUp(text: string): boolean {
  return /\.(?:get|find)\(/.test(text);
}

/** `getListeners`, `findAll`: functions that by their name only give something. */
export function namesAsking(name: string): boolean {
  return /^_*(?:get|find|list|all|select|query)(?:[A-Z]\w*)?$/.test(name);
}

/** First words of functions that load something. */
export function isLoading(name: string): boolean {
  return /load|require|import|inject/i.test(name);
}
