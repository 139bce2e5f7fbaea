// CI judges a change, not its luck: generated input is the same each time there. Elsewhere it is new, and what fails tells its seed.
const fc = require('fast-check');

const seed = process.env.SLO_LENS_SEED ?? (process.env.CI ? '20261129' : undefined);
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
