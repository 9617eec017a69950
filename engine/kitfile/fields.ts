/** The text fields of each section in the order of the config (spec 1.2). */
export const TEXT_FIELDS = {
  package: ['name', 'version', 'description', 'license'],
  model: ['name', 'path', 'license', 'framework', 'format', 'version', 'description'],
  parts: ['name', 'path', 'license', 'type'],
  code: ['path', 'description', 'license'],
  datasets: ['name', 'path', 'remotePath', 'remoteHash', 'description', 'license'],
  docs: ['path', 'description'],
  prompts: ['name', 'path', 'description'],
  mcpServers: ['name', 'path', 'description'],
} as const;

/** The top-level lists in their order. */
export const LISTS = ['code', 'datasets', 'docs', 'prompts', 'mcpServers'] as const;
export type ListSection = (typeof LISTS)[number];

/** What the config says of a layer, last in its entry. */
export const DIGEST_FIELDS = ['digest', 'diffId'] as const;
