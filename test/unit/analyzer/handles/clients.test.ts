import { samples } from '../expectLeaks';

samples(
  'clients of servers and devices',
  [
    {
      name: 'a shell that is never ended',
      path: 'src/sample.js',
      code: `const { Client } = require('ssh2');
exports.run = (config, command, done) => {
  const shell = new Client(); // leak handle/network-client
  shell.on('ready', () => shell.exec(command, (error, stream) => {
    if (error) return done(error);
    stream.on('data', (chunk) => done(null, chunk));
  }));
  shell.connect(config);
};`,
    },
    {
      name: 'a socket of an effect',
      path: 'src/sample.tsx',
      code: `import { useEffect } from 'react';
import { io } from 'socket.io-client';
export function Chat({ add }) {
  useEffect(() => {
    const socket = io('/chat'); // leak handle/network-client
    socket.on('message', add);
    return () => socket.off('message', add);
  }, [add]);
  return null;
}`,
    },
    {
      name: 'a mail pool for each message',
      code: `import nodemailer from 'nodemailer';
export async function notify(options, message) {
  const transport = nodemailer.createTransport({ host: options.host, pool: true }); // leak handle/network-client
  await transport.sendMail(message);
}`,
    },
    {
      name: 'a broker client that is ended on success only',
      code: `import { connect } from 'nats';
export async function ask(subject) {
  const broker = await connect({ servers: 'b' }); // leak handle/network-client
  const reply = await broker.request(subject);
  await broker.drain();
  return reply.string();
}`,
    },
    {
      name: 'a session of a graph database, closed on success only',
      code: `import neo4j from 'neo4j-driver';
const driver = neo4j.driver('bolt://db');
export async function names() {
  const session = driver.session(); // leak handle/mongo-session-cursor
  const result = await session.run('MATCH (n) RETURN n');
  await session.close();
  return result.records;
}`,
    },
    {
      name: 'a datagram without an end',
      code: `import dgram from 'node:dgram';
export function report(text) {
  const socket = dgram.createSocket('udp4'); // leak handle/udp-socket
  socket.send(text, 8125, 'stats', (error) => { if (error) console.error(error); });
}`,
    },
  ],
  [
    {
      name: 'a shell that ends with its command',
      path: 'src/sample.js',
      code: `const { Client } = require('ssh2');
exports.run = (config, command, done) => {
  const shell = new Client();
  shell.on('ready', () => shell.exec(command, (error, stream) => {
    if (error) { shell.end(); return done(error); }
    stream.on('close', () => { shell.end(); done(); });
  }));
  shell.connect(config);
};`,
    },
    {
      name: 'a socket that the clean-up disconnects',
      path: 'src/sample.tsx',
      code: `import { useEffect } from 'react';
import { io } from 'socket.io-client';
export function Chat({ add }) {
  useEffect(() => {
    const socket = io('/chat');
    socket.on('message', add);
    return () => { socket.disconnect(); };
  }, [add]);
  return null;
}`,
    },
    { name: 'one socket for the page', code: `import { io } from 'socket.io-client';\nexport const socket = io('/');` },
    {
      name: 'a mail transport without a pool',
      code: `import nodemailer from 'nodemailer';
export async function notify(options, message) {
  const transport = nodemailer.createTransport({ host: options.host });
  await transport.sendMail(message);
}`,
    },
    {
      name: 'a producer that is never connected',
      code: `import { Kafka } from 'kafkajs';
const kafka = new Kafka({ brokers: ['b:1'] });
export function nameOf() {
  const producer = kafka.producer();
  return producer.events;
}`,
    },
    {
      name: 'a datagram whose callback closes',
      code: `import dgram from 'node:dgram';
export function report(text) {
  const socket = dgram.createSocket('udp4');
  socket.send(text, 8125, 'stats', () => socket.close());
}`,
    },
    {
      name: 'a client that its owner ends',
      code: `import mqtt from 'mqtt';
export class Lamp {
  connect(url) { this.client = mqtt.connect(url); }
  close() { this.client.end(); }
}`,
    },
  ],
);

samples(
  'memory outside the heap',
  [
    {
      name: 'a converter of coverage',
      code: `import convert from 'v8-to-istanbul';
export async function istanbul(url, functions) {
  const converter = convert(url); // leak handle/native-memory
  await converter.load();
  converter.applyCoverage(functions);
  return converter.toIstanbul();
}`,
    },
    {
      name: 'a source map that an early return leaves',
      code: `import { SourceMapConsumer } from 'source-map';
export async function original(map, position) {
  const consumer = await new SourceMapConsumer(map); // leak handle/native-memory
  const found = consumer.originalPositionFor(position);
  if (found.source === null) return undefined;
  consumer.destroy();
  return found;
}`,
    },
    {
      name: 'a matrix of a picture',
      code: `export function blur(id) {
  const source = cv.imread(id);
  const target = new cv.Mat(); // leak handle/native-memory
  cv.blur(source, target, new cv.Size(3, 3));
  cv.imshow('out', target);
  source.delete();
}`,
    },
    {
      name: 'a syntax tree',
      code: `import Parser from 'web-tree-sitter';
const parser = new Parser();
export function count(text) {
  const tree = parser.parse(text); // leak handle/native-memory
  return tree.rootNode.childCount;
}`,
    },
  ],
  [
    {
      name: 'a consumer of a version that gives it at once',
      code: `import { SourceMapConsumer } from 'source-map';
export function original(map, position) {
  const consumer = new SourceMapConsumer(map);
  return consumer.originalPositionFor(position);
}`,
    },
    {
      name: 'a consumer that ends with its work',
      code: `import { SourceMapConsumer } from 'source-map';
export const original = (map, position) => SourceMapConsumer.with(map, null, (consumer) => consumer.originalPositionFor(position));`,
    },
    {
      name: 'matrices that are deleted',
      code: `export function blur(id) {
  const source = cv.imread(id);
  const target = new cv.Mat();
  cv.blur(source, target, new cv.Size(3, 3));
  cv.imshow('out', target);
  source.delete();
  target.delete();
}`,
    },
    {
      name: 'a tree that is given to the caller',
      code: `import Parser from 'web-tree-sitter';
const parser = new Parser();
export function parse(text) { return parser.parse(text); }`,
    },
  ],
);
