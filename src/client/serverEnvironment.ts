/** Environment variables of the server's process that are meant for it alone, not for the programs that it starts. */
import serverFlags from './serverFlags.json';

/** Tells the server which of them are ours, separated by commas: it takes them out once it has started. */
const OWN = 'SLO_LENS_OWN_ENVIRONMENT';

/**
 * Adds to the environment of the server, beside what whoever started the editor has set:
 * - where its compiled code is kept, so that the next start does not compile it again: a third of the start. Node from 22.1 on
 *   does it by itself; an older one, and one that is told otherwise, knows nothing of it.
 * - that glibc gives memory back which was needed once, as for reading five megabytes of code or for the tree of a large file,
 *   instead of raising with it what it keeps. Other allocators do so unasked.
 * @param compiled folder of the compiled code; null: none
 */
export function serverEnvironment(
  compiled: string | null,
  inherited: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const own = Object.entries({
    ...(compiled === null ? {} : { NODE_COMPILE_CACHE: compiled }),
    ...serverFlags.environment,
  }).filter(([name]) => inherited[name] === undefined);
  return { ...Object.fromEntries(own), [OWN]: own.map(([name]) => name).join(',') };
}
