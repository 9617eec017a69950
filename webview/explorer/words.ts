import type { ExplorerText } from '#shared/explorer';

/** The words of the page, as the host handed them in. */
export type Words = Readonly<Record<ExplorerText, string>>;

/** Puts values in the places `{0}`, `{1}` of a text. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (place, at: string) => String(values[Number(at)] ?? place));
}
