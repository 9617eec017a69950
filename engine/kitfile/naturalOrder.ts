/** The order in which go-yaml writes the keys of a map: numbers inside them by value, letters after all else (spec 1.7). */
export function byNature(one: string, other: string): number {
  if (one === other) return 0;
  return isLess([...one], [...other]) ? -1 : 1;
}

function isLess(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  if (at === length) return one.length < other.length;
  const afterDigits = at > 0 && isDigit(one[at - 1]);
  const oneLetter = isLetter(one[at]);
  const otherLetter = isLetter(other[at]);
  if (oneLetter && otherLetter) return isBefore(one[at], other[at]);
  if (oneLetter || otherLetter) return afterDigits ? oneLetter : otherLetter;
  return isLessNumber(one, other, at);
}

function isLessNumber(one: readonly string[], other: readonly string[], at: number): boolean {
  // Behind other digits a zero is a digit, and not a number that starts with zero.
  const lead = (one[at] === '0' || other[at] === '0') && hasNumberBefore(one, at) ? 1n : 0n;
  const oneDigits = digitsAt(one, at);
  const otherDigits = digitsAt(other, at);
  const difference = numberOf(oneDigits, lead) - numberOf(otherDigits, lead);
  if (difference !== 0n) return difference < 0n;
  if (oneDigits.length !== otherDigits.length) return oneDigits.length < otherDigits.length;
  return isBefore(one[at], other[at]);
}

/** Digits of other scripts count by their distance from `0`, as in go-yaml. */
function numberOf(digits: readonly string[], lead: bigint): bigint {
  return digits.reduce((sum, digit) => sum * 10n + BigInt((digit.codePointAt(0) ?? 0) - 48), lead);
}

function hasNumberBefore(text: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(text[before]); before -= 1) if (text[before] !== '0') return true;
  return false;
}

function digitsAt(text: readonly string[], at: number): readonly string[] {
  const after = text.slice(at);
  const end = after.findIndex((character) => !isDigit(character));
  return end < 0 ? after : after.slice(0, end);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /^\p{Nd}$/u.test(character);
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /^\p{L}$/u.test(character);
}

function isBefore(one = '', other = ''): boolean {
  return (one.codePointAt(0) ?? 0) < (other.codePointAt(0) ?? 0);
}
