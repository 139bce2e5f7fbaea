/** Processes of this machine as Linux shows them in `/proc`. Nothing is run, and nothing of a process is changed. */
import { readdir, readFile } from 'node:fs/promises';
import type { ProcessReader } from '../ports';

export const nodeProcesses: ProcessReader = {
  read: async (pid) => {
    if (process.platform !== 'linux')
      return { ok: false, error: { code: 'ENOSYS', message: 'processes are read on Linux only' } };
    const folder = `/proc/${pid}`;
    try {
      const [status, stat] = await Promise.all([
        readFile(`${folder}/status`, 'utf8'),
        readFile(`${folder}/stat`, 'utf8'),
      ]);
      return { ok: true, value: { status, stat, openFiles: await openFilesOf(folder) } };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const gone = code === 'ENOENT' || code === 'ESRCH';
      return {
        ok: false,
        error: { code: code ?? 'EUNKNOWN', message: gone ? `there is no process ${pid}` : message },
      };
    }
  },
};

/** null: the process is another user's. */
async function openFilesOf(folder: string): Promise<number | null> {
  try {
    return (await readdir(`${folder}/fd`)).length;
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return null;
  }
}
