/** The code of a workspace, scanned when asked, and nothing else: no objectives, no agents, no records. */
import { type CodePart, codePartOf } from './codePart';
import { CodeReports } from './codeReports';
import type { MonitorSettings } from './monitorSettings';
import type { Cancellation, MonitorPorts } from './ports';
import { Workspace } from './workspace';
import { WorkspaceScan } from './workspaceScan';

export class CodeMonitor {
  readonly workspace: Workspace;
  private readonly code: WorkspaceScan;
  private readonly codeReports = new CodeReports();

  constructor(
    private readonly ports: Pick<MonitorPorts, 'fs' | 'clock' | 'logger' | 'toUri'>,
    private readonly settings: MonitorSettings,
  ) {
    this.workspace = new Workspace(ports, settings);
    this.code = new WorkspaceScan(ports, this.workspace);
  }

  /** Scans the code of all roots. A cancelled scan keeps what was known. */
  async scan(cancellation: Cancellation, progress: (share: number) => void): Promise<void> {
    const walk = async (): Promise<void> => void (await this.workspace.walk(cancellation));
    await this.code.run(this.settings, walk, cancellation, progress);
  }

  /** How the code is. */
  codePart(): CodePart {
    const { ports, workspace } = this;
    return codePartOf({
      now: ports.clock.now(),
      toUri: ports.toUri,
      join: ports.fs.join,
      states: workspace.states,
      minConfidence: (root) => workspace.minConfidence(root),
      scan: this.code.state,
      configProblems: workspace.configProblems,
      codeReports: this.codeReports,
    });
  }
}
