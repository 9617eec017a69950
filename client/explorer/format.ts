const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Numbers as the reader's language writes them. */
export interface Format {
  /** Bytes, such as `1.2 GiB`. */
  size(bytes: number): string;
  /** A share of 0 to 1, such as `42 %`; what is small but there is never `0 %`. */
  share(share: number): string;
  count(count: number): string;
}

/** @param language BCP 47 tag, such as `ko` */
export function formatFor(language: string): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    size(bytes) {
      const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
      return `${(power === 0 ? whole : tenths).format(bytes / 1024 ** power)} ${UNITS[power]}`;
    },
    share: (share) => (share > 0 && share < 0.001 ? `< ${percent.format(0.001)}` : percent.format(share)),
    count: (count) => whole.format(count),
  };
}

/** The first twelve digits, as people quote them. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 12);
}
