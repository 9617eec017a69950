import { CompletionItemKind } from 'vscode-languageserver';
import type { ValueSlot } from '../../yaml/slots.ts';
import type { Draft } from './draft.ts';

const LABEL = 'Kitfile';
const DETAIL = 'a whole Kitfile';
const DOCUMENTATION = 'The sections of a usual ModelKit: model, code, data and documentation.';

const stop = (at: number, preset: string) => `\${${at}:${preset}}`;

const SNIPPET = `manifestVersion: 1.0.0
package:
  name: ${stop(1, 'my-model')}
  version: ${stop(2, '1.0.0')}
  description: ${stop(3, 'What it is for')}
  authors: [${stop(4, 'Your name')}]
model:
  name: ${stop(5, 'model')}
  path: ${stop(6, './model')}
code:
  - path: ${stop(7, './src')}
datasets:
  - name: ${stop(8, 'training')}
    path: ${stop(9, './data')}
docs:
  - path: ${stop(10, './README.md')}
`;

/** The whole file at once, for an empty document. */
export function skeletonDraft({ span }: ValueSlot): Draft {
  return {
    label: LABEL,
    kind: CompletionItemKind.Snippet,
    detail: DETAIL,
    documentation: DOCUMENTATION,
    snippet: SNIPPET,
    span,
    sort: '!',
    moveTo: 0,
  };
}
