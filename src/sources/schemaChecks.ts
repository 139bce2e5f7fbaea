/** Checks of values by JSON schemas. The library is loaded for the first of them: most programs that start meet no file to check. */
import type * as Library from 'ajv';

export type { ErrorObject, ValidateFunction } from 'ajv';

/** A compiler of schemas into checks. */
export function schemaCompiler(options: Library.Options): Library.Ajv {
  const { Ajv } = require('ajv') as typeof Library;
  return new Ajv(options);
}
