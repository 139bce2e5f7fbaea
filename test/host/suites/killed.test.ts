/** The server is killed under a real client: the user keeps working, nobody is interrupted, and the results come back. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { activated, eventually, open, ours } from './support';

/** Processes that this one started and that run our server (Linux). */
function servers(): readonly number[] {
  return readdirSync(`/proc/${process.pid}/task`)
    .flatMap((task) => {
      try {
        return readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').split(' ');
      } catch {
        // The thread has ended.
        return [];
      }
    })
    .filter((pid) => pid !== '')
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/server.js');
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('a server that is killed', () => {
  it('is started again at once, with the diagnostics of what is typed, and as many registrations as before', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { serverRegistrations } = (await activated()).exports as { readonly serverRegistrations: () => number };
    const editor = await open('src/leak.ts');
    await eventually('the first diagnostics', () => ours(editor.document.uri).length === 1 && true);
    const before = serverRegistrations();
    for (let kill = 1; kill <= 3; kill++) {
      const [pid] = servers();
      assert.ok(pid, 'the server runs');
      process.kill(pid, 'SIGKILL');
      // Typed while there is no server.
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      await editor.edit((edit) =>
        edit.insert(end, `export function again${kill}(f: () => void) {\n  setInterval(f, ${kill});\n}\n`),
      );
      await eventually(`another server after kill ${kill}`, () => servers().length === 1 && servers()[0] !== pid);
      await eventually(`${kill + 1} diagnostics`, () => ours(editor.document.uri).length === kill + 1 && true);
    }
    assert.equal(serverRegistrations(), before);
    assert.equal(servers().length, 1, 'and only one');
  });
});
