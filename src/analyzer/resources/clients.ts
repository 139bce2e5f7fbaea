/** Clients of servers and devices, each with a connection of its own that only a call ends. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));

const close = '[Symbol.asyncDispose]';
const listening = ['on', 'once', 'addListener'];
const zeroMqSockets = [
  'Publisher',
  'Subscriber',
  'XPublisher',
  'XSubscriber',
  'Push',
  'Pull',
  'Request',
  'Reply',
  'Dealer',
  'Router',
  'Pair',
];

export const clientKinds: readonly ResourceKind[] = [
  {
    id: 'handle/network-client',
    family: 'handle',
    noun: 'client',
    title: 'Client of a server or device is not closed',
    participle: 'closed',
    severity: 'high',
    words: [
      'ssh2',
      'basic-ftp',
      'imap',
      'ldap',
      'mqtt',
      'nats',
      '@stomp/stompjs',
      'socket.io-client',
      'zeromq',
      'nodemailer',
      'mssql',
      'neo4j-driver',
      '@azure/service-bus',
      '@azure/event-hubs',
      'serialport',
    ],
    acquire: [
      {
        form: 'new',
        callee: [
          ...named('ssh2', 'Client', 'default.Client'),
          ...named('ssh2-sftp-client', 'default', '*'),
          ...named('imapflow', 'ImapFlow'),
          ...named('imap', 'default', '*'),
        ],
        activatedBy: ['connect'],
      },
      {
        form: 'new',
        callee: named('mssql', 'ConnectionPool', 'default.ConnectionPool'),
        noun: 'connection pool',
        activatedBy: ['connect'],
      },
      { form: 'new', callee: named('basic-ftp', 'Client'), activatedBy: ['access', 'connect', 'connectImplicitTLS'] },
      { form: 'new', callee: named('ldapts', 'Client'), activatedBy: ['bind', 'search'] },
      { form: 'new', callee: named('@stomp/stompjs', 'Client'), activatedBy: ['activate'] },
      {
        form: 'new',
        callee: named('zeromq', ...zeroMqSockets),
        noun: 'socket',
        activatedBy: ['connect', 'bind'],
        queues: ['send'],
      },
      {
        form: 'new',
        callee: [
          ...named('@azure/service-bus', 'ServiceBusClient'),
          ...named('@azure/event-hubs', 'EventHubProducerClient', 'EventHubConsumerClient'),
        ],
      },
      { form: 'new', callee: named('serialport', 'SerialPort'), noun: 'serial port' },
      {
        form: 'call',
        callee: [
          ...named('ldapjs', 'createClient', 'default.createClient'),
          ...named('mqtt', 'connect', 'default.connect'),
          ...named('socket.io-client', 'default', '*', 'io', 'connect', 'default.connect'),
          ...named('neo4j-driver', 'driver', 'default.driver'),
        ],
      },
      {
        form: 'call',
        callee: [...named('mqtt', 'connectAsync', 'default.connectAsync'), ...named('nats', 'connect')],
        promise: true,
      },
      // Without a pool each message has a connection of its own, which ends with it.
      {
        form: 'call',
        callee: named('nodemailer', 'createTransport', 'default.createTransport'),
        noun: 'mail transport',
        onlyWith: 'pool',
      },
    ],
    release: [
      {
        form: 'method',
        // Which of them a client has, only its library tells.
        written: '',
        method: [
          'close',
          'end',
          'endAsync',
          'disconnect',
          'destroy',
          'logout',
          'unbind',
          'quit',
          'drain',
          'deactivate',
          'forceDisconnect',
          close,
        ],
      },
      { form: 'observed', method: listening, event: ['close', 'end'] },
    ],
    heldBy: 'runtime',
    fluent: [...listening, 'off', 'removeListener', 'connect', 'open', 'unref'],
    parts: ['session'],
    // One that does not connect again ends with the first connection.
    endingOptions: ['reconnection', 'signal'],
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    perInstance: true,
    documentation: {
      what: 'A client of a server or device (SSH, FTP, IMAP, LDAP, MQTT, NATS, STOMP, Socket.IO, ZeroMQ, pooled SMTP, Neo4j, SQL Server, serial port) that is made by a function and not closed on every way out of it.',
      why: 'Each one keeps its connection, timers that keep it alive or open it again, and all that its handlers capture, until it is closed.',
      leaking:
        "import { Client } from 'basic-ftp';\nexport async function fetchReport(host, target) {\n  const client = new Client();\n  await client.access({ host });\n  await client.downloadTo(target, 'report.csv');\n  client.close();\n}",
      safe: "import { Client } from 'basic-ftp';\nexport async function fetchReport(host, target) {\n  const client = new Client();\n  try {\n    await client.access({ host });\n    await client.downloadTo(target, 'report.csv');\n  } finally {\n    client.close();\n  }\n}",
      releases: [
        '`close()`, `end()`, `disconnect()`, `logout()`, `unbind()` or what its library calls it, in `finally`',
        'one client for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/udp-socket',
    family: 'handle',
    noun: 'UDP socket',
    title: 'UDP socket is never closed',
    participle: 'closed',
    severity: 'high',
    words: ['dgram'],
    acquire: [{ form: 'call', callee: named('dgram', 'createSocket', 'default.createSocket') }],
    release: [
      { form: 'method', method: ['close', close] },
      { form: 'observed', method: listening, event: ['close'] },
    ],
    endingOptions: ['signal'],
    heldBy: 'runtime',
    fluent: [...listening, 'off', 'removeListener', 'ref', 'unref'],
    callbacks: ['send', 'bind'],
    survives: ['error'],
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'likely',
    documentation: {
      what: 'A socket for datagrams that is made each time a function runs and that nothing closes.',
      why: 'It keeps its port and the process until it is closed; no end of the other side closes it.',
      leaking:
        "import dgram from 'node:dgram';\nexport function notify(message, port, host) {\n  const socket = dgram.createSocket('udp4');\n  socket.send(message, port, host);\n}",
      safe: "import dgram from 'node:dgram';\nexport function notify(message, port, host) {\n  const socket = dgram.createSocket('udp4');\n  socket.send(message, port, host, () => socket.close());\n}",
      releases: ['`socket.close()`, often in the callback of `send`', 'returned or handed to another owner'],
    },
  },
];
