/** A licence of the SPDX list. */
export interface License {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** The SPDX licences by identifier. Loaded when first asked for: most documents are opened without. */
export async function licenses(): Promise<ReadonlyMap<string, License>> {
  const { default: list } = await import('spdx-license-list');
  return new Map(Object.entries(list).map(([id, { name, url }]) => [id, { id, name, url }]));
}
