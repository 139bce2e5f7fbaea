/** What makes code run, as data for the judges, and the same in English for people. */

import { ownerText } from '../../../program/ownerText';

export type Occasion =
  /** What has no name of its own. */
  | { readonly kind: Unnamed }
  /** What is told by a name: of an event, a function, a class. An empty one is that of something without a name. */
  | { readonly kind: Named; readonly name: string }
  /** Each round of a loop; of one in code that repeats, on which occasion that runs. */
  | { readonly kind: 'loop'; readonly within?: Occasion };

type Unnamed = keyof typeof unnamed;
type Named = keyof typeof named;

const unnamed = {
  load: 'once, when the module is loaded',
  rootComponent: 'once, in the root component',
  storeUse: 'once, when the store is first used',
  flag: 'once, guarded by a flag',
  globalFlag: 'once, guarded by a global',
  recursion: 'by recursion',
  instance: 'once per instance',
  componentInstance: 'for each instance of the component',
  elementThere: 'when its element is there',
  elementEvent: 'each event of the element',
  request: 'each request',
  tick: 'each tick of an interval',
  subscription: 'each subscription',
  callbackCall: 'each call of the callback',
  returnedCall: 'when the returned function is called',
  unseen: 'when it is called',
} as const;

const named = {
  singleInstance: (name: string) => `once: \`${name}\` has a single instance`,
  oneOfMany: (name: string) => `once per instance of ${ownerText(name)}, of which there are many`,
  instanceOf: (name: string) => `once per instance of ${ownerText(name)}`,
  /** A table knows one for each value of the name. */
  forEachOne: (name: string) => `once for each \`${name}\``,
  entryPoint: (name: string) => `once, in \`${name}\``,
  callElsewhere: (name: string) => `once, where other files call \`${name}\``,
  /** A hook by which a framework draws. */
  hook: (name: string) => `each \`${name}\``,
  /** A function component is drawn. */
  render: (name: string) => `each render of \`${name}\``,
  mount: (name: string) => `each mount (\`${name}\`)`,
  effect: (name: string) => `each run of \`${name}\``,
  /** What is watched changes. */
  change: (name: string) => `each change of \`${name}\``,
  /** An event by its name, or by that of the property that takes its handler. */
  event: (name: string) => `each \`${name}\``,
  /** A handler of an event that has no name; the name is that of the method that takes it. */
  handler: (name: string) => `each call of the handler given to \`${name}\``,
  test: (name: string) => `each \`${name}\``,
  call: (name: string) => `each call of \`${name}\``,
  exportedCall: (name: string) =>
    name && name !== 'exports' ? `each call of exported \`${name}\`` : 'each call of the exported function',
  globalCall: (name: string) => `each call of global \`${name}\``,
  /** It is not seen how often. */
  unseenCall: (name: string) => (name ? `when \`${name}\` is called` : unnamed.unseen),
  unseenCallBy: (name: string) => (name ? `when \`${name}\` calls it` : unnamed.unseen),
  callMadeBy: (name: string) => `each call that \`${name}\` makes`,
} as const;

/** Completes the sentence "runs …": "each call of exported `open`". */
export function wordsOf(occasion: Occasion): string {
  if (occasion.kind === 'loop')
    return occasion.within ? `in a loop, ${wordsOf(withoutLoops(occasion.within))}` : 'in a loop';
  return 'name' in occasion ? named[occasion.kind](occasion.name) : unnamed[occasion.kind];
}

/** "Each call of exported `open`": the same where it stands alone. */
export function asSentence(why: string): string {
  return why.charAt(0).toUpperCase() + why.slice(1);
}

/** The occasion without the loops around it. */
export function withoutLoops(occasion: Occasion): Occasion {
  return occasion.kind === 'loop' && occasion.within ? withoutLoops(occasion.within) : occasion;
}

/** What a module exports as a whole, without a name: a host sets it up, mostly once. */
export function isOfWholeExport(occasion: Occasion): boolean {
  const one = withoutLoops(occasion);
  return one.kind === 'exportedCall' && /^(?:exports|default)?$/.test(one.name);
}

/** The name of the event, function or class that the occasion is about; empty where it has none. */
export function nameIn(occasion: Occasion): string {
  const one = withoutLoops(occasion);
  return 'name' in one ? one.name : '';
}

/** Equal for what runs on the same occasion. */
export function occasionKey(occasion: Occasion): string {
  return JSON.stringify(occasion);
}
