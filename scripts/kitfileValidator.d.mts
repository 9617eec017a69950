export const validatorFile: URL;
export function validatorSource(): string;
