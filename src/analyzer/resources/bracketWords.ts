/** Words for two calls between which something is open: a batch, a transaction, a pause. */

/** What the second call says where the first one says it. */
const closing: Readonly<Record<string, readonly string[]>> = {
  start: ['end', 'stop', 'finish'],
  begin: ['end', 'finish', 'commit'],
  enter: ['exit', 'leave'],
  lock: ['unlock'],
  pause: ['resume', 'unpause', 'reset'],
  suspend: ['resume'],
  block: ['unblock'],
  push: ['pop'],
  increment: ['decrement'],
};

/** The names that may close what a call of this name opens: `startBatch` → `endBatch`, `transactionStart` → `transactionEnd`. */
export function closingNames(name: string): readonly string[] {
  const names: string[] = [];
  for (const [word, others] of Object.entries(closing)) {
    const upper = `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;
    const rest = name.replace(/^_+/, '');
    const lead = name.slice(0, name.length - rest.length);
    for (const other of others) {
      if (rest === word || (rest.startsWith(word) && /^[A-Z]/.test(rest.slice(word.length))))
        names.push(`${lead}${other}${rest.slice(word.length)}`);
      else if (rest.endsWith(upper))
        names.push(`${lead}${rest.slice(0, -upper.length)}${other[0]?.toUpperCase() ?? ''}${other.slice(1)}`);
    }
  }
  return names;
}

/** Receivers whose beginning and end only measure or show something. */
export const showing =
  /spinner|progress|bar$|timer|watch|span|trace|tracing|profil|metric|histogram|log|console|perf|bench|measure|indicator|loader|loading|recorder|ui$|animation|ora$/i;
