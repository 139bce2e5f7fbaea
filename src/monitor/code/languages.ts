/** Programming languages by file ending, for the line that says what is not analysed. */
const byEnding: Readonly<Record<string, string>> = {
  '.py': 'Python',
  '.rs': 'Rust',
  '.go': 'Go',
  '.java': 'Java',
  '.kt': 'Kotlin',
  '.cs': 'C#',
  '.c': 'C',
  '.cc': 'C++',
  '.cpp': 'C++',
  '.hpp': 'C++',
  '.rb': 'Ruby',
  '.php': 'PHP',
  '.swift': 'Swift',
  '.scala': 'Scala',
  '.dart': 'Dart',
  '.ex': 'Elixir',
  '.exs': 'Elixir',
  '.lua': 'Lua',
  '.astro': 'Astro',
};

/** Language of a file that the analyzer does not read; undefined for data, prose and what it reads. */
export function otherLanguage(path: string): string | undefined {
  return byEnding[path.slice(path.lastIndexOf('.')).toLowerCase()];
}
