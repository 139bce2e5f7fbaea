/** Loaded inside the extension host: runs one suite with mocha and ends with a line that the launcher demands. */
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const mark = process.env.SLO_LENS_MARK ?? '';
  const suite = process.env.SLO_LENS_SUITE ?? '';
  // The host forwards console lines unformatted and mixed with others: format here, mark each line.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(mark + line);
  };
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, reporter: 'spec' });
  mocha.addFile(join(__dirname, 'suites', `${suite}.test.js`));
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      // A killed host reports success: only this line counts.
      console.log(`${mark}@@end ${JSON.stringify(runner.stats)}`);
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
  });
}
