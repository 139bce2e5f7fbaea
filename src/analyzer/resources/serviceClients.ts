/** Clients of databases, brokers, remote services, devices and background workers, by library. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';
import { type Nouns, withNouns } from './nouns';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));
/** What a module itself is, however it is imported. */
const itself = (...modules: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => named(module, 'default', '*'));

const grpcClient = named('@grpc/grpc-js', 'Client');

/** Open from the start. */
const constructed: readonly ApiName[] = [
  ...named('@elastic/elasticsearch', 'Client'),
  ...named('@opensearch-project/opensearch', 'Client'),
  ...named('etcd3', 'Etcd3'),
  ...named('typesense', 'default'),
  ...named('ably', 'Realtime', 'default.Realtime', 'Realtime.Promise'),
  ...named('subscriptions-transport-ws', 'SubscriptionClient'),
  ...named('peerjs', 'Peer', 'default'),
  ...named('hot-shots', 'StatsD', 'default.StatsD', 'default', '*'),
  ...named('node-statsd', 'StatsD', 'default', '*'),
  ...named('duckdb', 'Database', 'default.Database'),
  ...named('classic-level', 'ClassicLevel'),
  ...named('level', 'Level'),
  ...named('kysely', 'Kysely'),
  ...named('sequelize', 'Sequelize', 'default'),
  ...named('sequelize-typescript', 'Sequelize'),
  ...named('arangojs', 'Database'),
  ...named('@google-cloud/pubsub', 'PubSub'),
  ...named('@google-cloud/spanner', 'Spanner'),
  ...named('@azure/cosmos', 'CosmosClient'),
  ...named('piscina', 'default', '*', 'Piscina'),
  ...named('tinypool', 'default', 'Tinypool'),
  ...named('jest-worker', 'Worker', 'default'),
  ...named('exiftool-vendored', 'ExifTool'),
  ...named('node-hid', 'HID', 'default.HID'),
  ...named('bonjour-service', 'Bonjour', 'default'),
  ...itself('pusher-js', 'sockjs-client', 'simple-peer', 'memcached', 'reconnecting-eventsource'),
];

/** Of the model context protocol, by the names of the module in its versions. */
const contextProtocol: readonly string[] = [
  '@modelcontextprotocol/sdk/client/index.js',
  '@modelcontextprotocol/sdk/client/index',
  '@modelcontextprotocol/sdk/client',
  '@modelcontextprotocol/client',
];

/** Open from the call of a method on. */
const activated: readonly { readonly callee: readonly ApiName[]; readonly by: readonly string[] }[] = [
  {
    callee: [
      ...named('paho-mqtt', 'Client', 'default.Client'),
      ...named('phoenix', 'Socket'),
      ...named('centrifuge', 'Centrifuge', 'default'),
      ...named('livekit-client', 'Room'),
      ...named('node-ssh', 'NodeSSH'),
      ...named('ftp', 'default', '*'),
      ...named('modbus-serial', 'default', '*'),
      ...named('tedious', 'Connection'),
      ...named('node-rdkafka', 'Producer', 'KafkaConsumer', 'HighLevelProducer'),
      ...named('gremlin', 'driver.DriverRemoteConnection', 'default.driver.DriverRemoteConnection'),
    ],
    by: [
      'connect',
      'open',
      'connectTCP',
      'connectRTU',
      'connectRTUBuffered',
      'connectTcpRTUBuffered',
      'connectUDP',
      'connectTelnet',
    ],
  },
  { callee: named('discord.js', 'Client'), by: ['login'] },
  { callee: named('typeorm', 'DataSource'), by: ['initialize'] },
  { callee: named('ravendb', 'DocumentStore'), by: ['initialize'] },
  { callee: named('whatsapp-web.js', 'Client', 'default.Client'), by: ['initialize'] },
  { callee: named('pg-boss', 'default', '*'), by: ['start'] },
  { callee: named('telegraf', 'Telegraf'), by: ['launch'] },
  { callee: named('grammy', 'Bot'), by: ['start'] },
  { callee: named('@opentelemetry/sdk-node', 'NodeSDK'), by: ['start'] },
  { callee: named('smtp-server', 'SMTPServer'), by: ['listen'] },
  { callee: named('@ffmpeg/ffmpeg', 'FFmpeg'), by: ['load'] },
  { callee: named('watchpack', 'default', '*'), by: ['watch'] },
  { callee: contextProtocol.flatMap((module) => named(module, 'Client')), by: ['connect'] },
  {
    callee: ['', '/node', '/node.js', '/browser', '/browser.js'].flatMap((below) =>
      named(`vscode-languageclient${below}`, 'LanguageClient'),
    ),
    by: ['start'],
  },
];

