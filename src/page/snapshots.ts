/** The snapshots, and of each why it is current or not. */
import { age, link, objectivesOf, type PageContext, table } from './context';
import { type Child, type El, h } from './element';
import { percentText } from './words';

const MAX_PATHS = 50;

function sizeText(bytes: number | null): string {
  return bytes === null ? '–' : `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`;
}

function currentChip(present: boolean, current: boolean): El {
  const [tone, mark, text] = current
    ? ['meeting', '✓', 'current']
    : present
      ? ['violating', '✗', 'not current']
      : ['violating', '✗', 'missing'];
  return h('span', { class: `state ${tone}` }, h('span', { 'aria-hidden': 'true' }, mark), ` ${text}`);
}

/** Source files that the snapshot describes no more, as the objective counts them. */
function changedFiles(context: PageContext): Child {
  const { currency } = context.report.snapshots;
  const all = objectivesOf(context.report)
    .flatMap(({ causes }) => causes)
    .filter((cause) => cause.kind === 'snapshot' && cause.label !== currency?.cachePath);
  const files = [...new Map(all.map((cause) => [cause.label, cause])).values()];
  if (!currency || files.length === 0) return null;
  return h(
    'details',
    { class: 'figures', key: 'changed files' },
    h('summary', {}, `Source files that ${currency.cachePath} describes no more`),
    table(
      'Source files that are not as recorded',
      ['File', 'Why'],
      files.slice(0, MAX_PATHS).map((cause) => [link(cause.label, cause.place, context), cause.detail]),
      { hideCaption: true },
    ),
    files.length > MAX_PATHS ? h('p', { class: 'muted' }, `… and ${files.length - MAX_PATHS} more`) : null,
  );
}

/** The section. */
export function snapshotsSection(context: PageContext): El {
  const { artefacts, currency, contextFiles } = context.report.snapshots;
  const heading = h('h2', { id: 'snapshots' }, 'Snapshots');
  if (artefacts.length === 0)
    return h('section', { 'aria-labelledby': 'snapshots' }, heading, h('p', {}, 'No snapshot files found.'));
  const byHash: Child = currency && [
    h(
      'p',
      {},
      `${percentText(currency.current / currency.sources)} of ${currency.sources.toLocaleString('en')} source files are as ${currency.cachePath} recorded them: ${currency.current} current, ${currency.changed} changed, ${currency.unscanned} never scanned, ${currency.gone} gone. The objective counts these; below, each snapshot by its age.`,
    ),
    table(
      'Currency by file type',
      ['Type', 'Current', 'Files', 'Share'],
      currency.byExtension.map((one) => [
        one.extension,
        String(one.current),
        String(one.sources),
        percentText(one.current / one.sources),
      ]),
      { narrow: true },
    ),
    changedFiles(context),
  ];
  return h(
    'section',
    { 'aria-labelledby': 'snapshots' },
    heading,
    byHash,
    table(
      'Snapshot files, and why each is current or not',
      ['File', 'Counts', 'Why', 'Written', 'Size'],
      artefacts.map((artefact) => [
        link(artefact.path, artefact.place, context),
        currentChip(artefact.present, artefact.current),
        artefact.note,
        age(artefact.modifiedAt, context),
        sizeText(artefact.bytes),
      ]),
    ),
    contextFiles !== null ? h('p', { class: 'muted' }, `The project context describes ${contextFiles} files.`) : null,
  );
}
