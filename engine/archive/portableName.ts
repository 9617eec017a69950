/** Names that some disk or system cannot hold, or cannot tell apart (bad-inputs A19, D12, D13). */

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|:| *$| +\.)/i;
const WINDOWS_FORBIDDEN = /[<>:"|?*\\\p{Cc}]/u;

/** Why Windows cannot hold a name; undefined when it can. */
export function windowsProblem(name: string): string | undefined {
  if (WINDOWS_DEVICE.test(`${name}.`)) return 'is the name of a device';
  const forbidden = WINDOWS_FORBIDDEN.exec(name)?.[0];
  if (forbidden !== undefined) return 'has a character that Windows does not allow in names';
  return /[. ]$/.test(name) ? 'ends in a dot or blank' : undefined;
}

/** Equal for names that a disk may take for the same: case, full case folding (`ß` is `SS`), Unicode form. */
export function portableKey(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}
