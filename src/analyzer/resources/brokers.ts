/** Message brokers and queues. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));

export const brokerTypes: readonly TypeEntry[] = [
  { id: 'kafka', names: named('kafkajs', 'Kafka') },
  {
    id: 'amqp.connection',
    names: named('amqplib', 'Connection', 'ChannelModel').concat(named('amqplib/callback_api', 'Connection')),
    calls: named('amqplib', 'connect').concat(named('amqp-connection-manager', 'connect')),
    is: ['emitter'],
  },
];

export const brokerKinds: readonly ResourceKind[] = [
  {
    id: 'handle/kafka-client',
    family: 'handle',
    noun: 'Kafka client',
    title: 'Kafka client is not disconnected',
    participle: 'disconnected',
    severity: 'high',
    words: ['kafkajs'],
    acquire: [{ form: 'method', on: ['kafka'], method: ['producer', 'consumer', 'admin'], activatedBy: ['connect'] }],
    release: [{ form: 'method', method: ['disconnect', 'stop'] }],
    heldBy: 'runtime',
    fluent: ['on'],
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A producer, consumer or admin client that is made by a function and not disconnected on every way out of it.',
      why: 'Each one keeps connections to the brokers, and a consumer its place in the group.',
      leaking:
        "import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: ['b:9092'] });\nexport async function send(messages) {\n  const producer = kafka.producer();\n  await producer.connect();\n  await producer.send({ topic: 't', messages });\n  await producer.disconnect();\n}",
      safe: "import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: ['b:9092'] });\nexport async function send(messages) {\n  const producer = kafka.producer();\n  try {\n    await producer.connect();\n    await producer.send({ topic: 't', messages });\n  } finally {\n    await producer.disconnect();\n  }\n}",
      releases: [
        '`disconnect()` in `finally`',
        'one client for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/amqp-channel',
    family: 'handle',
    noun: 'AMQP connection',
    title: 'AMQP connection or channel is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['amqp'],
    acquire: [
      { form: 'callback', callee: named('amqplib/callback_api', 'connect'), parameter: 1 },
      { form: 'call', callee: named('amqplib', 'connect'), promise: true },
      { form: 'call', callee: named('amqp-connection-manager', 'connect') },
      {
        form: 'method',
        on: ['amqp.connection'],
        method: ['createChannel', 'createConfirmChannel'],
        promise: true,
        untyped: true,
      },
    ],
    release: [
      { form: 'method', method: ['close'] },
      { form: 'observed', method: ['on', 'once'], event: ['close'] },
    ],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    parts: ['createChannel', 'createConfirmChannel'],
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A connection to a broker, or a channel on one, that is opened by a function and not closed on every way out of it.',
      why: 'Connections and channels stay open here and at the broker, which admits only so many.',
      leaking:
        "import amqp from 'amqplib';\nexport async function send(url, queue, text) {\n  const connection = await amqp.connect(url);\n  const channel = await connection.createChannel();\n  await channel.assertQueue(queue);\n  channel.sendToQueue(queue, Buffer.from(text));\n  await channel.close();\n  await connection.close();\n}",
      safe: "import amqp from 'amqplib';\nexport async function send(url, queue, text) {\n  const connection = await amqp.connect(url);\n  try {\n    const channel = await connection.createChannel();\n    try {\n      await channel.assertQueue(queue);\n      channel.sendToQueue(queue, Buffer.from(text));\n    } finally {\n      await channel.close();\n    }\n  } finally {\n    await connection.close();\n  }\n}",
      releases: [
        '`close()` in `finally`',
        'closing the connection, which closes its channels',
        'one connection for the whole process',
      ],
    },
  },
  {
    id: 'handle/queue-worker',
    family: 'handle',
    noun: 'queue client',
    title: 'Queue client is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['bullmq', "'bull'", '"bull"'],
    acquire: [
      {
        form: 'new',
        callee: [
          ...named('bullmq', 'Queue', 'Worker', 'QueueEvents', 'FlowProducer'),
          ...named('bull', 'default', '*'),
        ],
      },
    ],
    release: [{ form: 'method', method: ['close', 'disconnect'] }],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    pathSensitive: true,
    mostlyShared: true,
    documentation: {
      what: 'A queue, worker or event listener of a job queue that is made by a function and not closed on every way out of it.',
      why: 'Each one opens Redis connections of its own, one of them blocking.',
      leaking:
        "import { Queue } from 'bullmq';\nexport async function enqueue(job) {\n  const queue = new Queue('mail');\n  await queue.add('send', job);\n}",
      safe: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nexport async function enqueue(job) {\n  await queue.add('send', job);\n}",
      releases: [
        '`close()` on every way out',
        'one queue for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
];
