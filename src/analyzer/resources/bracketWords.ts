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
  increment: ['decrement'],
  acquire: ['release'],
  take: ['release', 'give', 'giveBack', 'putBack', 'return'],
  obtain: ['release'],
  wait: ['signal', 'release'],
  down: ['up'],
  push: ['pop'],
};

/** Is it put onto a stack, from which the second call takes what is on top, whoever has put it there? */
export function stacks(name: string): boolean {
  return /^_*push|Push$/.test(name);
}

const words = Object.keys(closing);
const opening = new RegExp(`^_*(?:${words.join('|')})|(?:${words.map(capital).join('|')})$`);

/** May a call of this name open something? */
export function mayOpen(name: string): boolean {
  return opening.test(name);
}

/** The names that may close what a call of this name opens: `startBatch` → `endBatch`, `transactionStart` → `transactionEnd`. */
export function closingNames(name: string): readonly string[] {
  const names: string[] = [];
  if (!mayOpen(name)) return names;
  const rest = name.replace(/^_+/, '');
  const lead = name.slice(0, name.length - rest.length);
  for (const [word, others] of Object.entries(closing)) {
    const upper = capital(word);
    for (const other of others) {
      if (rest === word || (rest.startsWith(word) && /^[A-Z]/.test(rest.slice(word.length))))
        names.push(`${lead}${other}${rest.slice(word.length)}`);
      else if (rest.endsWith(upper)) names.push(`${lead}${rest.slice(0, -upper.length)}${capital(other)}`);
    }
  }
  return names;
}

/** Whose place is taken for the time of a piece of work: who waits for one waits until it is given back. */
export const guarding =
  /lock|mutex|semaphore|permits?$|slots?$|limit(?:er)?$|throttle|gate$|tokens$|tickets?$|concurrency|latch|turnstile|sem$|seats?$/i;

/** Counts of where something is in a text or a tree: who throws there begins anew. */
export const placing = /indent|level|nesting|index|pos(?:ition)?$|offset|line|column/i;

/** Classes whose instances serve one run, which an exception ends. */
export const passing =
  /(?:Writer|Printer|Parser|Visitor|Builder|Generator|Formatter|Serializer|Walker|Compiler|Transformer|Traverser|Renderer|Lexer|Scanner)$/;

/** Receivers whose beginning and end only measure or show something. */
export const showing =
  /spinner|progress|bar$|timer|watch|span|trace|tracing|profil|metric|histogram|log|console|perf|bench|measure|indicator|loader|loading|recorder|ui$|animation|ora$/i;

/** Lists of what others gave to be called: `handlers[i](change)`. */
export const handlerLists =
  /(?:handler|listener|interceptor|callback|hook|middleware|subscriber|observer|transformer)s$/i;

/** Parameters that go on with the work or note something: what they throw is not the work's. */
export const continuing = /^(?:cb|done|next|resolve|reject|log\w*|debug)$/;

function capital(word: string): string {
  return `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;
}
