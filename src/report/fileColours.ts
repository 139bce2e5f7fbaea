/** The theme colours that the stylesheet names, for a file that no editor gives a theme: one set for light, one for dark. */
const LIGHT: Readonly<Record<string, string>> = {
  'font-family': 'system-ui, sans-serif',
  'font-size': '14px',
  foreground: '#2b2b2b',
  'editor-background': '#ffffff',
  descriptionForeground: '#5b5b5b',
  'widget-border': '#dcdcdc',
  'editorWidget-background': '#f6f6f6',
  'textLink-foreground': '#005fb8',
  errorForeground: '#b3201e',
  'editorError-foreground': '#b3201e',
  'editorWarning-foreground': '#8a5a00',
  'testing-iconPassed': '#2c7a2c',
  'charts-blue': '#1a62b5',
  'charts-red': '#c4302b',
  'charts-yellow': '#b88400',
  'charts-green': '#388a34',
  'textCodeBlock-background': '#f1f1f1',
  'badge-background': '#e4e4e4',
  'badge-foreground': '#2b2b2b',
  focusBorder: '#005fb8',
  'editor-font-family': 'ui-monospace, monospace',
};
const DARK: Readonly<Record<string, string>> = {
  ...LIGHT,
  foreground: '#d4d4d4',
  'editor-background': '#1f1f1f',
  descriptionForeground: '#a0a0a0',
  'widget-border': '#3c3c3c',
  'editorWidget-background': '#252526',
  'textLink-foreground': '#6cb6ff',
  errorForeground: '#f48771',
  'editorError-foreground': '#f48771',
  'editorWarning-foreground': '#e0b050',
  'testing-iconPassed': '#73c991',
  'charts-blue': '#5aa5f0',
  'charts-red': '#f14c4c',
  'charts-yellow': '#d7a83a',
  'charts-green': '#89d185',
  'textCodeBlock-background': '#2b2b2b',
  'badge-background': '#3a3a3a',
  'badge-foreground': '#d4d4d4',
  focusBorder: '#6cb6ff',
};

const rules = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join(' ');

/** Rules that define the colours, by the reader's preference. */
export const FILE_COLOURS = `
:root { ${rules(LIGHT)} }
@media (prefers-color-scheme: dark) { :root { ${rules(DARK)} } }
`;
