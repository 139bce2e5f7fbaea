/** What Linux says of a process in `/proc/<pid>`, as text. */

export interface ProcessFacts {
  readonly pid: number;
  /** The program's name, at most 15 characters. */
  readonly name: string;
  /** Resident memory, bytes; null of a process that has none, as a zombie. */
  readonly rssBytes: number | null;
  /** Open file descriptors; null where another user's are not shown. */
  readonly openFiles: number | null;
  /** Start, clock ticks since boot: tells a process from a later one with its number. */
  readonly startedAt: string;
}

/**
 * Reads `/proc/<pid>/status` (`VmRSS` in kB) and `/proc/<pid>/stat`, where the name stands in parentheses and may hold any
 * character, and the start is field 22 (proc(5)).
 * @returns null when the texts are not of a process
 */
export function readProcessFacts(
  pid: number,
  status: string,
  stat: string,
  openFiles: number | null,
): ProcessFacts | null {
  const name = /^Name:\t(.*)$/m.exec(status)?.[1];
  const startedAt = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .at(19);
  if (name === undefined || startedAt === undefined || !/^\d+$/.test(startedAt)) return null;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return { pid, name, rssBytes: kilobytes === undefined ? null : Number(kilobytes) * 1024, openFiles, startedAt };
}

/** The number in a pid file; null for anything but one positive integer. */
export function readPidFile(text: string): number | null {
  const digits = /^\s*(\d{1,10})\s*$/.exec(text)?.[1];
  const pid = Number(digits);
  return digits !== undefined && pid > 0 && pid <= 4_194_304 ? pid : null;
}
