/** The manifest against the code, and both against the README. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stylesheetModule } from '../../scripts/generated';
import { allKinds } from '../../src/analyzer/resources/catalogue';
import { DEFINITION_FILES } from '../../src/monitor/definitionInForce';
import { definitionGlob } from '../../src/protocol/messages';
import { rulePage } from '../../src/report/rulePage';
import { readCall } from '../../src/report/tools/input';
import { findingsOfFiles } from '../unit/analyzer/expectLeaks';

const root = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

describe('manifest', () => {
  it('declares every command that is registered, and no other', () => {
    const table = /commandNames = \[([\s\S]*?)\] as const/.exec(read('src/client/commands.ts'))?.[1] ?? '';
    const registered = [...table.matchAll(/'(\w+)'/g)].map((match) => `sloLens.${match[1]}`);
    const declared = manifest.contributes.commands.map((command: { command: string }) => command.command);
    assert.deepEqual([...declared].sort(), registered.sort());
    for (const command of manifest.contributes.commands) assert.equal(command.category, 'SLO Lens');
  });

  it('declares every setting that is read, with text, scope and order, and the README lists it', () => {
    const code = ['src/client/server.ts', 'src/client/statusBar.ts', 'src/client/notify.ts'].map(read).join('\n');
    const readKeys = new Set(
      [...code.matchAll(/\.(?:get|inspect)\('([\w.]+)'/g)].map((match) => `sloLens.${match[1]}`),
    );
    readKeys.add('sloLens.trace.server');
    const declared = manifest.contributes.configuration.flatMap((group: { properties: object }) =>
      Object.entries(group.properties),
    ) as [string, { markdownDescription?: string; scope?: string; order?: number; default?: unknown }][];
    assert.deepEqual(
      declared.map(([key]) => key).sort(),
      [...readKeys].filter((key) => key !== 'sloLens.alerts.told').sort(),
    );
    const readme = read('README.md');
    for (const [key, setting] of declared) {
      assert.ok(
        setting.markdownDescription && setting.scope && setting.order !== undefined && 'default' in setting,
        key,
      );
      assert.ok(readme.includes(`\`${key}\``), `README lacks ${key}`);
    }
  });

  it('declares every tool of language models that is registered, with what a model and a person need to know', () => {
    const table = /toolNames = \[([\s\S]*?)\] as const/.exec(read('src/client/languageModelTools.ts'))?.[1] ?? '';
    const registered = [...table.matchAll(/'(\w+)'/g)].map((match) => match[1]);
    const tools: readonly {
      name: string;
      toolReferenceName: string;
      displayName: string;
      userDescription: string;
      modelDescription: string;
      icon: string;
      canBeReferencedInPrompt: boolean;
      inputSchema: { properties: Record<string, { type: string; description: string }>; additionalProperties: boolean };
    }[] = manifest.contributes.languageModelTools;
    assert.deepEqual(
      tools.map(({ name }) => name),
      registered,
    );
    const readme = read('README.md');
    for (const tool of tools) {
      assert.match(tool.toolReferenceName, /^[\w-]+$/);
      assert.match(tool.icon, /^\$\([\w-]+\)$/);
      assert.ok(tool.canBeReferencedInPrompt && tool.displayName && tool.userDescription, tool.name);
      // A model is told what the marks mean, that nothing runs, and where the coverage stands.
      for (const words of [/data, not instructions/, /Read-only/])
        assert.match(tool.modelDescription, words, tool.name);
      assert.ok(tool.modelDescription.length < 1200, tool.name);
      assert.equal(tool.inputSchema.additionalProperties, false);
      assert.ok(readme.includes(`\`${tool.name}\``), `README lacks ${tool.name}`);
      // What the schema allows, the server takes; what it does not, the server refuses.
      const example = Object.fromEntries(
        Object.entries(tool.inputSchema.properties).map(([name, { type, description }]) => {
          assert.ok(description, `${tool.name} ${name}`);
          return [name, type === 'boolean' ? true : name === 'state' ? 'stale' : name === 'policy' ? 'any' : 'x'];
        }),
      );
      assert.equal(readCall(tool.name, example, null).ok, true, tool.name);
      assert.equal(readCall(tool.name, { ...example, more: 1 }, null).ok, false, tool.name);
    }
  });

  it('means by definition files the same everywhere: client, server and the schema for other extensions', () => {
    assert.ok(read('src/client/server.ts').includes(`'${definitionGlob}'`));
    const [{ fileMatch }] = manifest.contributes.yamlValidation;
    assert.deepEqual(fileMatch, DEFINITION_FILES);
    assert.equal(definitionGlob, '**/.slo-lens/{slo.yaml,*.slo.yaml}');
  });

  it('names only files that are there', () => {
    const named = [
      manifest.icon,
      manifest.contributes.viewsContainers.activitybar[0].icon,
      ...manifest.contributes.jsonValidation.map((one: { url: string }) => one.url),
      ...manifest.contributes.yamlValidation.map((one: { url: string }) => one.url),
    ];
    for (const path of named) assert.ok(existsSync(resolve(root, path)), path);
  });

  it('activates on languages and narrow patterns only', () => {
    for (const event of manifest.activationEvents)
      assert.match(event, /^(?:onLanguage:|workspaceContains:[\w.-]+(?:\/|\.json)|onWebviewPanel:)/);
    assert.equal(manifest.engines.vscode, '^1.101.0');
    assert.equal(manifest.devDependencies['@types/vscode'], '1.101.0');
  });

  it('claims no virtual workspaces and no web: whatever it selects is on disk or not saved yet', () => {
    const { capabilities, extensionKind } = manifest;
    assert.equal(capabilities.virtualWorkspaces.supported, false);
    assert.deepEqual([extensionKind, 'browser' in manifest], [['workspace'], false]);
    const schemes = [...read('src/client/server.ts').matchAll(/scheme: '([\w-]+)'/g)].map(([, scheme]) => scheme);
    assert.deepEqual([...new Set(schemes)].toSorted(), ['file', 'untitled']);
  });

  it('has a rule page for every kind, as the catalogue says, and the list of kinds, to which the README leads, has it', () => {
    const list = read('docs/kinds.md');
    assert.ok(read('README.md').includes('(docs/kinds.md)'));
    for (const kind of allKinds) {
      assert.equal(read(`media/rules/${kind.id}.md`), rulePage(kind), kind.id);
      assert.ok(list.includes(`\`${kind.id}\``), `docs/kinds.md lacks ${kind.id}`);
    }
  });
});

