/** Which files are pages or templates of pages, by their paths. Also for who only watches files: it knows no texts. */
import { fileRoleOf } from './fileRole';

/** Endings of pages themselves, and of what a build or a server makes one of. */
const pageEndings: readonly string[] = ['html', 'htm'];
const makers = ['template', 'tpl', 'tmpl', 'ejs', 'hbs', 'njk', 'j2', 'jinja', 'jinja2', 'twig', 'erb', 'in'];

/** Endings of markup in languages of their own: which elements it names is read, and not how often it shows them. */
const inLines = ['pug', 'jade', 'haml', 'slim'];
const foreign = [
  'astro',
  'xhtml',
  'xht',
  'mdx',
  'ejs',
  'eta',
  'hbs',
  'handlebars',
  'mustache',
  'njk',
  'nunjucks',
  'twig',
  'liquid',
  'erb',
  'php',
  'phtml',
  'jsp',
  'jspx',
  'aspx',
  'cshtml',
  'vbhtml',
  'razor',
  'eex',
  'heex',
  'leex',
  'jinja',
  'jinja2',
  'gohtml',
  'tmpl',
  'tpl',
  'ftl',
  'marko',
  ...inLines,
];

const page = new RegExp(`\\.(?:${pageEndings.join('|')})(?:\\.(?:${makers.join('|')}))?$`, 'i');
const ofOthers = new RegExp(`\\.(?:${foreign.join('|')})$`, 'i');
const ofLines = new RegExp(`\\.(?:${inLines.join('|')})$`, 'i');
/** Texts that become pages; other such files are for readers of the source. */
const folders = ['content', 'contents', 'post', 'posts', '_post', '_posts', 'pages', 'articles', 'blog', '_layouts'];
const written = new RegExp(`(?:^|/)(?:${folders.join('|')})/(?:.*/)?[^/]*\\.(?:md|markdown)$`, 'i');

/** Is it a page, or a template of a component or of a page? */
export function isPage(path: string): boolean {
  return page.test(path) || isForeign(path);
}

/** Is it markup of which not all that decides what is shown is read? */
export function isForeign(path: string): boolean {
  return (ofOthers.test(path) && !page.test(path)) || written.test(path);
}

/** Has its language no tags in angles? */
export function isOfLines(path: string): boolean {
  return ofLines.test(path);
}

/** Is it a page of what a workspace makes? Those of tests, examples and documentation show what they like, and are not read. */
export function isPageOfProgram(path: string): boolean {
  const role = isPage(path) ? fileRoleOf(path, '') : 'test';
  return role !== 'test' && role !== 'example';
}
