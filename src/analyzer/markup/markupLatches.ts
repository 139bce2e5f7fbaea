/**
 * Conditions of markup that only go one way: `v-if="ready"`, where the script only ever says `ready = true`. What is shown from
 * then on stays.
 */

/** What the scripts of a component say, and all else. */
export interface Parts {
  readonly code: string;
  readonly markup: string;
}

/** Does the condition come to have this outcome, and keep it? `ready`, `!loading`, `ready && named` */
export function isLatch(condition: string, outcome: boolean, parts: Parts): boolean {
  const text = condition.trim();
  const both = text.split(outcome ? '&&' : '||');
  if (both.length > 1) return both.every((one) => isLatch(one, outcome, parts));
  return text.startsWith('!') ? isLatch(text.slice(1), !outcome, parts) : isOnlySetTo(text, outcome, parts);
}

/** Is a name of the script, whenever it is set, set to this? */
function isOnlySetTo(name: string, outcome: boolean, { code, markup }: Parts): boolean {
  if (!/^[A-Za-z_]\w*$/.test(name)) return false;
  const given = [
    ...code.matchAll(new RegExp(`(?<![\\w$])(let\\s+|this\\.)?${name}(?:\\.value)?\\s*=(?![=>])\\s*([^;\\n]*)`, 'g')),
  ];
  // What the markup gives it may be anything: `@close="open = false"`, `v-model="open"`, `bind:open`.
  if (
    new RegExp(
      `(?<![\\w$])${name}\\s*=(?![=>])|\\b(?:v-model[\\w:.-]*|bind:[\\w]+)\\s*=\\s*["'{]\\s*${name}\\b|\\bbind:${name}\\b`,
    ).test(markup)
  )
    return false;
  const later = given.filter(([whole, , value = '']) => !/^let\s/.test(whole) && !/^(?:ref|shallowRef)\b/.test(value));
  const only = outcome ? /^true\b(?!\s*[?&|])/ : /^false\b(?!\s*[?&|])/;
  return later.length > 0 && later.every(([, , value = '']) => only.test(value));
}
