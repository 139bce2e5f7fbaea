/**
 * The catalogue's data format. An entry says *what* a resource is: how it is acquired or grown, every accepted
 * release, what owns it, how bad it is and how to explain it. The engine says *how* it is judged and knows no API.
 */
import type { Family, Severity } from '../findings';

/** An export of a module (written without `node:`) or, without `module`, a global. `name` may be dotted. */
export interface ApiName {
  readonly module?: string;
  readonly name: string;
}

/** A type the engine recognises without a checker: by annotation, constructor, producing call, or being a known global. */
export interface TypeEntry {
  readonly id: string;
  /** Annotations, constructors and base classes that name it. */
  readonly names: readonly ApiName[];
  /** Values that are it, by name: `document`, `process.stdin`. */
  readonly values?: readonly ApiName[];
  /** Calls whose result is it: `net.connect()`. */
  readonly calls?: readonly ApiName[];
  /** Methods and properties whose result is it: `server.listen()`, `child.stdout`; `of: '*'` where the name alone tells. */
  readonly members?: readonly { readonly of: string; readonly name: string; readonly call: boolean }[];
  /** Types it is a subtype of. */
  readonly is?: readonly string[];
  /** How long such a value lives where its source is not seen: `page` and `process` outlive everything. */
  readonly lives?: 'page' | 'process';
  /** Each of its `calls` gives another object: what is taken from one is not taken from the next. */
  readonly fresh?: boolean;
}

