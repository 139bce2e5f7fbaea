import { samples } from '../expectLeaks';

samples(
  'what only wraps a client does not fail',
  [
    {
      name: 'a client that is registered by what may fail',
      code: `import Redis from 'ioredis';
import { validate } from './validate';
export default async function load(container: { register(parts: object): void }, options: string) {
  const client = new Redis(options);
  await validate(options);  // rejects
  container.register({ client });
}`.replace('new Redis(options);', 'new Redis(options); // leak handle/redis-client'),
    },
  ],
  [
    {
      name: 'clients that a container is given',
      code: `import Redis from 'ioredis';
import { asValue } from 'awilix';
export default async function load(container: { register(parts: object): void }, options: string) {
  const publisher = new Redis(options);
  const subscriber = new Redis(options);
  container.register({ publisher: asValue(publisher), subscriber: asValue(subscriber) });
}`,
    },
  ],
);
