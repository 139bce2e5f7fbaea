/** Tags of markup, as a text: where they end, and what they leave open. */

/** Elements that have no content. */
export const voids = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

const scripts = /<(script|style)\b(?:"[^"]*"|'[^']*'|[^>"'])*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;

/** The markup without what is another language, or a comment. */
export function withoutScripts(text: string): string {
  return text.replace(scripts, ' ');
}

/** Do the attributes of a script leave it one that runs, or name a language that becomes one? */
export function isScript(attributes: string): boolean {
  return !/\btype\s*=\s*["']?(?!["']|module|text\/(?:java|type)script)/i.test(attributes);
}

/** Where a tag or an expression in braces ends; quotes and inner braces are looked over. */
export function endOf(text: string, start: number): number {
  const isTag = text[start] === '<';
  if (isTag && !/[A-Za-z/]/.test(text[start + 1] ?? '')) return start + 1;
  let depth = 0;
  for (let at = start + (isTag ? 1 : 0); at < text.length; at++) {
    const char = text.charAt(at);
    if (isTag && depth === 0 && (char === '"' || char === "'")) {
      const end = text.indexOf(char, at + 1);
      if (end === -1) return text.length;
      at = end;
    } else if (char === '{') depth++;
    else if (char === '}' && --depth <= 0 && !isTag) return at + 1;
    else if (char === '>' && isTag && depth <= 0) return at + 1;
  }
  return text.length;
}

/** Takes away what is open since the last element of this name, with it. */
export function close(around: { readonly name: string }[], name: string): void {
  const last = around.findLastIndex((one) => one.name === name);
  if (last !== -1) around.length = last;
}
