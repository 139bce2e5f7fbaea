/** One entry of a completion list, in terms of the definition and not of an editor. */

export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'name' | 'term' | 'operator' | 'snippet';
  /** Text to insert; in snippet syntax where `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  /** A few words beside the label. */
  readonly detail: string;
  /** Plain text; never markup. */
  readonly documentation: string;
  /** Columns of the line that the text replaces. */
  readonly replace: { readonly start: number; readonly end: number };
  /** Lower comes first; equal ones by label. */
  readonly rank: number;
  /** What stands at the place is completed by a further list. */
  readonly goesOn: boolean;
}

/** Text as snippet syntax that stands for itself. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
