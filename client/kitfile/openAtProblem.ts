import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** Opens a Kitfile, at the first thing that keeps it from being packed. */
export async function openAtProblem(services: Services, kitfile: vscode.Uri): Promise<void> {
  const { problems } = await services.engine.summary({ kitfile: kitfile.fsPath });
  const document = await vscode.workspace.openTextDocument(kitfile);
  const problem = problems.find(({ severity }) => severity === 'error');
  const selection = new vscode.Range(document.positionAt(problem?.start ?? 0), document.positionAt(problem?.end ?? 0));
  await vscode.window.showTextDocument(document, { selection });
}