export type AcquireForm =
  /** `setInterval(…)`, `fs.openSync(…)`, `await fs.promises.open(…)`: the result (or what its promise gives) is the resource. */
  | {
      readonly form: 'call';
      readonly callee: readonly ApiName[];
      /** Position of an argument that, when given, takes the result into its care. */
      readonly ownerArgument?: number;
      /** A result that is dropped at once is meant to last. */
      readonly mayBeDropped?: boolean;
      /** It mostly ends by itself: judged only where an owner keeps it, not as a local value. */
      readonly endsByItself?: boolean;
      /** The result is a promise of the resource. */
      readonly promise?: boolean;
      /** The result is a request; the resource is what a promise that a function makes of it gives: `await promised(indexedDB.open(name))`. */
      readonly request?: boolean;
      /** It is a resource only once one of these methods is called on it: `createServer().listen()`. */
      readonly activatedBy?: readonly string[];
      /** Only with this option set to true: `createTransport({ pool: true })`. */
      readonly onlyWith?: string;
      /** Only where the argument at this position is true: `effectScope(true)`. */
      readonly whenTrue?: number;
      /** It is a resource only if this argument, or this property of it, is of the type: `createInterface({ input: process.stdin })`. */
      readonly when?: { readonly argument: number; readonly property: string; readonly ofType: string };
    }
  /** `new ResizeObserver(…)`; with `activatedBy`, only once one of these methods is called on it. */
  | {
      readonly form: 'new';
      readonly callee: readonly ApiName[];
      /** Also any other class of a module or of this file whose constructor is given what one of these calls makes: `new PricesClient(address, credentials.createInsecure())`. */
      readonly given?: readonly ApiName[];
      readonly activatedBy?: readonly string[];
      /** Only with this option set to true: `new Agent({ keepAlive: true })`. */
      readonly onlyWith?: string;
      /** Only where it is awaited: an older version of the library gives the object at once, which holds nothing. */
      readonly awaited?: boolean;
      /** How a fix writes the release of what is made so, where it differs from the kind's. */
      readonly written?: string;
    }
  /**
   * Any call by one of the names, or with `instances` any `new`, that nothing else of the catalogue describes: what it gives
   * is a resource only where the function itself releases it on some way out.
   */
  | {
      readonly form: 'convention';
      readonly method: readonly string[];
      /** Also what this parameter of the callback gets that is given last and told of an error first. */
      readonly callback?: number;
      readonly instances?: boolean;
      /** Only where the variable that keeps the result is what one of these is called on, or what a function is given. */
      readonly endedAs?: readonly string[];
      /** Only where it is waited for. */
      readonly awaited?: boolean;
      /** Methods that open what was made: one whose first call fails was never open. */
      readonly activatedBy?: readonly string[];
    }
  /** `new C()` of a class of the program, here or in another file, that has this member: `[Symbol.dispose]`. */
  | { readonly form: 'instance'; readonly member: string }
  /** `fs.open(path, (error, fd) => …)`: the resource is a parameter of the callback (last argument). */
  | { readonly form: 'callback'; readonly callee: readonly ApiName[]; readonly parameter: number }
  /** Method of a value of one of the types; the result (or what its promise gives) is the resource. */
  | {
      readonly form: 'method';
      readonly on: readonly string[];
      readonly method: readonly string[];
      readonly promise?: boolean;
      /** Also on a receiver of unknown type, where the code itself releases the result on some path. */
      readonly untyped?: boolean;
      /** With more arguments it is another call: `pool.connect(callback)`. */
      readonly maxArguments?: number;
      /** It is a resource only once one of these methods is called on it: `kafka.producer().connect()`. */
      readonly activatedBy?: readonly string[];
      /** The receiver keeps it: no leak where the receiver dies with who calls. */
      readonly outlives?: boolean;
    }
  /** `pool.getConnection((error, connection) => …)`: the resource is a parameter of the callback (last argument). */
  | {
      readonly form: 'method-callback';
      readonly on: readonly string[];
      readonly method: readonly string[];
      /** Only as a handler of these events, named by the first argument: `server.on('clientError', (error, socket) => …)`. */
      readonly events?: readonly string[];
      readonly parameter: number;
      /** A further parameter is a function that releases it: `(error, client, done)`. Who names it is trusted to call it. */
      readonly releaser?: number;
      readonly untyped?: boolean;
    }
  /**
   * Method whose name only one resource protocol uses (`onDid*`), on a receiver of any type. The one exception to
   * "resolve the receiver"; it counts only where the receiver is known to outlive the caller.
   */
  | {
      readonly form: 'distinctive';
      readonly method: readonly string[];
      readonly minArguments: number;
      readonly maxArguments: number;
    }
  /**
   * Subscription to a stream that goes on until somebody ends it: `interval(1000).pipe(…).subscribe(…)`. Real only where
   * the source is known to be endless and no step between ends it; the result is the resource.
   */
  | {
      readonly form: 'stream';
      readonly method: readonly string[];
      readonly source: StreamForm;
    }
  /**
   * Operator of a stream that keeps something subscribed which nobody can end any more: the stream before it (`keeps` is
   * `source`), or what its function gives, because it stands behind the operators that should end it (`inner`).
   */
  | {
      readonly form: 'operator';
      readonly callee: readonly ApiName[];
      readonly keeps: 'source' | 'inner';
      readonly source: StreamForm;
      /** Option that makes it let go: `{ refCount: true }`. */
      readonly unlessOption?: string;
    }
  /**
   * Registration on a value of one of the types: no result to hold, a matching removal on the same receiver releases it.
   * `oneShotEvents` come at most once; `lifecycleEvents` belong to the life of the process and are usually handled once
   * by whoever starts it.
   */
  | {
      readonly form: 'registration';
      readonly on: readonly string[];
      readonly method: readonly string[];
      readonly identity: Identity;
      /**
       * Also on a receiver of unknown type: where the `name` of the method belongs to one protocol only, or where the code
       * itself removes a handler from the same receiver (`pair`).
       */
      readonly untyped?: 'name' | 'pair';
      readonly oneShotEvents?: readonly string[];
      readonly lifecycleEvents?: readonly string[];
      /** These come only when the process or the page ends. */
      readonly lastEvents?: readonly string[];
      /** Only these events. */
      readonly events?: readonly string[];
      /** Also a receiver of unknown type whose name ends in one of these, in any case. */
      readonly named?: readonly string[];
      /** Also the first parameter of a handler of one of these events, whose type is unknown. */
      readonly handedBy?: readonly string[];
      /** How long its receivers live, whatever they are taken from; not in a handler of `ownedIn`, which is given one for good. */
      readonly lives?: { readonly as: string; readonly ownedIn: readonly string[] };
      /** The receiver removes the handler when the event comes. */
      readonly once?: boolean;
      /** After one of these events the receiver is done: what is still on it goes with it. */
      readonly terminalEvents?: readonly string[];
      /** The event tells that the work is given up; that it ends well otherwise leaves the handler. */
      readonly givesUp?: boolean;
      /** It gives a disposable that removes the handler: whoever keeps that ends it. */
      readonly disposable?: boolean;
    };

