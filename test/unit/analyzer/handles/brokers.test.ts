import { samples } from '../expectLeaks';

samples(
  'handle/kafka-client',
  [
    {
      name: 'a producer per call',
      code: `import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: [] });\nexport async function send(messages) {\n  const producer = kafka.producer(); // leak handle/kafka-client\n  await producer.connect();\n  await producer.send({ topic: 't', messages });\n}`,
    },
    {
      name: 'a disconnect that a rejected send skips',
      code: `import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: [] });\nexport async function send(messages) {\n  const producer = kafka.producer(); // leak handle/kafka-client\n  await producer.connect();\n  await producer.send({ topic: 't', messages });\n  await producer.disconnect();\n}`,
    },
    {
      name: 'an admin client of an injected Kafka',
      code: `import { Kafka } from 'kafkajs';\nexport class Topics {\n  constructor(private readonly kafka: Kafka) {}\n  async list() {\n    const admin = this.kafka.admin(); // leak handle/kafka-client\n    await admin.connect();\n    return await admin.listTopics();\n  }\n}`,
    },
  ],
  [
    {
      name: 'one of the module',
      code: `import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: [] });\nexport const producer = kafka.producer();`,
    },
    {
      name: 'finally',
      code: `import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: [] });\nexport async function list() { const admin = kafka.admin(); try { await admin.connect(); return await admin.listTopics(); } finally { await admin.disconnect(); } }`,
    },
    {
      name: 'a service with a field',
      code: `import { Kafka } from 'kafkajs';\nexport class Bus { private producer = new Kafka({ brokers: [] }).producer(); async onModuleDestroy() { await this.producer.disconnect(); } }`,
    },
  ],
);

samples(
  'handle/amqp-channel',
  [
    {
      name: 'a connection per message',
      code: `import amqp from 'amqplib';\nexport async function send(url, text) {\n  const connection = await amqp.connect(url); // leak handle/amqp-channel\n  const channel = await connection.createChannel();\n  channel.sendToQueue('q', Buffer.from(text));\n}`,
    },
    {
      name: 'a channel per call on a connection of the module',
      code: `import amqp from 'amqplib';\nconst connection = await amqp.connect('amqp://x');\nexport async function send(text) {\n  const channel = await connection.createChannel(); // leak handle/amqp-channel\n  await channel.assertQueue('q');\n  channel.sendToQueue('q', Buffer.from(text));\n}`,
    },
    {
      name: 'a close that a rejection skips',
      code: `import amqp from 'amqplib';\nexport async function send(url, text) {\n  const connection = await amqp.connect(url); // leak handle/amqp-channel\n  const channel = await connection.createChannel();\n  await channel.assertQueue('q');\n  channel.sendToQueue('q', Buffer.from(text));\n  await connection.close();\n}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import amqp from 'amqplib';\nexport async function send(url, text) {\n  const connection = await amqp.connect(url);\n  try { const channel = await connection.createChannel(); channel.sendToQueue('q', Buffer.from(text)); } finally { await connection.close(); }\n}`,
    },
    {
      name: 'one of the module',
      code: `import amqp from 'amqplib';\nlet channel;\nexport async function init(url) { const connection = await amqp.connect(url); channel = await connection.createChannel(); }\nexport const send = (text) => channel.sendToQueue('q', text);`,
    },
    {
      name: 'a connection that is returned',
      code: `import amqp from 'amqplib';\nexport async function open(url) { const connection = await amqp.connect(url); return connection; }`,
    },
  ],
);

samples(
  'handle/queue-worker',
  [
    {
      name: 'a queue per call',
      code: `import { Queue } from 'bullmq';\nexport async function enqueue(job) {\n  const queue = new Queue('mail'); // leak handle/queue-worker\n  await queue.add('send', job);\n}`,
    },
    {
      name: 'events per request',
      code: `import { QueueEvents } from 'bullmq';\napp.post('/job', async (req, res) => {\n  const events = new QueueEvents('mail'); // leak handle/queue-worker\n  events.on('completed', () => res.end());\n});`,
    },
    {
      name: 'a close that a rejection skips',
      code: `import { Queue } from 'bullmq';\nexport async function enqueue(job) {\n  const queue = new Queue('mail'); // leak handle/queue-worker\n  await queue.add('send', job);\n  await queue.close();\n}`,
    },
  ],
  [
    { name: 'one of the module', code: `import { Queue } from 'bullmq';\nexport const queue = new Queue('mail');` },
    {
      name: 'finally',
      code: `import { Queue } from 'bullmq';\nexport async function enqueue(job) { const queue = new Queue('mail'); try { await queue.add('send', job); } finally { await queue.close(); } }`,
    },
    {
      name: 'a worker that is returned',
      code: `import { Worker } from 'bullmq';\nexport function start(run) { const worker = new Worker('mail', run); worker.on('failed', console.error); return worker; }`,
    },
  ],
);
