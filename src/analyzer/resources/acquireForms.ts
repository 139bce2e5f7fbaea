/** The forms in which a resource is acquired. */
import type { ApiName } from './apiTypes';
import type { Identity } from './releaseForms';
import type { StreamForm } from './streamForm';

export type AcquireForm =
  /** `setInterval(…)`, `fs.openSync(…)`, `await fs.promises.open(…)`: the result (or what its promise gives) is the resource. */
  | {
      readonly form: 'call';
      readonly callee: readonly ApiName[];
      /** What it gives, where the kind's noun does not fit: "chart". */
      readonly noun?: string;
      /** Position of an argument that, when given, takes the result into its care. */
      readonly ownerArgument?: number;
      /** A result that is dropped at once is meant to last. */
      readonly mayBeDropped?: boolean;
      /** Where the file has this word, a result that is dropped is given back by what it is called: `unlock(path)`. */
      readonly givenBackBy?: string;
      /** It mostly ends by itself: judged only where an owner keeps it, not as a local value. */
      readonly endsByItself?: boolean;
      /** The result is a promise of the resource. */
      readonly promise?: boolean;
      /** The result is a request; the resource is what a promise that a function makes of it gives: `await promised(indexedDB.open(name))`. */
      readonly request?: boolean;
      /** The member of the result that is a promise of the resource: `await getDocument(source).promise`. */
      readonly settledAs?: string;
      /** It is a resource only once one of these methods is called on it: `createServer().listen()`. */
      readonly activatedBy?: readonly string[];
      /** Only with this option set to true: `createTransport({ pool: true })`. */
      readonly onlyWith?: string;
      /** Only where the argument at this position is true: `effectScope(true)`. */
      readonly whenTrue?: number;
      /** Only in a file that imports modules of Node. */
      readonly inNode?: boolean;
      /** It is a resource only if this argument, or this property of it, is of the type: `createInterface({ input: process.stdin })`. */
      readonly when?: { readonly argument: number; readonly property: string; readonly ofType: string };
    }
  /** `new ResizeObserver(…)`; with `activatedBy`, only once one of these methods is called on it. */
  | {
      readonly form: 'new';
      readonly callee: readonly ApiName[];
      /** What it makes, where the kind's noun does not fit: "chart". */
      readonly noun?: string;
      /** Also any other class of a module or of this file whose constructor is given what one of these calls makes: `new PricesClient(address, credentials.createInsecure())`. */
      readonly given?: readonly ApiName[];
      readonly activatedBy?: readonly string[];
      /** Methods of it that only put what they are given into a queue, and hardly ever fail. */
      readonly queues?: readonly string[];
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
      /** The receiver keeps one and the same function once, however often it is added; so do all that know a capture flag. */
      readonly keepsOne?: boolean;
      /** It gives a disposable that removes the handler: whoever keeps that ends it. */
      readonly disposable?: boolean;
    };

/** A handler on a receiver. */
export type RegistrationForm = Extract<AcquireForm, { form: 'registration' }>;