/** How a library's streams start, go on and end. */
export interface StreamForm {
  /** Types whose values are streams that go on until their owner ends them. */
  readonly types: readonly string[];
  /** Calls that start one: `interval(1000)`; `target` is the argument that it listens to, `minArguments` what makes it endless. */
  readonly starts: readonly {
    readonly callee: readonly ApiName[];
    readonly minArguments?: number;
    readonly target?: number;
  }[];
  /** Functions whose result goes on as long as one of the streams given to it: `merge(a, b)`. */
  readonly joins: readonly ApiName[];
  /** Methods that give the same stream, changed by the operators given to them: `pipe`. */
  readonly steps: readonly string[];
  /** Operators after which it ends by itself. */
  readonly endedBy: readonly ApiName[];
  /** Operators after which it ends with its owner. */
  readonly endedByOwner: readonly ApiName[];
  /** Of these, those called without arguments where the owner is made. */
  readonly endedInConstructor?: readonly ApiName[];
  /** Of these, operators that end it when the stream given to them gives a value by one of the methods. */
  readonly notified: { readonly by: readonly ApiName[]; readonly method: readonly string[] };
  /** Modules whose other operators let it go on; an operator from anywhere else is not known, and silences. */
  readonly operatorModules: readonly string[];
  /** Operators that end it by a condition, which they look at with the next value only. */
  readonly endedLate: readonly ApiName[];
  /** Members of other objects that are such streams by convention end so: `service.items$`. */
  readonly suffix?: string;
  /** In classes with one of these decorators, also other members of what the constructor is given, unless that is of a type which ends with the instance. */
  readonly injected?: { readonly decorators: readonly string[]; readonly ending: readonly ApiName[] };
}

/** What a removal must repeat to match the registration; numbers are argument positions. */
export interface Identity {
  readonly event?: number;
  readonly handler: number;
  /** Boolean, or options bag with a `capture` property. */
  readonly capture?: number;
  /** What the handler is called on; a removal must name it where the registration did. */
  readonly context?: number;
  /** Options bag with `once` and `signal`. */
  readonly options?: number;
}

export type ReleaseForm =
  /** The resource is a function that releases when it is called: `const release = await mutex.acquire()`. */
  | { readonly form: 'invoked' }
  /** `x.close()`, also optional-called, destructured, passed as a function value. */
  | {
      readonly form: 'method';
      /** The first one is what a fix writes; the others count as releases. */
      readonly method: readonly string[];
      /** How a fix writes it where it is no plain call of the first method; empty where none is certain. */
      readonly written?: string;
    }
  /** `clearInterval(x)`, `fs.closeSync(x)`: the resource is that argument. */
  | {
      readonly form: 'call';
      readonly callee: readonly ApiName[];
      readonly argument: number;
      /** Without a resource it does nothing: `clearInterval(undefined)`. */
      readonly ignoresMissing?: boolean;
      /** Further arguments that a fix writes. */
      readonly further?: string;
    }
  /** `target.removeEventListener(event, handler, capture)` on the same receiver. */
  | { readonly form: 'removal'; readonly method: readonly string[]; readonly identity: Identity }
  /** Releases everything registered on the receiver, optionally only of one event: `removeAllListeners(event?)`. */
  | { readonly form: 'whole'; readonly method: readonly string[]; readonly event?: number }
  /** A call that is given the instance, and takes off all that it has registered anywhere: `Signal.clearData(this)`. */
  | { readonly form: 'whole-owner'; readonly callee: readonly ApiName[] }
  /** A method of something else that is given the resource: `gl.deleteTexture(x)`, `pool.release(x)`. */
  | { readonly form: 'method-argument'; readonly method: readonly string[]; readonly argument: number }
  /** Passing the resource here hands it over for good: `pipeline(a, b)`, `createReadStream('', { fd })`. */
  | { readonly form: 'transfer'; readonly callee: readonly ApiName[] }
  /** Method that hands the resource (an argument) to the receiver: `source.pipe(x)`, `subscriptions.push(x)`. */
  | { readonly form: 'transfer-method'; readonly method: readonly string[] }
  /** The resource ends by itself when consumed: `for await (… of x)`. */
  | { readonly form: 'consumed' }
  /**
   * A local resource is followed to its end: `stream.on('data', …)`, `child.on('exit', …)`, or one of its members is
   * used (`child.stdout`). No release for what an owner keeps in a field.
   */
  | {
      readonly form: 'observed';
      readonly method: readonly string[];
      readonly event: readonly string[];
      readonly members?: readonly string[];
    };

