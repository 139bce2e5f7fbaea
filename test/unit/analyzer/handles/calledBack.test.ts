import { samples } from '../expectLeaks';

const mongo = "import { MongoClient } from 'mongodb';\n";

samples(
  'what a function gives to a callback instead of promising it',
  [
    {
      name: 'a client that the callback never closes',
      code: `${mongo}export function count(url, done) {
  MongoClient.connect(url, (error, client) => { // leak handle/mongo-client
    if (error) return done(error);
    client.db('x').collection('y').count(done);
  });
}`,
    },
    {
      name: 'a client that the callback closes on one of its ways',
      code: `${mongo}export function first(url, done) {
  MongoClient.connect(url, {}, async (error, client) => { // leak handle/mongo-client
    if (error) return done(error);
    const found = await client.db('x').collection('y').findOne();
    if (!found) return done(null, undefined);
    client.close();
    done(null, found);
  });
}`,
    },
    {
      name: 'a client that is closed where its failures are handled only',
      code: `${mongo}export function first(url, done) {
  MongoClient.connect(url, async (error, client) => { // leak handle/mongo-client
    if (error) return done(error);
    try {
      done(null, await client.db('x').collection('y').findOne());
    } catch (failure) {
      client.close();
      done(failure);
    }
  });
}`,
    },
    {
      name: 'a promise that is dropped, with options behind',
      code: `${mongo}export function warm(url) {
  const options = { appName: 'warm' };
  MongoClient.connect(url, options); // leak handle/mongo-client
}`,
    },
  ],
  [
    {
      name: 'a client that the callback closes after a try that catches all',
      code: `${mongo}export function move(url, write) {
  return new Promise((resolve, reject) => {
    MongoClient.connect(url, { maxPoolSize: 1 }, async (e, client) => {
      try {
        if (e) throw e;
        await write(await client.db('x').collection('y').find().toArray());
        resolve(true);
      } catch (failure) {
        reject(failure);
      }
      client.close();
    });
  });
}`,
    },
    {
      name: 'a client that the callback keeps or hands on',
      code: `${mongo}export class Store {
  open(url, done) {
    MongoClient.connect(url, (error, client) => {
      this.client = client;
      done(error);
    });
  }
  close() { this.client.close(); }
}
export const connect = (url, done) => MongoClient.connect(url, (error, client) => done(error, client));`,
    },
    {
      name: 'a callback that is the caller’s',
      code: `${mongo}export function open(url, callback) { MongoClient.connect(url, callback); }`,
    },
  ],
);