const called: readonly ApiName[] = [
  ...named('postgres', 'default', '*'),
  ...named('node-zookeeper-client', 'createClient', 'default.createClient'),
  ...named('@clickhouse/client', 'createClient'),
  ...named('graphql-ws', 'createClient'),
  ...named('graphql-sse', 'createClient'),
  ...named('@rails/actioncable', 'createConsumer'),
  ...named('net-snmp', 'createSession', 'default.createSession'),
  ...named('mongoose', 'createConnection', 'default.createConnection'),
  ...named('lmdb', 'open'),
  ...named('workerpool', 'pool', 'default.pool'),
  ...['@libsql/client', '@libsql/client/node', '@libsql/client/web'].flatMap((module) => named(module, 'createClient')),
  ...['vscode-jsonrpc', 'vscode-jsonrpc/node', 'vscode-jsonrpc/browser'].flatMap((module) =>
    named(module, 'createMessageConnection'),
  ),
  ...itself('multicast-dns', 'bonjour'),
];

/** A promise of it. */
const promised: readonly ApiName[] = [
  ...named('@nats-io/transport-node', 'connect'),
  ...named('nats.ws', 'connect'),
  ...named('imap-simple', 'connect', 'default.connect'),
  ...named('rethinkdb', 'connect', 'default.connect'),
  ...named('couchbase', 'connect', 'default.connect'),
  ...named('odbc', 'connect', 'pool', 'default.connect', 'default.pool'),
  ...named('slonik', 'createPool'),
  ...named('@mikro-orm/core', 'MikroORM.init'),
  ...['mysql', 'postgresql', 'sqlite', 'mongodb'].flatMap((one) => named(`@mikro-orm/${one}`, 'MikroORM.init')),
  ...named('hazelcast-client', 'Client.newHazelcastClient'),
  ...named('@temporalio/client', 'Connection.connect'),
  ...named('@temporalio/worker', 'NativeConnection.connect'),
  ...named('realm', 'open', 'default.open', 'Realm.open'),
  ...named('chrome-remote-interface', 'default', '*'),
  ...named('localtunnel', 'default', '*'),
  ...named('webdriverio', 'remote'),
  ...named('twilio-video', 'connect', 'default.connect'),
  ...['ai', '@ai-sdk/mcp'].flatMap((module) => named(module, 'createMCPClient', 'experimental_createMCPClient')),
];

/** What is no client. */
const nouns: Nouns = {
  database: ['duckdb', 'classic-level', 'level', 'kysely', 'arangojs', 'lmdb', 'realm'],
  'database connection': [
    'sequelize',
    'sequelize-typescript',
    'mongoose',
    'typeorm',
    'tedious',
    'odbc#connect',
    'odbc#default.connect',
    'rethinkdb',
    '@mikro-orm/core',
    ...['mysql', 'postgresql', 'sqlite', 'mongodb'].map((one) => `@mikro-orm/${one}`),
  ],
  'connection pool': ['postgres', 'slonik', 'odbc#pool', 'odbc#default.pool'],
  'document store': ['ravendb'],
  'worker pool': ['piscina', 'tinypool', 'jest-worker', 'workerpool'],
  'child process': ['exiftool-vendored'],
  worker: ['@ffmpeg/ffmpeg'],
  device: ['node-hid'],
  server: ['smtp-server'],
  'file watcher': ['watchpack'],
  bot: ['telegraf', 'grammy'],
  tunnel: ['localtunnel'],
  connection: [
    'vscode-jsonrpc',
    'vscode-jsonrpc/node',
    'vscode-jsonrpc/browser',
    '@temporalio/client',
    '@temporalio/worker',
    'gremlin',
    'simple-peer',
  ],
  browser: ['webdriverio'],
  room: ['livekit-client', 'twilio-video'],
  'job queue': ['pg-boss'],
  'telemetry SDK': ['@opentelemetry/sdk-node'],
};