/** What grows, or keeps alive, by an API rather than by a collection of the language; judged where `growth/` judges. */
export type GrowthForm =
  /** A store that grows with what is put into it unless its maker limits it: `new NodeCache()`, `memoize(fn)`. */
  | {
      readonly form: 'store';
      readonly make: 'new' | 'call';
      readonly callee: readonly ApiName[];
      /** Options that bound it. */
      readonly limits: readonly string[];
      /** Position of an argument that bounds it when given (unless it is an options bag). */
      readonly limitArgument?: number;
      /** Methods that put something in. */
      readonly puts: readonly string[];
      /** Arguments from this position on let the entry expire: `set(key, value, ttl)`. */
      readonly expiryArgument?: number;
      /** Methods and properties that take entries out, or that replace its table. */
      readonly clears: readonly string[];
      /** Position of the function whose arguments are the keys. */
      readonly keyedBy?: number;
      /** Position of the first argument that may bound it; what comes before is what it works with. */
      readonly optionsAt?: number;
      /** Filled by its library, or meant for the time of one request: nobody has to be seen putting something in. */
      readonly fills?: boolean;
    }
  /** `register(target, held)`: what is held must not be, nor reach, the target. */
  | {
      readonly form: 'pin';
      readonly on: readonly string[];
      readonly method: readonly string[];
      readonly target: number;
      readonly held: number;
    }
  /** Changes what surrounds the caller and all that runs after it; leaks where it runs for each event. */
  | { readonly form: 'ambient'; readonly on: readonly string[]; readonly method: readonly string[] }
  /** State of a component with its setter: `const [rows, setRows] = useState([])`. */
  | { readonly form: 'state'; readonly callee: readonly ApiName[] }
  /** A cell whose next content is made of the one before: `cell.update((all) => [...all, one])`. */
  | { readonly form: 'cell'; readonly callee: readonly ApiName[]; readonly updates: readonly string[] }
  /** A store made of an object with its first state and of functions that change it. */
  | { readonly form: 'reducers'; readonly callee: readonly ApiName[] }
  /** An operator that keeps something of each value of a stream, and the stream does not end. */
  | {
      readonly form: 'operator';
      readonly callee: readonly ApiName[];
      /** Position of the function that adds a value to what is kept; absent where the operator does so itself. */
      readonly fold?: number;
      /** More arguments than these, or an option of this name, bound it. */
      readonly bound?: { readonly arguments: number; readonly options: readonly string[] };
    }
  /** A registry of a library that keeps an entry per name: labels of a metric, marks of a timeline, partials of templates. */
  | {
      readonly form: 'registry';
      readonly on: readonly string[];
      readonly method: readonly string[];
      /** Position of the name, or `labels` where the values of an object literal are it; absent where each call adds one. */
      readonly key?: number | 'labels';
      /** Methods of the registry that take something out. */
      readonly removes: readonly string[];
    };

export interface KindDocumentation {
  /** What leaks, one or two sentences. */
  readonly what: string;
  /** Why it matters and what keeps it alive. */
  readonly why: string;
  readonly leaking: string;
  readonly safe: string;
  /** Accepted releases in words. */
  readonly releases: readonly string[];
}

/**
 * A resource that ends by itself after one run. It is judged by where it is armed, and each place has a kind of its own;
 * a place without one is no leak.
 */
export interface OneShot {
  /** Position of the callback, and of the delay in ms. */
  readonly callback: number;
  readonly delay?: number;
  /** Shorter delays, ms, do not matter there. */
  readonly briefBelow?: Readonly<Record<'race' | 'field' | 'mount' | 'dropped', number>>;
  /** A known delay, ms, from which one that is left armed is worth more than a hint. */
  readonly longFrom?: number;
  /** Kind of one whose callback arms itself again. */
  readonly rearm?: string;
  /** Kind of one that loses a race of promises. */
  readonly race?: string;
  /** Kind of one in a field whose owner's teardown leaves it armed. */
  readonly field?: string;
  /** Kind of one in an effect or mount hook. */
  readonly mount?: string;
}

