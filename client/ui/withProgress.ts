import * as vscode from 'vscode';
import type { EngineCall } from '../engine/engineClient.ts';
import { shown } from './printable.ts';
import { ProgressMeter } from './progressMeter.ts';

/** Shows a job as a notification with bytes, rate and Cancel; what the engine warns of goes to the log. */
export async function withProgress<Result>(
  log: vscode.LogOutputChannel,
  title: string,
  work: (call: EngineCall) => Promise<Result>,
): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const meter = new ProgressMeter();
    let reported = 0;
    return await work({
      token,
      onEvent(event) {
        switch (event.type) {
          case 'progress': {
            meter.add(event);
            const percent = 100 * (meter.fraction ?? 0);
            // A bar cannot go back: a unit that is found later makes the whole larger.
            const increment = Math.max(0, percent - reported);
            reported += increment;
            progress.report({ message: meter.text(vscode.l10n), increment });
            return;
          }
          case 'waiting':
            progress.report({ message: shown(event.message) });
            log.info(shown(event.message));
            return;
          case 'warning':
            log.warn(`${event.code}: ${shown(event.message)}`);
            return;
          default:
        }
      },
    });
  });
}
