import { samples } from '../expectLeaks';

const mongoose = "import mongoose from 'mongoose';\n";
const typeorm = "import { DataSource } from 'typeorm';\n";

samples(
  'clients that a step of their own gives again, opened',
  [
    {
      name: 'one that nobody keeps',
      code: `${mongoose}export async function check(url: string) {
  await mongoose.createConnection(url).asPromise(); // leak handle/service-client
}`,
    },
    {
      name: 'one that is used and forgotten',
      code: `${mongoose}export async function count(url: string) {
  const connection = await mongoose.createConnection(url).asPromise(); // leak handle/service-client
  return connection.collection('x').countDocuments();
}`,
    },
    {
      name: 'one that is closed on the good way only',
      code: `${typeorm}export async function migrate(options: object) {
  const source = await new DataSource(options).initialize(); // leak handle/service-client
  const pending = await source.runMigrations();
  await source.destroy();
  return pending.length;
}`,
    },
    {
      name: 'one that is not closed on an early way out',
      code: `${typeorm}export async function migrate(options: object) {
  const source = await new DataSource(options).initialize(); // leak handle/service-client
  if (!source.migrations.length) return 0;
  try {
    return (await source.runMigrations()).length;
  } finally {
    await source.destroy();
  }
}`,
    },
  ],
  [
    {
      name: 'a field of what a function is told to be a method of',
      code: `${mongoose}import type { Adapter } from './adapter';
export async function connect(this: Adapter, url: string) {
  if (!this.connection) this.connection = await mongoose.createConnection(url).asPromise();
  await this.connection.openUri(url);
}`,
    },
    {
      name: 'one that the caller gets',
      code: `${typeorm}export async function open(options: object) {
  const source = await new DataSource(options).initialize();
  return source;
}`,
    },
    {
      name: 'one that is closed in any case',
      code: `${mongoose}export async function count(url: string) {
  const connection = await mongoose.createConnection(url).asPromise();
  try {
    return await connection.collection('x').countDocuments();
  } finally {
    await connection.close();
  }
}`,
    },
  ],
);
