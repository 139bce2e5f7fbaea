/**
 * Single-file components (`.vue`, `.svelte`): their scripts, at the places where they stand. Everything else is blank, so that
 * each offset, line and column is that of the file. A script that runs anew for each instance (`<script setup>`, that of a
 * Svelte component) is the body of a method that its tags have been made into.
 */
import { ts } from './compiler';
import { component } from './componentFile';
import { foreignParts, isScript } from './tags';

export { isComponentFile, isRootComponent } from './componentFile';

export interface Scripts {
  /** As long as the file. */
  readonly text: string;
  /** Ending of a file of the same language, with the dot. */
  readonly extension: '.js' | '.ts' | '.tsx';
}

/** Name of the method; a `<script>` tag has no room for a longer one. */
export const instanceScriptName = '$';
const closing = '}});';

/** The scripts of a component; undefined for any other file. */
export function scriptsOf(path: string, text: string): Scripts | undefined {
  if (!component.test(path)) return undefined;
  const isSvelte = /\.svelte$/i.test(path);
  let shown = '';
  let extension: Scripts['extension'] = '.js';
  for (const { kind, attributes, content, start, contentStart, end: after } of foreignParts(text)) {
    if (kind !== 'script' || !isScript(attributes)) continue;
    const isInstance = isSvelte ? !/\bmodule\b/.test(attributes) : /\bsetup\b/.test(attributes);
    const isAwaiting = isInstance && !isSvelte && /\bawait\b/.test(content);
    const opening = isInstance ? `({${isAwaiting ? 'async ' : ''}${instanceScriptName}(){` : '';
    const end = isInstance ? closing : '';
    shown += blank(text.slice(shown.length, start)) + opening + blank(text.slice(start + opening.length, contentStart));
    shown += content + end;
    shown += blank(text.slice(shown.length, after));
    if (/\blang\s*=\s*["']?tsx\b/i.test(attributes)) extension = '.tsx';
    else if (/\blang\s*=\s*["']?(?:ts|typescript)\b/i.test(attributes) && extension === '.js') extension = '.ts';
  }
  return { text: shown + blank(text.slice(shown.length)), extension };
}

/** Is the function the script of a component, which runs for each of its instances? */
export function isInstanceScript(fn: ts.Node): boolean {
  return (
    ts.isMethodDeclaration(fn) &&
    ts.isIdentifier(fn.name) &&
    fn.name.text === instanceScriptName &&
    component.test(fn.getSourceFile().fileName)
  );
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
