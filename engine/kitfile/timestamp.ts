const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

/** A YAML date as RFC 3339, which is how Go writes it into JSON; undefined for what go-yaml takes for text (spec 1.4). */
export function timestampText(text: string): string | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', separator, hour = '0', minute = '0', second = '0', fraction, zone] = match;
  if (separator !== undefined && separator.startsWith(' ') !== (zone === undefined)) return undefined;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = zoneText(zone);
  if (offset === undefined) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${fractionText(fraction)}${offset}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

/** Nine digits count; zeros at the end are not written. */
function fractionText(fraction = ''): string {
  const digits = fraction.slice(0, 9).replace(/0+$/, '');
  return digits === '' ? '' : `.${digits}`;
}

function zoneText(zone = 'Z'): string | undefined {
  if (zone === 'Z' || /^[-+]00:00$/.test(zone)) return 'Z';
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  // Go takes 60 minutes for an hour.
  if (minutes === 60) return zoneText(`${zone.charAt(0)}${two(String(hours + 1))}:00`);
  return hours > 23 || minutes > 60 ? undefined : zone;
}
