/** Patterns of the files that are read as pages: as `isPage` of the analyzer tells them, of which the client takes no code. */
export const pagePatterns: readonly string[] = [
  '**/*.{html,htm,xhtml,xht,astro,mdx,marko}',
  '**/*.{html,htm}.{template,tpl,tmpl,ejs,hbs,njk,j2,jinja,jinja2,twig,erb,in}',
  '**/*.{ejs,eta,hbs,handlebars,mustache,njk,nunjucks,twig,liquid,jinja,jinja2,gohtml,tmpl,tpl,ftl}',
  '**/*.{erb,php,phtml,jsp,jspx,aspx,cshtml,vbhtml,razor,eex,heex,leex,pug,jade,haml,slim}',
  '**/{content,contents,post,posts,_post,_posts,pages,articles,blog,_layouts}/**/*.{md,markdown}',
];
