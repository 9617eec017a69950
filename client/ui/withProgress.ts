import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EngineEvent } from '#engine';
import type { EngineCall } from '../engine/engineClient.ts';
import { shown } from './printable.ts';
import { ProgressMeter } from './progressMeter.ts';

/** What is done sooner needs no notification: it would only flash, and VS Code holds back messages that come close together. */
const QUIET_MS = 400;

/** Shows a job as a notification with bytes, rate and Cancel; what the engine warns of goes to the log. */
export async function withProgress<Result>(
  log: vscode.LogOutputChannel,
  title: string,
  work: (call: EngineCall) => Promise<Result>,
): Promise<Result> {
  const cancelling = new vscode.CancellationTokenSource();
  const line = new ProgressLine(log);
  const result = work({ token: cancelling.token, onEvent: (event) => line.add(event) });
  const over = result.then(
    () => true,
    () => true,
  );
  if (await Promise.race([over, sleep(QUIET_MS, false)])) return await result;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => cancelling.cancel());
    line.show(progress);
    await over;
  });
  return await result;
}

type Progress = vscode.Progress<{ message: string; increment: number }>;

/** The text and the bar of one notification, which may be opened after the first events. */
class ProgressLine {
  readonly #log: vscode.LogOutputChannel;
  readonly #meter = new ProgressMeter();
  #message = '';
  #progress: Progress | undefined;
  #reported = 0;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  show(progress: Progress): void {
    this.#progress = progress;
    this.#report();
  }

  add(event: EngineEvent): void {
    switch (event.type) {
      case 'progress':
        this.#meter.add(event);
        this.#message = this.#meter.text(vscode.l10n);
        this.#report();
        break;
      case 'waiting':
        this.#message = shown(event.message);
        this.#log.info(this.#message);
        this.#report();
        break;
      case 'warning':
        this.#log.warn(`${event.code}: ${shown(event.message)}`);
        break;
      default:
    }
  }

  /** A bar cannot go back: a unit that is found later makes the whole larger. */
  #report(): void {
    if (!this.#progress || this.#message === '') return;
    const increment = Math.max(0, 100 * (this.#meter.fraction ?? 0) - this.#reported);
    this.#reported += increment;
    this.#progress.report({ message: this.#message, increment });
  }
}
