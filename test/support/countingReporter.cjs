/** Mocha's spec reporter that also writes its counts to the file named by SLO_LENS_COUNTS. */
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      if (process.env.SLO_LENS_COUNTS)
        writeFileSync(process.env.SLO_LENS_COUNTS, JSON.stringify({ passes, failures, pending }));
    });
  }
};
