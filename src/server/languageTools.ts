/** Answers the read-only tools of language models: what they ask is checked here, and what they are told is text of `report/tools`. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { type BaseResult, branchBase, gateOver } from '../monitor/branchGate';
import type { Monitor } from '../monitor/monitor';
import type { Cancellation, FileSystem, GitRevisions } from '../monitor/ports';
import type { Root } from '../monitor/rootFiles';
import { type LanguageToolParams, type LanguageToolResult, languageToolRequest } from '../protocol/messages';
import { baselineOf, beyondBaseline } from '../report/baseline';
import type { FindingReport, WorkspaceReport } from '../report/report';
import { quoted } from '../report/tools/answer';
import { explainAnswer } from '../report/tools/explainAnswer';
import { type GateFacts, gateAnswer } from '../report/tools/gateAnswer';
import { type GateInput, readCall } from '../report/tools/input';
import { statusAnswer } from '../report/tools/statusAnswer';

/** Where branches usually begin, the likeliest first. */
const MAIN_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

export interface LanguageToolPorts {
  /** Throws where there is no monitor yet. */
  readonly running: () => Monitor;
  readonly isTrusted: () => boolean;
  readonly revisions: GitRevisions;
  /** Scans the working tree anew, after what is going on. */
  readonly rescan: (cancellation: Cancellation) => Promise<WorkspaceReport | null>;
  /** A monitor over a root's files as a commit has them, under the settings of now; it remembers nothing and tells nobody. */
  readonly monitorOf: (root: Root, files: FileSystem) => Monitor;
  /** Changes with everything but files that a scan depends on. */
  readonly settingsKey: () => string;
}

/** The call was cancelled: there is no answer. */
class Stopped extends Error {}

const same = (path: string): string => path;

/** Findings of the one that the other does not have. */
function beyond(findings: readonly FindingReport[], others: readonly FindingReport[]): readonly FindingReport[] {
  return beyondBaseline(findings, baselineOf(others, same), same);
}

/** What the scan made of a file, by its path in the report. */
function lookedAt(monitor: Monitor, path: string): { readonly skip: string | null } | null {
  for (const root of monitor.workspace.roots) {
    const prefix = monitor.workspace.roots.length > 1 ? `${root.name}/` : '';
    const found = path.startsWith(prefix) ? monitor.workspace.scanOf(root)?.lookedAt(path.slice(prefix.length)) : null;
    if (found) return found;
  }
  return null;
}

class Gate {
  /** The last base: it stays what it is while nobody changes the definition or a setting. */
  private known: { readonly key: string; readonly base: BaseResult } | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly ports: LanguageToolPorts) {}

  /** One after another: each scans the workspace, and perhaps a commit. */
  facts(input: GateInput, cancellation: Cancellation): Promise<GateFacts> {
    const result = this.last.then(() => this.compare(input, cancellation));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async compare({ since, policy, strict }: GateInput, cancellation: Cancellation): Promise<GateFacts> {
    const { running, rescan } = this.ports;
    if (cancellation.isCancelled()) throw new Stopped();
    const report = (await rescan(cancellation)) ?? running().report();
    if (cancellation.isCancelled()) throw new Stopped();
    const base = await this.base(since, cancellation);
    const gate = gateOver(report, running().definitionInForce, base.ok ? base.value : null, { policy, strict });
    if (!base.ok) return { report, gate, branch: { reason: base.message } };
    const { findings } = report.code;
    return {
      report,
      gate,
      branch: { added: beyond(findings, base.value.findings), gone: beyond(base.value.findings, findings) },
    };
  }

  private async base(since: string | null, cancellation: Cancellation): Promise<BaseResult> {
    const { running, isTrusted, revisions, monitorOf, settingsKey } = this.ports;
    const monitor = running();
    const refused = (message: string): BaseResult => ({ ok: false, message });
    if (!isTrusted()) return refused('the workspace is not trusted, and git runs in trusted workspaces only.');
    const [root, ...others] = monitor.workspace.roots;
    if (!root) return refused('no folder is open.');
    if (others.length > 0)
      return refused('several folders are open, which may be of several repositories; open the one that is meant.');
    const found = await this.commitOf(since, root, revisions);
    if (!found.ok) return found;
    const texts = monitor.definitionTexts.map(({ key, text }) => [key, text]);
    const key = JSON.stringify([root.path, found.revision, found.commit, texts, settingsKey()]);
    if (this.known?.key === key) return this.known.base;
    const base = await branchBase(monitor, root, found, revisions, async (files) => {
      const scanned = monitorOf(root, files);
      await scanned.scan(cancellation);
      if (cancellation.isCancelled()) throw new Stopped();
      return scanned;
    });
    // What git or the scan says may name files.
    if (!base.ok) return refused(`the base cannot be scanned: ${quoted(base.message)}.`);
    this.known = { key, base };
    return base;
  }

  private async commitOf(
    since: string | null,
    root: Root,
    revisions: GitRevisions,
  ): Promise<
    | { readonly ok: true; readonly revision: string; readonly commit: string }
    | { readonly ok: false; readonly message: string }
  > {
    for (const revision of since === null ? MAIN_BRANCHES : [since]) {
      const commit = await revisions.mergeBase(root.path, revision);
      if (commit.ok) return { ok: true, revision, commit: commit.value };
      if (since !== null) return { ok: false, message: `git says: ${quoted(commit.error.message)}.` };
    }
    return {
      ok: false,
      message: `no main branch was found (${MAIN_BRANCHES.join(', ')}), or the folder is in no git repository; name a branch, a tag or a commit in \`since\`.`,
    };
  }
}

/** Answers the request of the protocol. */
export function offerLanguageTools(connection: Connection, ports: LanguageToolPorts): void {
  const gate = new Gate(ports);
  const text = async (
    { tool, input, maxCharacters }: LanguageToolParams,
    cancellation: Cancellation,
  ): Promise<LanguageToolResult> => {
    const read = readCall(tool, input, maxCharacters);
    if (!read.ok) return read;
    const { call, maxCharacters: bound } = read;
    const monitor = ports.running();
    switch (call.tool) {
      case 'slo_status':
        return { ok: true, text: statusAnswer(monitor.report(), call.input, bound) };
      case 'slo_explain': {
        const facts = {
          report: monitor.report(),
          kinds: monitor.workspace.kinds,
          lookedAt: (path: string) => lookedAt(monitor, path),
        };
        return { ok: true, text: explainAnswer(facts, call.input.what, bound) };
      }
      case 'slo_gate':
        return { ok: true, text: gateAnswer(await gate.facts(call.input, cancellation), bound) };
    }
  };
  connection.onRequest<LanguageToolResult, unknown>(
    languageToolRequest,
    async (params: LanguageToolParams, token: CancellationToken): Promise<LanguageToolResult> => {
      try {
        return await text(params, { isCancelled: () => token.isCancellationRequested });
      } catch (error) {
        if (error instanceof Stopped) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
        throw error;
      }
    },
  );
}