const modules = [
  ...new Set(
    [...grpcClient, ...constructed, ...called, ...promised, ...activated.flatMap(({ callee }) => callee)].flatMap(
      ({ module }) => module ?? [],
    ),
  ),
  '@microsoft/signalr',
  'selenium-webdriver',
];

export const serviceClientTypes: readonly TypeEntry[] = [
  {
    id: 'signalr.builder',
    names: named('@microsoft/signalr', 'HubConnectionBuilder'),
    members: ['withUrl', 'withAutomaticReconnect', 'configureLogging', 'withHubProtocol'].map((name) => ({
      of: 'signalr.builder',
      name,
      call: true,
    })),
  },
  {
    id: 'selenium.builder',
    names: named('selenium-webdriver', 'Builder'),
    members: ['forBrowser', 'setChromeOptions', 'setFirefoxOptions', 'usingServer', 'withCapabilities'].map((name) => ({
      of: 'selenium.builder',
      name,
      call: true,
    })),
  },
];

export const serviceClientKinds: readonly ResourceKind[] = [
  {
    id: 'handle/service-client',
    family: 'handle',
    noun: 'client',
    title: 'Client, connection or worker of a library is not closed',
    participle: 'closed',
    severity: 'high',
    words: modules.flatMap((module) => [`'${module}'`, `"${module}"`]),
    acquire: [
      // Generated clients are known by the credentials that they are given.
      ...withNouns({ form: 'new' as const, callee: constructed }, nouns),
      {
        form: 'new',
        callee: grpcClient,
        given: named(
          '@grpc/grpc-js',
          'credentials.createInsecure',
          'credentials.createSsl',
          'default.credentials.createInsecure',
          'default.credentials.createSsl',
          'ChannelCredentials.createInsecure',
          'ChannelCredentials.createSsl',
        ),
      },
      ...activated.flatMap(({ callee, by }) => withNouns({ form: 'new' as const, callee, activatedBy: by }, nouns)),
      ...withNouns({ form: 'call' as const, callee: called }, nouns),
      ...withNouns({ form: 'call' as const, callee: promised, promise: true }, nouns),
      { form: 'method', on: ['signalr.builder'], method: ['build'], activatedBy: ['start'] },
      { form: 'method', on: ['selenium.builder'], method: ['build'], promise: true },
    ],
    release: [
      {
        form: 'method',
        // Which of them a client has, only its library tells.
        written: '',
        method: [
          'close',
          'end',
          'destroy',
          'disconnect',
          'dispose',
          'shutdown',
          'stop',
          'terminate',
          'quit',
          'kill',
          'drain',
          'deleteSession',
          'closeSync',
          '[Symbol.asyncDispose]',
          '[Symbol.dispose]',
        ],
      },
      { form: 'observed', method: ['on', 'once', 'addListener'], event: ['close', 'end', 'exit', 'disconnect'] },
    ],
    heldBy: 'runtime',
    fluent: ['on', 'once', 'addListener', 'connect', 'initialize', 'asPromise', 'unref'],
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'likely',
    mostlyShared: true,
    perInstance: true,
    documentation: {
      what: 'A client of a database, broker, search server, remote service, device or pool of workers (gRPC, SignalR, Elasticsearch, postgres.js, TypeORM, Kafka, Pusher, Piscina and many others) that is made by a function and not closed on every way out of it.',
      why: 'Each one keeps connections, threads or processes, and the timers that keep these alive, until it is closed.',
      leaking:
        "import { credentials } from '@grpc/grpc-js';\nimport { PricesClient } from './generated/prices.js';\nexport async function price(target, id) {\n  const client = new PricesClient(target, credentials.createInsecure());\n  const answer = await client.get({ id });\n  return answer.price;\n}",
      safe: "import { credentials } from '@grpc/grpc-js';\nimport { PricesClient } from './generated/prices.js';\nexport async function price(target, id) {\n  const client = new PricesClient(target, credentials.createInsecure());\n  try {\n    const answer = await client.get({ id });\n    return answer.price;\n  } finally {\n    client.close();\n  }\n}",
      releases: [
        '`close()`, `end()`, `destroy()`, `stop()` or what its library calls it, in `finally`',
        'one client for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
];
