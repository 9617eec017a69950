declare const MODELKIT_VERSION: string | undefined;

/** The version of package.json, which the build puts in. */
export const programVersion: string = typeof MODELKIT_VERSION === 'string' ? MODELKIT_VERSION : '0.0.0-source';
