/** The definition in force where a workspace has none. */
import { DEFAULT_DEFINITION_FILE, DEFAULT_DEFINITION_TEXT } from './defaultDefinition';
import { loadDefinition } from './definition/loadDefinition';
import type { Definition } from './definition/model';

let loaded: Definition | undefined;

/** Reads the program's own text, once. Throws where it does not load, which is a fault of the program. */
export function builtInDefinition(): Definition {
  if (!loaded) {
    const { definition, problems } = loadDefinition([
      { file: DEFAULT_DEFINITION_FILE, text: DEFAULT_DEFINITION_TEXT, isChecked: true },
    ]);
    if (!definition) throw new Error(`the built-in definition does not load: ${problems[0]?.message ?? ''}`);
    loaded = definition;
  }
  return loaded;
}
