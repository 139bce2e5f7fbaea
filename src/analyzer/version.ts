/** Version of the analysis; part of every cache key. Raise it whenever a verdict may change. */
export const analyzerVersion = '22';

declare const __ANALYZER__: string | undefined;
/** Names the analyzer by its source and its parser; set by the build, in each of its bundles. */
export const analyzerBuild = typeof __ANALYZER__ === 'string' ? __ANALYZER__ : 'source';