export interface ResourceKind {
  /** `listener/interval`: the family, then the name. */
  readonly id: string;
  readonly family: Family;
  /** "interval", "DOM listener": as it stands in a sentence. */
  readonly noun: string;
  readonly title: string;
  /** Type of the resource where no class or call names it well: a field that keeps it is annotated so, where the file imports it. */
  readonly type?: ApiName;
  /** "cleared", "removed": completes "is never …"; `released` when absent. */
  readonly participle?: string;
  readonly severity: Severity;
  /** Text that must occur in a file for this kind to be possible (prefilter). Every spelling that can fire. */
  readonly words: readonly string[];
  /** Member of what is read that says that nothing is left: whoever reads on until then need not release. */
  readonly finishedBy?: string;
  /** What another file says of a class may make it possible in any text. */
  readonly isLinked?: boolean;
  /** Where no word is rare enough: it is also possible in a text that matches each pattern of one of these groups. */
  readonly patterns?: readonly (readonly RegExp[])[];
  readonly acquire: readonly AcquireForm[];
  readonly release: readonly ReleaseForm[];
  /**
   * What keeps the acquired resource alive when nobody releases it:
   * `runtime` (timers, sockets, descriptors), `receiver` (a listener lives as long as its source), `nothing` (only dropped values).
   */
  readonly heldBy: 'runtime' | 'receiver' | 'nothing';
  /** Methods that return the resource itself: `setInterval(…).unref()`. */
  readonly fluent?: readonly string[];
  /** Events of its own after which it is open as before, although such an event mostly ends what it comes from: `error`. */
  readonly survives?: readonly string[];
  /** What runs in it may end it when its work is done: that somebody ends it after a failure tells nothing of success. */
  readonly endsAlone?: boolean;
  /** Outside of production code it is meant so: a test that fails, a script that stops. */
  readonly productionOnly?: boolean;
  /** Methods that begin one wherever an effect ends what another call of the same method gave. */
  readonly siblings?: readonly string[];
  /** Methods that begin one wherever an effect gives them nothing but a function of its own. */
  readonly inEffects?: readonly string[];
  /** Methods, or beginnings of their names with `*`, that take a handler and give what ends it, whatever they are called on. */
  readonly kept?: readonly string[];
  /** What a function begins for its caller, who is given what ends it. */
  readonly ended?: boolean;
  /** It goes back to a pool by a call of `back`, and lives on: kind of a listener that is left on it. */
  readonly pooled?: {
    readonly as: string;
    readonly registers: readonly string[];
    readonly removes: readonly string[];
    readonly back: readonly string[];
  };
  /** Methods of what the acquiring call gives that end it too: `request.destroy()` for the response. */
  readonly endedWith?: readonly string[];
  /** The callback that receives it must end it: nothing that the code does else tells. */
  readonly givenForGood?: boolean;
  /** Ends by itself when its owner lets go: judged only where a teardown forgets it in a field. */
  readonly onlyForgotten?: boolean;
  /** A new one in the same field does not end the one before: it runs on. */
  readonly replaceable?: boolean;
  /** Kinds of a handler of work that settles by something else: by another event of the same receiver, or by anything. */
  readonly settled?: { readonly loser: string; readonly unmet: string };
  /** An unreleased local value is judged on every path (handles), not only by whether any release exists. */
  readonly pathSensitive?: boolean;
  readonly oneShot?: OneShot;
  /**
   * What only uses it and does not take it over: properties it is assigned to (`image.src = url`), methods and functions
   * it is passed to.
   */
  readonly sinks?: {
    readonly properties?: readonly string[];
    readonly methods?: readonly string[];
    readonly calls?: readonly ApiName[];
    /** Every call that it is an argument of, or part of one. */
    readonly arguments?: boolean;
    /** Methods of what it is assigned to that take it up, and the time, ms, after which it may go: `link.click()`. */
    readonly taken?: { readonly by: readonly string[]; readonly ms: number };
    /**
     * Views only show it and cannot release it: markup that sets one of the properties, the state of a component
     * (`const [url, setUrl] = useState()`), values made for a render (`useMemo(() => …)`), longer texts, readers of a getter.
     */
    readonly view?: { readonly states: readonly ApiName[]; readonly memos: readonly ApiName[] };
  };
  /** It may be an end of a pipe; kind of the finding when the other end is gone first and nothing closes this one. */
  readonly piped?: {
    readonly as: string;
    readonly end: 'source' | 'sink';
    /** Only where the other end is of one of the types, or its name ends so: what comes over the network may be cut off. */
    readonly from?: { readonly types: readonly string[]; readonly named: readonly string[] };
  };
  /** It ends by itself: only what its pipes and timeouts leave open is judged. */
  readonly endsByItself?: boolean;
  /** One that nothing ends is no matter of paths: it may be meant to last as long as the page, or belong to whoever is given it. */
  readonly mayLast?: boolean;
  /** The option, or method, that makes it emit the event when nothing comes for so long, and ends nothing. */
  readonly idle?: {
    readonly option: string;
    readonly method: readonly string[];
    readonly event: string;
    /** It may be meant to stay idle: only a handler that gives the work up, and leaves it open, is wrong. */
    readonly onlyGivenUp?: boolean;
  };
  /** A stream that is made of a source: the callback that asks the source for more, how, and the one that should end it. */
  readonly forwards?: {
    /** Classes that make one; those of the program that extend one do, too. */
    readonly made: readonly ApiName[];
    readonly more: string;
    readonly end: string;
    readonly asks: readonly string[];
    readonly ends: readonly string[];
    /** An object that is such a source itself, by a member whose name has the mark: it asks and is ended by these. */
    readonly alike: { readonly mark: string; readonly more: string; readonly end: string };
  };
  /** Two streams that are piped into each other: neither is ended when the other is gone otherwise than by its end. */
  readonly pairs?: boolean;
  /** Two statements of which the second is passed over when what runs between them fails. */
  readonly brackets?: boolean;
  /** What is wrong with a released one: `twice`, when it is released again; `use`, when it is used again. Kinds of the findings. */
  readonly afterRelease?: { readonly twice?: string; readonly use?: string };
  /** Methods whose result is a part of the resource: whoever is given `client.db()` keeps the client. */
  readonly parts?: readonly string[];
  /** Methods of the resource that run their last argument once, when their work is done: `connection.query(sql, done)`. */
  readonly callbacks?: readonly string[];
  /** Functions that work with the resource and leave it with their caller: `fs.readSync(fd, …)`. Any other function given it takes it over. */
  readonly readers?: readonly ApiName[];
  /**
   * How far the judging of local values goes: `every` way out; the `likely` ones (returns, rejections, calls whose failure
   * is an exception); `certain`, of these all but a failure of the resource itself; or only that it is `never` released.
   */
  readonly exits?: 'every' | 'likely' | 'certain' | 'never';
  /**
   * The runtime ends it, late and with a warning, when nobody has it any more, and what is done with it hardly fails once it is
   * open: a way out on which only that fails weighs little.
   */
  readonly collected?: boolean;
  /** Kind that a finding is of when a field or module variable keeps the resource and nothing releases it. */
  readonly keptAs?: string;
  /** One for each instance that lives once per process is meant so: no hint about single instances. */
  readonly perInstance?: boolean;
  /** It may die with its owner: a leak only where a teardown, mount or event shows that it should have ended. */
  readonly needsTeardown?: boolean;
  /** Kind that a finding is of when a field is given a new one while it holds an open one. */
  readonly overwrittenAs?: string;
  /** Kind that a finding is of when each event adds one to a collection that only a teardown empties. */
  readonly repeatedAs?: string;
  /** Kind that a finding is of when the acquisition stands in the handler of another one of this kind. */
  readonly nestedAs?: string;
  /** Options of the acquiring call that end the resource: `signal`, `timeout`. */
  readonly endingOptions?: readonly string[];
  /** What its first function reads keeps it, and makes it run again; its functions are given what ends it. */
  readonly tracks?: boolean;
  /** Option of the acquiring call with whose value there is nothing to release: `{ method: 'HEAD' }`. */
  readonly emptyWith?: { readonly option: string; readonly value: string };
  /** Option of the acquiring call without which it only describes something: `knex({ client })` builds texts. */
  readonly emptyWithout?: string;
  /** One per process is the rule (database clients): in a field of a class that has no teardown it is no leak. */
  readonly mostlyShared?: boolean;
  /**
   * Who drops what the call gives, in a function that is called and belongs to nothing that ends, mostly means it to last, unless
   * the work at this position of the arguments is the caller's.
   */
  readonly mostlyLasting?: { readonly work: number };
  /**
   * Functions are given it to work with, and leave it with their caller: `save(order, { session })`. Counts only where the
   * function that acquired it also releases it; otherwise whoever is given it takes it over.
   */
  readonly lent?: boolean;
  /** A result that is dropped at once is meant so: `spawn(…)` and forget. */
  readonly mayBeDropped?: boolean;
  /** Only for the family `cache`: growth by an API. */
  readonly growth?: readonly GrowthForm[];
  readonly documentation: KindDocumentation;
}
