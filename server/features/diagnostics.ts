import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ErrorCode, Problem, Severity, TextRange, WarningCode } from '#engine';

const SOURCE = 'modelkit';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** Travels with a diagnostic to the quick fixes, and to whoever wants the error code behind the rule. */
export type DiagnosticData = Readonly<Record<string, string>> & { readonly errorCode: ErrorCode | WarningCode };

export interface DiagnosticOptions {
  /** The page with one section per rule. */
  readonly rulesUri: string;
  readonly relatedInformation: boolean;
}

/** The engine's findings in the protocol's terms. `shift` is what the document has before the text that was checked. */
export function toDiagnostics(
  problems: readonly Problem[],
  document: TextDocument,
  { rulesUri, relatedInformation }: DiagnosticOptions,
  shift = 0,
): Diagnostic[] {
  const rangeOf = ({ start, end }: TextRange) => ({
    start: document.positionAt(start + shift),
    end: document.positionAt(end + shift),
  });
  return problems.map(({ code, rule, severity, message, range, related, data }) => ({
    range: rangeOf(range),
    severity: SEVERITIES[severity],
    code: rule,
    codeDescription: { href: `${rulesUri}#${rule}` },
    source: SOURCE,
    message,
    ...(related && relatedInformation
      ? {
          relatedInformation: related.map((other) => ({
            location: { uri: document.uri, range: rangeOf(other.range) },
            message: other.message,
          })),
        }
      : {}),
    data: { ...data, errorCode: code } satisfies DiagnosticData,
  }));
}
