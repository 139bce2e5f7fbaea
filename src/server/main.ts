/** The language server's process. */
import { randomBytes } from 'node:crypto';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeGit } from '../monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../monitor/node/nodePorts';
import { nodeProcesses } from '../monitor/node/nodeProcesses';
import { nodeRevisions } from '../monitor/node/nodeRevisions';
import { nodeSender } from '../monitor/node/nodeSender';
import { startServer } from './server';

// Meant for this process alone, not for the programs that it starts.
for (const name of process.env.SLO_LENS_OWN_ENVIRONMENT?.split(',') ?? []) delete process.env[name];
delete process.env.SLO_LENS_OWN_ENVIRONMENT;

declare const __VERSION__: string | undefined;

startServer(createConnection(ProposedFeatures.all), {
  ports: {
    fs: nodeFileSystem,
    clock: nodeClock,
    git: nodeGit,
    runner: nodeCommandRunner,
    sender: nodeSender,
    processes: nodeProcesses,
  },
  revisions: nodeRevisions,
  writer: randomBytes(6).toString('hex'),
  version: typeof __VERSION__ === 'string' ? __VERSION__ : 'development',
});
