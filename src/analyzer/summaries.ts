/** What a file's functions, classes and module do to resources, small enough to keep for every file. Plain JSON. */
export interface FileSummary {
  readonly version: 1;
}
