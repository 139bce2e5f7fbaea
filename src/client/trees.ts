/** The three trees in the editor: adapters from plain nodes to tree items. */
import {
  commands,
  type Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from 'vscode';
import { isFirstScan, shortHeadline } from '../page/words';
import type { WorkspaceReport } from '../report/report';
import { findingNodes } from './findingNodes';
import { agentNodes, complianceNodes } from './nodes';
import type { ReportStore } from './reportStore';
import type { TreeNode } from './treeNode';

class NodeTree implements TreeDataProvider<TreeNode> {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private nodes: readonly TreeNode[] = [];

  set(nodes: readonly TreeNode[]): void {
    this.nodes = nodes;
    this.changed.fire(undefined);
  }

  getChildren(element?: TreeNode): TreeNode[] {
    return [...(element?.children ?? this.nodes)];
  }

  getTreeItem(element: TreeNode): TreeItem {
    const state =
      element.children.length === 0
        ? TreeItemCollapsibleState.None
        : element.expanded
          ? TreeItemCollapsibleState.Expanded
          : TreeItemCollapsibleState.Collapsed;
    const item = new TreeItem(element.label, state);
    item.id = element.id;
    item.description = element.description;
    item.tooltip = new MarkdownString(element.tooltip);
    item.iconPath = element.color
      ? new ThemeIcon(element.icon, new ThemeColor(element.color))
      : new ThemeIcon(element.icon);
    item.accessibilityInformation = { label: element.spoken };
    item.contextValue = element.context;
    if (element.place) {
      item.command = { command: 'sloLens.openPlace', title: 'Open', arguments: [element.place] };
      if (element.context === 'group') item.resourceUri = Uri.parse(element.place.uri);
    }
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Registers the views and keeps them a function of the report. */
export function registerTrees(
  store: ReportStore,
  grouping: () => 'severity' | 'file',
): { readonly render: () => void } & Disposable {
  const compliance = new NodeTree();
  const findings = new NodeTree();
  const agents = new NodeTree();
  const options = (treeDataProvider: NodeTree): Parameters<typeof window.createTreeView<TreeNode>>[1] => ({
    treeDataProvider,
    showCollapseAll: true,
  });
  const views: readonly TreeView<TreeNode>[] = [
    window.createTreeView('sloLens.compliance', options(compliance)),
    window.createTreeView('sloLens.findings', options(findings)),
    window.createTreeView('sloLens.agents', options(agents)),
  ];
  const [complianceView, findingsView, agentsView] = views;
  const render = (): void => {
    const { report } = store;
    const now = Date.now();
    compliance.set(report ? complianceNodes(report, now) : []);
    findings.set(report ? findingNodes(report, grouping(), now) : []);
    agents.set(report ? agentNodes(report, now) : []);
    if (complianceView) {
      complianceView.description = report ? shortHeadline(report) : '';
      const violating =
        report?.services.flatMap((service) => service.objectives).filter((objective) => objective.state === 'violating')
          .length ?? 0;
      complianceView.badge =
        violating > 0
          ? { value: violating, tooltip: `${violating} ${violating === 1 ? 'objective' : 'objectives'} violating` }
          : undefined;
    }
    if (findingsView)
      findingsView.description =
        report && report.code.findings.length > 0
          ? `${report.code.counts.high} HIGH, ${report.code.counts.medium} MEDIUM, ${report.code.counts.low} LOW`
          : '';
    if (agentsView)
      agentsView.description =
        report && report.agents.found > 0 ? `${report.agents.active} of ${report.agents.found} active` : '';
    void setContext('hasReport', report !== null);
    void setContext('hasAgents', (report?.agents.found ?? 0) > 0);
    void setContext('code', codeContext(report));
    void setContext('grouping', grouping());
  };
  const subscription = store.onDidChange(render);
  render();
  return {
    render,
    dispose: () => {
      subscription.dispose();
      for (const part of [...views, compliance, findings, agents]) part.dispose();
    },
  };
}

function setContext(key: string, value: string | boolean): Thenable<unknown> {
  return commands.executeCommand('setContext', `sloLens.${key}`, value);
}

/** Which welcome text the findings view shows when it is empty. */
function codeContext(report: WorkspaceReport | null): string {
  if (!report || report.code.state === 'not-scanned') return 'notScanned';
  if (isFirstScan(report)) return 'findings';
  if (report.code.files.analysed === 0) return 'noCode';
  return report.code.findings.length === 0 && report.code.state === 'complete' ? 'clean' : 'findings';
}
