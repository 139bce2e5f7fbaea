import { closeSync, openSync, readSync } from 'node:fs';

/** The descriptor stays open when reading or parsing fails. */
export function readConfig(path: string): unknown {
  const fd = openSync(path, 'r');
  const buffer = Buffer.alloc(4096);
  const length = readSync(fd, buffer);
  const config = JSON.parse(buffer.toString('utf8', 0, length));
  closeSync(fd);
  return config;
}
