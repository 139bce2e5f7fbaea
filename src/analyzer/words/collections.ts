/** Methods of the language's collections, and of those made like them: what puts in, takes out, asks, looks at. */

/** Puts a value into a list, a set or a table. */
export const inserts: ReadonlySet<string> = new Set(['push', 'add', 'set', 'unshift']);

/** Of these, those of lists. */
export const listInserts: ReadonlySet<string> = new Set(['push', 'unshift']);

/** Of these, those of sets and tables. */
export const keyedInserts: ReadonlySet<string> = new Set(['add', 'set']);

/** Takes a member out. */
export const removes: ReadonlySet<string> = new Set(['delete', 'splice', 'shift', 'pop', 'remove']);

/** Calls what it is given with each member, and nothing else. */
export function callsWithEach(name: string): boolean {
  return name === 'forEach';
}

/** Gives what a function makes of each. */
export function mapsEach(name: string): boolean {
  return name === 'map';
}

/** Goes through all members. */
export const goesThrough: ReadonlySet<string> = new Set([
  'forEach',
  'map',
  'values',
  'entries',
  'keys',
  'reduce',
  'flatMap',
  'filter',
  'join',
]);

/** Asks whether, or where, there is such a member. */
export const asks: ReadonlySet<string> = new Set([
  'has',
  'includes',
  'indexOf',
  'hasOwnProperty',
  'find',
  'findIndex',
  'some',
  'lastIndexOf',
]);

/** Looks at the members and leaves them as they are. */
export const views: ReadonlySet<string> = new Set([
  'every',
  'slice',
  'at',
  'sort',
  'reverse',
  'concat',
  'toString',
  'findLast',
  'flat',
  'toSorted',
  'toReversed',
  'toSpliced',
  'with',
]);

/** Gives one member. */
export const givesElement: ReadonlySet<string> = new Set(['get', 'pop', 'shift', 'at', 'find', 'splice']);

/** Gives a list of the members, or of those that are looked for. */
export const givesElements: ReadonlySet<string> = new Set([
  'values',
  'entries',
  'keys',
  'slice',
  'filter',
  'reverse',
  'concat',
  'flat',
]);

/** Members that give none of what was put in. */
export const givesNothing: ReadonlySet<string> = new Set([...inserts, 'has', 'size', 'length', 'clear', 'delete']);

/** Members for one key, and the number of all: nobody goes through the entries by them. */
export const keyedOnly: ReadonlySet<string> = new Set(['get', 'has', 'set', 'delete', 'size']);

/** What a weak collection has, too. */
export const weakMembers: ReadonlySet<string> = new Set(['get', 'set', 'has', 'delete', 'add']);

/** What makes a list of names another one. */
export const listChanges: ReadonlySet<string> = new Set(['add', 'set', 'push', 'delete', 'clear', 'splice']);

export function putsIn(name: string): boolean {
  return inserts.has(name);
}

export function putsIntoList(name: string): boolean {
  return listInserts.has(name);
}

export function putsUnderKey(name: string): boolean {
  return keyedInserts.has(name);
}

/** Puts in what it is given, and nothing else is said. */
export function putsOne(name: string): boolean {
  return name === 'push' || name === 'add';
}

/** Its first argument is the key, the second one the value. */
export function setsKey(name: string): boolean {
  return name === 'set';
}

/** Gives a longer list, or makes one longer. */
export function lengthens(name: string): boolean {
  return listInserts.has(name) || name === 'concat';
}

/** Takes out what is asked for by its key. */
export function deletesKey(name: string): boolean {
  return name === 'delete';
}

/** Gives what is kept under a key. */
export function looksUpKey(name: string): boolean {
  return name === 'get';
}

/** Is there something under the key, by a collection's own method? */
export function asksForEntry(name: string): boolean {
  return name === 'has';
}

/** Is there something under the key, of a table or an object? */
export function asksForKey(name: string): boolean {
  return name === 'has' || name === 'hasOwnProperty';
}

/** Is it a member, of a set or a list? */
export function asksForMember(name: string): boolean {
  return name === 'has' || name === 'includes';
}

/** Looks for an entry, to give it or to take it out; or takes all out. */
export function looksForEntry(name: string): boolean {
  return /^(?:delete|get|has|clear)$/.test(name);
}

/** The number of members. */
export function counts(name: string): boolean {
  return name === 'size' || name === 'length';
}

/** Takes all out. */
export function emptiesAll(name: string): boolean {
  return name === 'clear';
}

/** Takes out what stands at a place of a list. */
export function cutsOut(name: string): boolean {
  return name === 'splice';
}

/** Takes the first or last one out of a list. */
export function takesFromEnd(name: string): boolean {
  return name === 'shift' || name === 'pop';
}

/** Takes out of a list by the place. */
export function takesFromList(name: string): boolean {
  return takesFromEnd(name) || cutsOut(name);
}

/** Takes a certain member out, or gives the others. */
export function takesMember(name: string): boolean {
  return /^(?:delete|splice|filter)$/.test(name);
}

/** Takes something out, or all, or gives what is left. */
export function takesOut(name: string): boolean {
  return /^(?:delete|splice|shift|pop|filter|clear)$/.test(name);
}

/** Takes something out in place, or all. */
export function takesOutOrEmpties(name: string): boolean {
  return removes.has(name) || name === 'clear';
}

/** Does a text take something out of a collection in place? */
export function textTakesOut(text: string): boolean {
  return /\.(?:delete|splice|shift|pop|clear)\b/.test(text);
}

/** Gives a list without some of the members, and leaves the first one as it is. */
export function givesShorterCopy(name: string): boolean {
  return /^(?:filter|slice|toSpliced)$/.test(name);
}

/** Gives all members, one after the other or as one. */
export function takesWhole(name: string): boolean {
  return /^(?:slice|map|forEach|join|concat)$/.test(name);
}

/** Looks for a certain member: to take it out, to find its place, or to give the others. */
export function seeksMember(name: string): boolean {
  return /^(?:delete|indexOf|inArray|filter)$/.test(name);
}

/** Finds one of many, to take it out. */
export function seeksOne(name: string): boolean {
  return /^(?:splice|filter|delete\w*|remove\w*|indexOf|findIndex)$/.test(name);
}

/** Takes back one that was added. */
export function takesBackOne(name: string): boolean {
  return /^(?:splice|delete|filter|remove\w*|off|un\w+)$/.test(name);
}

/** Makes what is kept shorter, or gives a shorter one. */
export function shortensList(name: string): boolean {
  return /^(?:slice|splice|filter|shift|pop|delete|clear|take\w*|drop\w*|tail|uniq\w*|limit\w*|trim\w*|cap\w*)$/.test(
    name,
  );
}

/** Changes a list otherwise than by adding to it. */
export function changesOtherwise(name: string): boolean {
  return /^(?:splice|shift|pop|length|remove\w*|clear|replace\w*)$/.test(name);
}

/** Looks at what there is, or takes all out: ends none of the members. */
export function looksOrEmpties(name: string): boolean {
  return /^(?:length|size|has|includes|indexOf|clear)$/.test(name);
}
