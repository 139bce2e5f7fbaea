import { samples } from '../expectLeaks';

samples(
  'pipes of sockets and requests',
  [
    {
      name: 'a tunnel whose target outlives the client',
      code: `import net from 'node:net';
export function onConnect(request, client) {
  const target = net.connect(443, request.url, () => {
    client.write('HTTP/1.1 200 OK');
    client.pipe(target);
    target.pipe(client); // leak handle/pipe-upstream-open
  });
  target.on('error', () => client.destroy());
}`,
    },
    {
      name: 'an upgraded socket that a handler is given',
      path: 'src/sample.js',
      code: `const http = require('http');
const tls = require('https');
exports.upgrade = (incoming, client, options) => {
  const upstream = (options.secure ? tls : http).request(options);
  upstream.on('upgrade', (response, remote) => {
    remote.on('error', (error) => options.log(error));
    configureSocket(remote);
    remote.pipe(client).pipe(remote); // leak handle/pipe-upstream-open
  });
  upstream.end();
};`,
    },
    {
      name: 'a request that is fed by one that may be aborted',
      code: `import http from 'node:http';
export const server = http.createServer((incoming, answer) => {
  const outgoing = http.request({ host: 'b', path: incoming.url }, (response) => response.pipe(answer)); // leak handle/pipe-upstream-open
  outgoing.setHeader('via', 'proxy');
  outgoing.on('error', () => answer.destroy());
  incoming.pipe(outgoing);
});`,
    },
  ],
  [
    {
      name: 'a tunnel of which each end destroys the other',
      code: `import net from 'node:net';
export function onConnect(request, client) {
  const target = net.connect(443, request.url, () => {
    client.pipe(target);
    target.pipe(client);
  });
  target.on('error', () => client.destroy());
  client.on('error', () => target.destroy());
}`,
    },
    {
      name: 'two streams of the caller',
      code: `export function join(left, right) { left.pipe(right).pipe(left); }`,
    },
    {
      name: 'ends that a helper is given both of',
      code: `import net from 'node:net';
export function onConnect(request, client) {
  const target = net.connect(443, request.url, () => { client.pipe(target); target.pipe(client); });
  endTogether(client, target);
}`,
    },
    {
      name: 'a socket that a list of its owner keeps',
      code: `import net from 'node:net';
export class Tunnel {
  accept(client) {
    const target = net.connect(443, 'host');
    this.sockets.push(target);
    client.pipe(target);
    target.pipe(client);
  }
}`,
    },
    {
      name: 'a request that is destroyed when the source is aborted',
      code: `import http from 'node:http';
export const server = http.createServer((incoming, answer) => {
  const outgoing = http.request({ host: 'b' }, (response) => response.pipe(answer));
  incoming.on('aborted', () => outgoing.destroy());
  incoming.pipe(outgoing);
});`,
    },
    {
      name: 'a request that is fed by a body of the caller',
      code: `import http from 'node:http';
export function send(body, done) {
  const outgoing = http.request({ host: 'b' }, done);
  outgoing.on('error', done);
  body.pipe(outgoing);
}`,
    },
  ],
);

samples(
  'timeouts of requests',
  [
    {
      name: 'the option without a handler',
      code: `import https from 'node:https';
export function load(url, done) {
  https.get(url, { timeout: 5000 }, (response) => done(null, response)).on('error', done); // leak handle/request-timeout-ignored
}`,
    },
    {
      name: 'the option in what a function of the file is given',
      path: 'src/sample.js',
      code: `const { request: plain } = require('http');
const { request: secure } = require('https');
function send(options, done) {
  const request = options.secure ? secure : plain;
  const sent = request(options, (response) => done(null, response)); // leak handle/request-timeout-ignored
  sent.on('error', done);
  sent.end();
}
exports.ping = (host, done) => {
  const options = { host, timeout: 1000 };
  options.path = '/ping';
  send(options, done);
};`,
    },
    {
      name: 'the method without a handler',
      code: `import http from 'node:http';
export const ask = (options) => new Promise((resolve, reject) => {
  const request = http.request(options, resolve); // leak handle/request-timeout-ignored
  request.on('error', reject);
  request.setTimeout(1000);
  request.end();
});`,
    },
    {
      name: 'a handler that only rejects',
      code: `import http from 'node:http';
export const ask = (options) => new Promise((resolve, reject) => {
  const request = http.request({ host: 'b', timeout: 500 }, resolve); // leak handle/request-timeout-ignored
  request.on('timeout', () => reject(new Error('no answer')));
  request.on('error', reject);
  request.end();
});`,
    },
  ],
  [
    {
      name: 'a handler that destroys its request',
      code: `import https from 'node:https';
export function load(url, done) {
  const request = https.get(url, { timeout: 5000 }, (response) => done(null, response));
  request.on('error', done).on('timeout', () => request.destroy());
}`,
    },
    {
      name: 'a handler that ends it by way of a helper',
      code: `import http from 'node:http';
export const ask = (options) => new Promise((resolve, reject) => {
  const request = http.request({ host: 'b', timeout: 500 }, resolve);
  request.on('error', fail);
  request.setTimeout(500, () => fail(new Error('no answer')));
  function fail(error) { request.destroy(); reject(error); }
  request.end();
});`,
    },
    {
      name: 'a signal that aborts it',
      code: `import http from 'node:http';
export function load(done) {
  const options = { host: 'b', timeout: 500, signal: AbortSignal.timeout(1000) };
  http.get(options, (response) => done(null, response)).on('error', done);
}`,
    },
    {
      name: 'a request that the caller is given',
      code: `import http from 'node:http';
export function open(host) {
  const request = http.request({ host, timeout: 500 });
  request.end();
  return request;
}`,
    },
    {
      name: 'a timer that destroys it',
      code: `import http from 'node:http';
export function load(done) {
  const request = http.get({ host: 'b', timeout: 500 }, (response) => done(null, response));
  setTimeout(() => request.destroy(), 5000);
}`,
    },
    {
      name: 'no timeout at all',
      code: `import http from 'node:http';
export function load(done) {
  http.get({ host: 'b', timeout: 0 }, (response) => done(null, response)).on('error', done);
}`,
    },
  ],
);
