/** The language server's process. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeGit } from '../monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../monitor/node/nodePorts';
import { startServer } from './server';

declare const __VERSION__: string | undefined;

startServer(createConnection(ProposedFeatures.all), {
  ports: { fs: nodeFileSystem, clock: nodeClock, git: nodeGit, runner: nodeCommandRunner },
  version: typeof __VERSION__ === 'string' ? __VERSION__ : 'development',
});
