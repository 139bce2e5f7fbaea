/** Colour of text on a terminal; without one, none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly blue: (text: string) => string;
}

const same = (text: string): string => text;
export const noStyle: Style = { bold: same, dim: same, red: same, yellow: same, green: same, blue: same };

const paint =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;

/** The sixteen-colour codes that every terminal knows. */
export const terminalColours: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  yellow: paint(33, 39),
  green: paint(32, 39),
  blue: paint(34, 39),
};
