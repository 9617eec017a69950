/** Keeps VS Code from drawing an icon for `$(name)` in a name that a stranger chose (bad-inputs F2). */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
