import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../fixtures/kitfiles/', import.meta.url);

/** Kitfiles in all styles that people and tools write: name and text. */
export const KITFILES: readonly (readonly [string, string])[] = readdirSync(FOLDER)
  .toSorted()
  .map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')] as const);

export function kitfile(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}
