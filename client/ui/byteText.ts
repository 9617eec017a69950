const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A number of bytes for people: `512 B`, `1.4 GiB`. Cut and not rounded, as `kit` writes it (spec 8.2). */
export function byteText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length);
  return `${(Math.floor((bytes / 1024 ** power) * 10) / 10).toFixed(1)} ${UNITS[power - 1]}`;
}
