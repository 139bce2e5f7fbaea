/** A name for a finding that survives moved lines, new neighbours and reformatting. */
import { isClassNode, isFunctionNode, propertyNameText, ts } from '../syntax/syntax';

/** FNV-1a, 64 bits, as 16 hex digits: short, stable, and no security is asked of it. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    value ^= BigInt(text.charCodeAt(index));
    value = (value * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return value.toString(16).padStart(16, '0');
}

/**
 * Makes fingerprints for the findings of one file. Equal ones in the same scope are told apart by their order.
 * @returns a function from kind and node to 16 hex digits
 */
export function createFingerprinter(): (kind: string, node: ts.Node) => string {
  const seen = new Map<string, number>();
  return (kind, node) => {
    const base = `${kind}|${scopeNames(node).join('>')}|${tokensOf(node)}`;
    const ordinal = seen.get(base) ?? 0;
    seen.set(base, ordinal + 1);
    return hash(`${base}|${ordinal}`);
  };
}

function scopeNames(node: ts.Node): readonly string[] {
  const names: string[] = [];
  for (let up = node.parent; up; up = up.parent) {
    if (isFunctionNode(up) || isClassNode(up)) {
      const holder =
        up.name ??
        (up.parent &&
        (ts.isVariableDeclaration(up.parent) ||
          ts.isPropertyAssignment(up.parent) ||
          ts.isPropertyDeclaration(up.parent))
          ? up.parent.name
          : undefined);
      names.unshift(propertyNameText(holder) ?? ts.SyntaxKind[up.kind]);
    }
  }
  return names;
}

/** The node's tokens without white space, comments, quotes' style, trailing commas and semicolons. */
function tokensOf(node: ts.Node): string {
  const sourceFile = node.getSourceFile();
  const tokens: string[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isStringLiteralLike(child)) tokens.push(JSON.stringify(child.text));
    else if (child.getChildCount(sourceFile) === 0) tokens.push(child.getText(sourceFile));
    else for (const inner of child.getChildren(sourceFile)) visit(inner);
  };
  visit(node);
  return tokens
    .filter((token) => token !== ';' && token !== '')
    .join(' ')
    .replace(/ ,(?= [)\]}])/g, '')
    .slice(0, 400);
}
