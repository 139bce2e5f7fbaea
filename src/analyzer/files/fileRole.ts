/** What part a file plays: findings outside production code weigh one level less. */
import type { FileRole } from '../findings/findings';

const roles: readonly (readonly [FileRole, RegExp])[] = [
  [
    'test',
    /(?:^|\/)(?:(?:(?:[\w.]+-)*(?:integration|unit|e2e|functional|smoke|system|acceptance|regression|contract|performance|api|ui)-)?tests?|__(?:tests|e2e|mocks)__|specs?|(?:[\w.]+-)*e2e|cypress|playwright|fixtures|testing|(?:test|e2e)-?(?:utils?|helpers?|support|containers?|kit)|mocks|step[-_]?definitions?|benchmarks?|bench)(?:\/|$)|^test-[\w.-]+\.[cm]?jsx?$|\.steps\.[cm]?[jt]s$|[.\-_](?:test|spec|e2e|bench|benchmark|stories|story|cy)(?:\.[\w-]+)?\.[cm]?[jt]sx?$/i,
  ],
  [
    'example',
    /^sandbox\/|(?:^|\/)(?:examples?|demos?|samples?|stories|storybook|playgrounds?|\.(?:stackblitz|codesandbox)|tutorials?|docs?|website)(?:\/|$)/i,
  ],
  [
    'script',
    /(?:^|\/)(?:(?:(?:build|release|deploy|ci)-)?scripts?|tools?|build|bin|codegen|gulpfile|Gruntfile|migrations?|seeds?|seeders)(?:\/|\.[cm]?[jt]s$)|[.-](?:migration|seed)\.[cm]?[jt]s$|^tasks\/[\w.-]+\.[cm]?js$|^(?:packages\/[\w-]+\/)?dev-?server\.[cm]?[jt]s$|(?:^|\/)(?:gulpfile|gruntfile|webpack|rollup|vite|esbuild|jest|karma|vitest|rspack|babel|eslint)[\w.-]*\.config\.[cm]?[jt]s$/i,
  ],
];

/** Does the file itself handle the signals of its process? Then it is the program, and what it begins ends with it. */
export function isProgram(text: string): boolean {
  return /^process\.(?:on|once)\(\s*['"`]SIG(?:INT|TERM)/m.test(text);
}

/** A command of a tool: who runs it is told of its exception, and the process ends, unless it is one that serves. */
export function isOfCommandLine({ path, text }: { readonly path: string; readonly text: string }): boolean {
  return (
    /(?:^|[\\/])cli[\\/](?!(?:serve|server|daemon|watch|dev|start)\b)[^\\/]+$/.test(path) && !/\.listen\(/.test(text)
  );
}

/** Only tests and what helps them name what runs them; of its types or its browsers a program may make use, too. */
const runsTests =
  /^import (?:\w+, )?\{[^}]*\b(?:test|it|describe|suite|expect|before(?:Each|All)|vi|jest)\b[^}]*\} from ['"](?:vitest|mocha|node:test|@jest\/globals|@playwright\/test)['"]/m;

/** What was asked last: the judges of a file ask for its role one after the other. */
let last: { readonly path: string; readonly text: string; readonly role: FileRole | undefined } | undefined;

/** Role of a file by its path, and by a `#!` line for scripts. */
export function fileRoleOf(path: string, text: string): FileRole {
  if (last?.path !== path || last.text !== text) {
    const role = roleByPath(path.replaceAll('\\', '/')) ?? (runsTests.test(text) ? 'test' : undefined);
    last = { path, text, role };
  }
  return last.role ?? (text.startsWith('#!') ? 'script' : 'production');
}

function roleByPath(slashed: string): FileRole | undefined {
  for (const [role, pattern] of roles) if (pattern.test(slashed)) return role;
  return undefined;
}
