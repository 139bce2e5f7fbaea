/** Registries of libraries that keep an entry for each name, as long as the process or page lives. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { GrowthForm } from './growthForms';

const names = (modules: readonly string[], ...given: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => given.map((name) => ({ module, name })));

/** A module that is a registry itself. */
const itself = (id: string, modules: readonly string[], ...more: readonly string[]): TypeEntry => ({
  id,
  names: [],
  values: names(modules, 'default', '*', ...more),
});

export const registryTypes: readonly TypeEntry[] = [
  {
    id: 'labelled-metric',
    names: names(['prom-client'], 'Counter', 'Gauge', 'Histogram', 'Summary'),
    members: ['createCounter', 'createUpDownCounter', 'createHistogram', 'createGauge'].map((name) => ({
      of: 'meter',
      name,
      call: true,
    })),
  },
  {
    id: 'meter',
    names: names(['@opentelemetry/api'], 'Meter'),
    calls: names(['@opentelemetry/api'], 'metrics.getMeter'),
  },
  {
    id: 'timeline',
    names: [],
    values: [{ name: 'performance' }, { module: 'perf_hooks', name: 'performance' }],
  },
  itself('handlebars', ['handlebars', 'handlebars/runtime', 'hbs']),
  {
    id: 'model-registry',
    names: [
      ...names(['mongoose'], 'Connection', 'Mongoose'),
      ...names(['sequelize', 'sequelize-typescript'], 'Sequelize'),
    ],
    calls: names(['mongoose'], 'createConnection', 'default.createConnection'),
    values: names(['mongoose'], 'default', '*', 'connection', 'default.connection'),
  },
  {
    id: 'schema-compiler',
    names: [
      ...names(['ajv', 'ajv/dist/2019', 'ajv/dist/2020', 'ajv/dist/jtd'], 'default', '*', 'Ajv'),
      ...names(['@cfworker/json-schema'], 'Validator'),
    ],
  },
  itself('i18n', ['i18next']),
  itself('template-cache', ['mustache', 'hogan.js'], 'Mustache'),
  { id: 'template-environment', names: names(['nunjucks'], 'Environment'), calls: names(['nunjucks'], 'configure') },
  { id: 'logger-container', names: [], values: names(['winston'], 'loggers', 'default.loggers') },
  itself('named-loggers', ['loglevel']),
  {
    id: 'transport-logger',
    names: names(['winston'], 'Logger'),
    calls: names(['winston'], 'createLogger', 'default.createLogger'),
    values: names(['winston'], 'default', '*'),
  },
  {
    id: 'web-map',
    names: [...names(['mapbox-gl', 'maplibre-gl'], 'Map', 'default.Map')],
  },
  { id: 'image-cache', names: [], values: names(['three'], 'Cache') },
];

const registry = (
  on: string,
  method: readonly string[],
  key: number | 'labels' | undefined,
  removes: readonly string[],
  isText = false,
): GrowthForm => ({ form: 'registry', on: [on], method, removes, isText, ...(key === undefined ? {} : { key }) });

export const registryForms: readonly GrowthForm[] = [
  registry('labelled-metric', ['set', 'inc', 'dec', 'observe', 'labels', 'add', 'record', 'startTimer'], 'labels', [
    'remove',
    'removeByLabels',
    'reset',
    'resetMetrics',
    'clear',
  ]),
  registry('timeline', ['mark', 'measure'], 0, ['clearMarks', 'clearMeasures']),
  registry('handlebars', ['registerPartial', 'registerHelper', 'registerDecorator'], 0, [
    'unregisterPartial',
    'unregisterHelper',
    'unregisterDecorator',
  ]),
  registry('model-registry', ['model', 'define'], 0, ['deleteModel', 'removeModel']),
  registry('schema-compiler', ['compile', 'compileAsync', 'validate', 'addSchema'], 0, ['removeSchema']),
  registry('i18n', ['addResourceBundle', 'addResources', 'addResource'], 1, ['removeResourceBundle']),
  registry('template-cache', ['render', 'parse', 'compile'], 0, ['clearCache'], true),
  registry('template-environment', ['addGlobal', 'addFilter', 'addExtension'], 0, ['removeExtension']),
  registry('logger-container', ['add', 'get'], 0, ['close']),
  registry('named-loggers', ['getLogger'], 0, []),
  registry('transport-logger', ['add'], undefined, ['remove', 'clear']),
  registry('web-map', ['addSource', 'addLayer', 'addImage'], 0, [
    'removeSource',
    'removeLayer',
    'removeImage',
    'remove',
  ]),
  registry('image-cache', ['add'], 0, ['remove', 'clear']),
];

export const registryWords: readonly string[] = [
  'prom-client',
  '@opentelemetry/api',
  'performance.m',
  'registerPartial',
  'registerHelper',
  'mongoose',
  'sequelize',
  'ajv',
  'i18next',
  'mustache',
  'hogan',
  'nunjucks',
  'winston',
  'loglevel',
  'mapbox-gl',
  'maplibre-gl',
  'Cache.add',
];
