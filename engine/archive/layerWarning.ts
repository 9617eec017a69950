import type { WarningCode } from '../errors.ts';

export interface LayerWarning {
  readonly code: WarningCode;
  readonly message: string;
}
