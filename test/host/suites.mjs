/** What each host suite runs with: the folder it opens (copied first), settings and trust. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const suites = [
  { name: 'swarm', prepare: (to) => cpSync('sample', to, { recursive: true }) },
  { name: 'definition', prepare: (to) => cpSync('sample', to, { recursive: true }) },
  {
    name: 'yaml',
    // Another extension that knows the schema, by its id: what it offers, ours leaves to it.
    beside: {
      publisher: 'redhat',
      name: 'vscode-yaml',
      version: '1.0.0',
      engines: { vscode: '^1.101.0' },
      contributes: { configuration: { properties: { 'yaml.completion': { type: 'boolean', default: true } } } },
    },
    prepare: (to) => cpSync('sample', to, { recursive: true }),
  },
  { name: 'empty', prepare: (to) => mkdirSync(to, { recursive: true }) },
  {
    name: 'killed',
    prepare: (to) => {
      mkdirSync(join(to, 'src'), { recursive: true });
      writeFileSync(
        join(to, 'src', 'leak.ts'),
        'export function poll(update: () => void) {\n  setInterval(update, 1000);\n}\n',
      );
    },
  },
  // Nothing here activates the extension before the test does.
  { name: 'activation', prepare: (to) => mkdirSync(to, { recursive: true }) },
  {
    name: 'roots',
    workspaceFile: 'two.code-workspace',
    prepare: (to) => {
      cpSync('sample', join(to, 'one'), { recursive: true });
      mkdirSync(join(to, 'two', 'src'), { recursive: true });
      writeFileSync(
        join(to, 'two', 'src', 'leak.ts'),
        'export function poll(update: () => void) {\n  setInterval(update, 1000);\n}\n',
      );
      writeFileSync(join(to, 'two.code-workspace'), JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }));
    },
  },
  {
    name: 'alerts',
    prepare: (to) => {
      cpSync('sample', to, { recursive: true });
      mkdirSync(join(to, '.vscode'), { recursive: true });
      // A workspace that names a program: it must not count.
      const outputs = [{ type: 'command', command: 'touch', args: [join(to, 'pwned')] }];
      writeFileSync(join(to, '.vscode', 'settings.json'), JSON.stringify({ 'sloLens.alerts.outputs': outputs }));
    },
  },
  {
    name: 'untrusted',
    trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'sloLens.refresh.commands': ['exit 3'] },
    prepare: (to) => cpSync('sample', to, { recursive: true }),
  },
];