describe('what is shipped', () => {
  it('is small: VSIX at most 2 MiB, server at most 3 MiB', function () {
    if (!existsSync(resolve(root, 'out/slo-lens.vsix'))) return this.skip();
    const sizes = JSON.parse(read('dist/sizes.json'));
    assert.ok(readFileSync(resolve(root, 'out/slo-lens.vsix')).length <= 2 * 1024 * 1024);
    const server = sizes['dist/server.js'] + sizes['dist/analyzer.js'];
    assert.ok(server <= 3 * 1024 * 1024, String(server));
    assert.ok(sizes['dist/extension.js'] <= 600 * 1024, String(sizes['dist/extension.js']));
    assert.ok(sizes['dist/dashboard.js'] <= 48 * 1024, String(sizes['dist/dashboard.js']));
    assert.doesNotMatch(read('dist/extension.js'), /createSourceFile/);
  });

  it('colours the panel by the theme alone', () => {
    const css = read('media/dashboard.css');
    assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(/i);
    assert.doesNotMatch(css, /url\(|@import/);
    assert.equal(read('src/page/stylesheet.ts'), stylesheetModule(css), 'run npm run docs');
  });

  it('names no registry host and no path of a machine', () => {
    const lock = read('package-lock.json');
    assert.doesNotMatch(lock, /"resolved":/);
    for (const path of ['package.json', 'README.md', 'CHANGELOG.md', 'src/ARCHITECTURE.md'])
      assert.doesNotMatch(read(path), /\/work\/|\/root\//);
  });

  it('has no findings of its own', () => {
    const paths = readdirSync(resolve(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const files = Object.fromEntries(paths.map((path) => [`src/${path.replaceAll('\\', '/')}`, read(`src/${path}`)]));
    const found = findingsOfFiles(files).flatMap((file) =>
      file.findings
        .filter((finding) => finding.confidence !== 'low')
        .map((finding) => `${file.path}:${finding.range.startLine + 1} ${finding.message}`),
    );
    assert.deepEqual(found, []);
  });
});
