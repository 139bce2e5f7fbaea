/** The forms in which an API grows, or keeps something alive. */
import type { ApiName } from './apiTypes';

/** What grows, or keeps alive, by an API rather than by a collection of the language; judged where `growth/` judges. */
export type GrowthForm =
  /** A store that grows with what is put into it unless its maker limits it: `new NodeCache()`, `memoize(fn)`. */
  | {
      readonly form: 'store';
      readonly make: 'new' | 'call';
      readonly callee: readonly ApiName[];
      /** Options that bound it. */
      readonly limits: readonly string[];
      /** Options by which an entry goes when it is asked for and has become too old. */
      readonly ages?: readonly string[];
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
      /** The name is the text itself that is worked on: the same text is one entry. */
      readonly isText?: boolean;
      /** Methods of the registry that take something out. */
      readonly removes: readonly string[];
    };
