/**
 * Marks in a page of what writes it: a server, a build, or a framework that takes the page as its template. From the first one on
 * each element may be written on a condition, or for each entry of a list.
 */
import { type Attribute, attributesOf } from '../syntax/tags';

const marks =
  /\{[{%]|<[%?#]|<!--\s*(?:\/?ko\b|#)|[@#](?:if|for|foreach|forelse|each|while|unless|switch|list|repeat)\s*\(|<\/?[a-z]\w*:/gi;
/** `<%= title %>`, `{{ title }}`: a value that is written where it stands. */
const value = /<%[-=]\s*[\w.]+(?:\((?:"[^"<]*"|'[^'<]*')?\))?\s*%>|\{\{\{?\s*[\w.$]+\s*\}\}|<\/?svg:/iy;

/** Where the first mark stands of something that may repeat what follows, or leave it out. */
export function firstMark(text: string): number {
  for (const { index } of text.matchAll(marks)) {
    value.lastIndex = index;
    if (!value.test(text)) return index;
  }
  return Number.POSITIVE_INFINITY;
}

/** Has a tag attributes that a framework reads, rather than the browser? */
export function isForFramework(attributes: string): boolean {
  return attributes.trim() !== '' && attributesOf(attributes).some(isFrameworks);
}

function isFrameworks({ name }: Attribute): boolean {
  if (/^(?:xml|xmlns|xlink):/.test(name)) return false;
  if (!/^[a-z_][\w-]*$/.test(name)) return true;
  return /^(?:data-)?(?:v|ng|x|hx|ko|sly|tal|th|dom)-|^data-(?:bind|repeat|each|if|for|foreach|ng)\b/.test(name);
}
