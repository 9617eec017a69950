/** Limits of a Kitfile (bad-inputs "Limits", A4). */
export const MAX_KITFILE_BYTES = 10 * 1024 * 1024;
/** Of a line or a text: the config, which holds every text, could not be pulled beyond 4 MiB. */
export const MAX_TEXT_LENGTH = 4 * 1024 * 1024;
/** The yaml package overflows the stack at about 1,000 levels (CVE-2026-33532). */
export const MAX_DEPTH = 256;
/** With aliases resolved. */
export const MAX_NODES = 100_000;
/** Of one document: nobody reads more, and an editor shows no more. */
export const MAX_PROBLEMS = 1000;
/** Blanks, line ends and comments too: they cost memory as well. */
export const MAX_TOKENS = 300_000;
