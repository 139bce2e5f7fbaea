import { samples } from '../expectLeaks';

samples(
  'removals by a key that no entry has',
  [
    {
      name: 'a property that entries lack',
      code: `export class Cluster {
  constructor() { this.requests = {}; }
  ask(requestId, callback) {
    this.requests[requestId] = { callback, count: 0 };
    this.publish(requestId);
  }
  answer(message) {
    const request = this.requests[message.requestId];
    if (!request) return;
    request.callback(message);
    delete this.requests[request.requestId]; // leak cache/removal-wrong-identity
  }
  publish() {}
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a property that entries of a Map lack',
      code: `const jobs = new Map();
export function start(jobId, run) {
  const entry = { run, startedAt: Date.now() };
  jobs.set(jobId, entry);
}
export function finish(jobId) {
  const job = jobs.get(jobId);
  job.run();
  jobs.delete(job.id); // leak cache/removal-wrong-identity
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a text put in, its source removed',
      code: `class Agent {
  constructor() {
    this.clients = new Map();
    this.onClose = (origin) => {
      this.clients.delete(origin); // leak cache/removal-wrong-identity
    };
  }
  dispatch(options) {
    const key = String(options.origin);
    let client = this.clients.get(key);
    if (!client) {
      client = makeClient(options.origin).on('close', this.onClose);
      this.clients.set(key, client);
    }
    return client.dispatch(options);
  }
}
module.exports = Agent;`,
      path: 'src/sample.js',
    },
  ],
  [
    {
      name: 'a property that entries have',
      code: `export class Cluster {
  constructor() { this.requests = {}; }
  ask(requestId, callback) { this.requests[requestId] = { requestId, callback }; }
  answer(message) {
    const request = this.requests[message.requestId];
    if (!request) return;
    request.callback(message);
    delete this.requests[request.requestId];
  }
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a property that is given later, or by a spread',
      code: `const jobs = new Map();
const tasks = new Map();
export function start(jobId, run, more) {
  const job = { run };
  job.id = jobId;
  jobs.set(jobId, job);
  tasks.set(jobId, { run, ...more });
}
export function finish(jobId) {
  const job = jobs.get(jobId);
  jobs.delete(job.id);
  const task = tasks.get(jobId);
  tasks.delete(task.name);
}`,
      path: 'src/sample.js',
    },
    {
      name: 'the key of what asks, not of the entry',
      code: `const jobs = new Map();
export function start(jobId, run) { jobs.set(jobId, { run }); }
export function finish(message) {
  jobs.get(message.jobId).run();
  jobs.delete(message.jobId);
}`,
      path: 'src/sample.js',
    },
    {
      name: 'one spelling everywhere, and a typed text',
      code: `const clients = new Map<string, object>();
export function clientFor(options: { origin: URL }) {
  const key = String(options.origin);
  if (!clients.has(key)) clients.set(key, connect(key));
  return clients.get(key);
}
export function drop(origin: string) { clients.delete(origin); }`,
    },
    {
      name: 'a record, whose keys are texts anyway',
      code: `const clients = {};
export function clientFor(options) {
  const key = String(options.origin);
  clients[key] = clients[key] || connect(key);
  return clients[key];
}
export function drop(origin) { delete clients[origin]; }`,
      path: 'src/sample.js',
    },
  ],
);
