/** How frameworks run code and hand out objects, as data: what gives shared objects, which decorators make an owner's own. */
import type { ApiName } from './model';

/** Calls that give a shared object of the type named by their first argument. */
export const injectors: readonly ApiName[] = [
  { module: '@angular/core', name: 'inject' },
  { module: 'aurelia', name: 'resolve' },
];

/** Decorators of a field that is given a shared object. */
export const injectingDecorators: ReadonlySet<string> = new Set([
  'inject',
  'Inject',
  'lazyInject',
  'Autowired',
  'autowired',
  'service',
  'InjectRepository',
  'InjectConnection',
  'InjectModel',
  'InjectQueue',
]);

/** Decorator properties that list what is made anew for each instance of the decorated class. */
export const ownProviders: readonly string[] = ['providers', 'viewProviders'];
