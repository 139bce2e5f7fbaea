/** The bytes of a file told by what stands around its stamps. */
import { hash } from 'node:crypto';
import type { Stamps } from '../sources/heartbeat';

export interface AroundStamps {
  /** Of the bytes without those at the stamps. */
  readonly digest: string;
  /** The letters at the stamps. */
  readonly values: readonly string[];
}

const noValues: readonly string[] = [];
/** What stands at the stamps while the rest is digested. */
const aside = Buffer.alloc(4096);

/** Names bytes by what they are: the same name, the same bytes. */
export function digestOf(bytes: Uint8Array): string {
  return hash('sha1', bytes, 'base64');
}

/**
 * Tells bytes by what they are beside their stamps. They are written to meanwhile, and are as before when it returns.
 * @param stamps of the text that stood there before; in one of another length none are looked for
 */
export function aroundStamps(bytes: Uint8Array, stamps: Stamps | null): AroundStamps {
  if (!stamps || stamps.length !== bytes.length) return { digest: digestOf(bytes), values: noValues };
  const { ends } = stamps;
  const values: string[] = [];
  let length = 0;
  for (let at = 0; at < ends.length; at += 2) length += (ends[at + 1] ?? 0) - (ends[at] ?? 0);
  const kept = length <= aside.length ? aside : Buffer.alloc(length);
  let to = 0;
  for (let at = 0; at < ends.length; at += 2) {
    const from = to;
    for (let byte = ends[at] ?? 0; byte < (ends[at + 1] ?? 0); byte++) {
      kept[to++] = bytes[byte] ?? 0;
      bytes[byte] = 0;
    }
    values.push(kept.toString('latin1', from, to));
  }
  const digest = digestOf(bytes);
  to = 0;
  for (let at = 0; at < ends.length; at += 2)
    for (let byte = ends[at] ?? 0; byte < (ends[at + 1] ?? 0); byte++) bytes[byte] = kept[to++] ?? 0;
  return { digest, values };
}
