/** `an event source`, `a timer`; `shown` is how the noun is written where that differs. */
export function withArticle(noun: string, shown = noun): string {
  return `${/^[aeio]|^u(?![sn]i)/i.test(noun) ? 'an' : 'a'} ${shown}`;
}

/** The same at the start of a sentence. */
export function withArticleFirst(noun: string, shown = noun): string {
  const text = withArticle(noun, shown);
  return `A${text.slice(1)}`;
}
