/** The forms in which a resource is released, and what a removal has to repeat. */
import type { ApiName } from './apiTypes';

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
