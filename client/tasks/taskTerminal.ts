import * as vscode from 'vscode';
import { EngineError, type EngineEvent, fullText } from '#engine';
import { fromWire } from '../engine/wire.ts';
import type { Services } from '../services.ts';
import { printable } from '../ui/printable.ts';
import { ProgressMeter } from '../ui/progressMeter.ts';
import { problemLines } from './problemLines.ts';
import { runTask, type TaskSurroundings, taskFolder } from './runTask.ts';
import { parseTask, type TaskRequest } from './taskDefinition.ts';

/** As for a program that Ctrl+C ended. */
const EXIT_CANCELLED = 130;
const CLEAR_LINE = '\r\u001b[2K';
const CTRL_C = '\u0003';

/** The terminal of one task: its lines, its progress, its exit code; Ctrl+C and closing cancel. */
export class TaskTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly #cancelling = new vscode.CancellationTokenSource();
  readonly #services: Services;
  readonly #definition: vscode.TaskDefinition;
  readonly #surroundings: TaskSurroundings;
  readonly #meter = new ProgressMeter();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(services: Services, definition: vscode.TaskDefinition, surroundings: TaskSurroundings) {
    this.#services = services;
    this.#definition = definition;
    this.#surroundings = surroundings;
  }

  open(): void {
    // Don't wait: the end is told by onDidClose.
    void this.#run().then((code) => this.#closed.fire(code));
  }

  close(): void {
    this.#cancelling.cancel();
  }

  handleInput(data: string): void {
    if (data.includes(CTRL_C)) this.#cancelling.cancel();
  }

  async #run(): Promise<number> {
    let request: TaskRequest | undefined;
    try {
      if (!vscode.workspace.isTrusted) throw untrusted();
      request = parseTask(this.#definition);
      const call = { token: this.#cancelling.token, onEvent: (event: EngineEvent) => this.#show(event) };
      for (const line of await runTask(this.#services.engine, request, this.#surroundings, call)) this.#line(line);
      return 0;
    } catch (error) {
      return await this.#fail(fromWire(error), request);
    }
  }

  async #fail(error: EngineError, request: TaskRequest | undefined): Promise<number> {
    if (error.code === 'CANCELLED') {
      this.#line('Cancelled.');
      return EXIT_CANCELLED;
    }
    if (request?.verb === 'pack') {
      const folder = taskFolder(request, this.#surroundings);
      for (const line of await problemLines(this.#services.engine, folder, request.kitfile)) this.#line(line);
    }
    const { code, message } = error;
    this.#line(`error ${code}: ${fullText(error)}`);
    this.#services.log.error(`task ${this.#definition.verb}: ${code}: ${message}`);
    return 1;
  }

  #show(event: EngineEvent): void {
    switch (event.type) {
      case 'progress':
        this.#meter.add(event);
        this.#written.fire(CLEAR_LINE + this.#meter.text(vscode.l10n));
        return;
      case 'warning':
        this.#line(`warning ${event.code}: ${event.message}`);
        return;
      case 'waiting':
        this.#line(event.message);
        return;
      default:
    }
  }

  /** A whole line in place of the progress. */
  #line(text: string): void {
    this.#written.fire(`${CLEAR_LINE}${printable(text.replace(/\s*[\r\n]+\s*/g, ' '))}\r\n`);
  }
}

function untrusted(): EngineError {
  return new EngineError('WORKSPACE_UNTRUSTED', 'Tasks wait until you trust the workspace.');
}
