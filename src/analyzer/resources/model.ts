/**
 * The catalogue's data format. An entry says *what* a resource is: how it is acquired or grown, every accepted
 * release, what owns it, how bad it is and how to explain it. The engine says *how* it is judged and knows no API.
 */
import type { Family, Severity } from '../findings/findings';
import type { AcquireForm } from './acquireForms';
import type { ApiName } from './apiTypes';
import type { GrowthForm } from './growthForms';
import type { ReleaseForm } from './releaseForms';

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
  /** Ids that it had before, the first one first: comments, severities and baselines that name one still count. */
  readonly formerly?: readonly string[];
  readonly family: Family;
  /** "interval", "DOM listener": as it stands in a sentence; a form may have a nearer one. */
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
  /** Numbers that tell that there is nothing to release, where a condition of a way out compares with one. */
  readonly emptyAt?: readonly number[];
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
  /** Methods that add a handler to whatever they are called on, by the name of an event and the handler. */
  readonly byEvent?: readonly string[];
  /** The same for those that are given nothing but the handler. */
  readonly byCall?: readonly string[];
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
  /** Others wait until it is given back. */
  readonly othersWait?: boolean;
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
  /** So is a local value that the function ends itself. */
  readonly endedHere?: boolean;
  readonly oneShot?: OneShot;
  /**
   * What only uses it and does not take it over: properties it is assigned to (`image.src = url`), methods and functions
   * it is passed to.
   */
  readonly sinks?: {
    readonly properties?: readonly string[];
    readonly methods?: readonly string[];
    readonly calls?: readonly ApiName[];
    /** Calls, by their names, that give it to another window, which may need it for as long as it is there. */
    readonly elsewhere?: readonly string[];
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
    /** Make targets that keep in memory what they are given, and neither fail nor close by themselves: `createHash('md5')`. */
    readonly keepers?: readonly ApiName[];
    /** Types of sources that never stop without an error, which ends the process where nobody listens to it. */
    readonly loud?: readonly string[];
    /** Methods that give their callback such a source: `archive.openReadStream(entry, (error, stream) => …)`. */
    readonly givers?: readonly string[];
  };
  /** It ends by itself: only what its pipes and timeouts leave open is judged. */
  readonly endsByItself?: boolean;
  /** One that nothing ends is no matter of paths: it may be meant to last as long as the page, or belong to whoever is given it. */
  readonly mayLast?: boolean;
  /** Mostly wanted as long as the page: that it may be opened once more, by a call that nobody sees, says little. */
  readonly mostlyForLife?: boolean;
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
  /** Nobody holds it and it does nothing until somebody makes use of it: an exception before that leaves it to the collector. */
  readonly inertAtFirst?: boolean;
  /** Methods of the resource that run their last argument once, when their work is done: `connection.query(sql, done)`. */
  readonly callbacks?: readonly string[];
  /**
   * What is done first with a connection that is open and ends itself when it is lost: its methods, and constant statements by
   * their first words, in capitals, with the methods that run them. They fail hardly ever but where it is lost.
   */
  readonly firstSteps?: {
    readonly methods: readonly string[];
    readonly runs: readonly string[];
    readonly statements: readonly string[];
  };
  /** Functions that work with the resource and leave it with their caller: `fs.readSync(fd, …)`. Any other function given it takes it over. */
  readonly readers?: readonly ApiName[];
  /** Option that, where it is off, says that it runs beside all else and keeps no process alive: mostly as long as the program. */
  readonly besideWithout?: string;
  /** Option of the readers among them that start something which goes on alone: mostly once for each program that starts it. */
  readonly launchedBy?: string;
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
  /** Such options that few calls have: one that is spread over the others is not taken to hold them. */
  readonly limitedBy?: readonly string[];
  /** What its first function reads keeps it, and makes it run again; its functions are given what ends it. */
  readonly tracks?: boolean;
  /** Option of the acquiring call with whose value there is nothing to release: `{ method: 'HEAD' }`. */
  readonly emptyWith?: { readonly option: string; readonly value: string };
  /** Option of the acquiring call without which it only describes something: `knex({ client })` builds texts. */
  readonly emptyWithout?: string;
  /** Calls that make what it belongs to: it is gone with that. */
  readonly goesWith?: readonly string[];
  /** It holds nothing but itself until it is given to something: a material that no mesh has is garbage. */
  readonly idleUntilGiven?: boolean;
  /** One per process is the rule (database clients): in a field of a class that has no teardown it is no leak. */
  readonly mostlyShared?: boolean;
  /**
   * Who drops what the call gives, in a function that is called and belongs to nothing that ends, mostly means it to last, unless
   * the work at this position of the arguments is the caller's.
   */
  readonly mostlyLasting?: { readonly work: number };
  /**
   * Functions are given it to work with, and leave it with their caller: `save(order, { session })`. Counts only where the
   * function that acquired it also releases it, for some kinds only behind the call; otherwise whoever is given it takes it over.
   */
  readonly lent?: true | 'endedAfter';
  /** A result that is dropped at once is meant so: `spawn(…)` and forget. */
  readonly mayBeDropped?: boolean;
  /** Only for the family `cache`: growth by an API. */
  readonly growth?: readonly GrowthForm[];
  readonly documentation: KindDocumentation;
}
