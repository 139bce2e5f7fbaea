/** What one file may know of another: plain JSON, small enough to keep for every file. */
import type { Family } from '../findings/findings';
import type { BaseEnd } from '../ownership/instances/baseEnds';

/** What is known of one export; empty parts are left out. */
export interface ExportFact {
  /** Catalogue types of the value: `export const bus = new EventEmitter()`. */
  readonly value?: readonly string[];
  /** Catalogue types of the instances of the class. */
  readonly instance?: readonly string[];
  /** Catalogue types of what the function gives. */
  readonly result?: readonly string[];
  /** The function gives a resource of this kind each time it is called. */
  readonly gives?: {
    readonly kind: string;
    readonly promise: boolean;
    /** Methods of which one must be called for it to be open; absent where it is given open. */
    readonly opens?: readonly string[];
  };
  /** What the function does to each argument; null where that is not known. */
  readonly parameters?: readonly (readonly string[] | null)[];
  /** Handlers that the function adds or removes for its caller. */
  readonly calls?: readonly HelperCall[];
  /** The function subscribes to what it is given at this position (-1: to what its module knows) and gives back what ends that. */
  readonly subscribes?: number;
  /** Teardown methods in which the class releases something. */
  readonly teardowns?: readonly string[];
  /** What an override of such a method must know of it, by name. */
  readonly baseEnds?: Readonly<Record<string, BaseEnd>>;
  /** Methods by which the class ends what matters outside of its instances. */
  readonly ends?: readonly string[];
  /** Methods that end the instances of the class, as far as it says. */
  readonly closers?: readonly string[];
  /** These only let go of what the instance was given after it was made. */
  readonly mild?: true;
  /** What the instances of the class keep open until one of its methods is called. */
  readonly holds?: readonly Holding[];
  /** What the instance keeps open that the function makes and gives each time; `keptBy` is a parameter of the function. */
  readonly makes?: readonly Holding[];
  /** The function, which by its name only asks, may well throw at once. */
  readonly throws?: true;
  /** The answer to a question about an own export. */
  readonly once?: true;
  /** Methods of the class, or of the object, that give something open, by name; static ones after a dot. */
  readonly methods?: Readonly<Record<string, MethodFact>>;
}

/**
 * What a file asks about its own exports: do all other files together make instances of it (`made`), call it (`called`), or put
 * it at the root of a page (`put`) once? Does none use it at all (`unused`); of a component, also by its name on a page that is seen;
 * of a class, in a program whose beginning is seen (`unmade`); of a function, while others use what else its file has (`uncalled`); the
 * same where some files may be loaded by names that are not seen (`unnamed`)?
 */
export interface Question {
  readonly as: 'made' | 'called' | 'put' | 'sole' | 'unseen' | 'unused' | 'unmade' | 'uncalled' | 'unnamed';
  /** Names it is exported under; a member of an exported object after a dot. */
  readonly of: readonly string[];
}

/** What a file does with something that it imports. */
export interface Use {
  /** As it is written; `*` where files are loaded by a pattern, `<Clock` where markup names a component that nobody imports. */
  readonly module: string;
  /** Name of the export, `*` for the module as a whole, `?` for any that is loaded by a name that is not written; a member of it after a dot. */
  readonly name: string;
  /** What is done with it once; absent where it is done any number of times, or something else. */
  readonly as?: 'made' | 'called' | 'put';
  /** What has to be so of exports of this file that it is done once. */
  readonly given?: readonly Question[];
  /** It is the only place of the file that shows it, if this is so; present only where more is needed to say that it is once. */
  readonly sole?: readonly Question[];
}

/** What is known of a method of an exported class. */
export type MethodFact = Pick<ExportFact, 'gives' | 'makes'>;

/** A method that a function calls on one of its parameters: the arguments are parameters, fixed texts, or something else. */
export interface HelperCall {
  readonly method: string;
  /** Position of the parameter that is the receiver. */
  readonly on: number;
  /** Position of a parameter, a text, or null, for each argument. */
  readonly given: readonly (number | string | null)[];
}

/** Something that an instance keeps open: whoever makes the instance has to end it. */
export interface Holding {
  readonly noun: string;
  readonly family: Family;
  /** Path and line of the acquisition. */
  readonly at: string;
  /** Methods that release it. */
  readonly until: readonly string[];
  /** The first of them takes time, or is not seen: whether a caller has to wait is not known. */
  readonly waits?: boolean;
  /** No kind of the catalogue: only its class treats it as something that has to end. */
  readonly assumed?: boolean;
  /** Methods of which one must have been called for it to be open; absent where making the instance opens it. */
  readonly opens?: readonly string[];
  /** Members of the object that give the resource itself: whoever takes one may end it there. */
  readonly parts?: readonly string[];
  /** Position of the argument of the constructor that keeps it alive; it dies with what is given there. */
  readonly keptBy?: number;
}

export interface FileSummary {
  readonly version: 3;
  readonly exports: Readonly<Record<string, ExportFact>>;
  /** `export … from './other'`: exported name (`*` for all) → module and name there. */
  readonly reexports: readonly { readonly name: string; readonly module: string; readonly from: string }[];
  /** What it does with what it imports. */
  readonly uses?: readonly Use[];
}

export const emptySummary: FileSummary = { version: 3, exports: {}, reexports: [] };
