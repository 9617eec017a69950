import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isEngineError, type ParsedKitfile, type Problem } from '#engine';
import { type DiskGate, inTime } from './disk/gate.ts';

/** Typing is over for the moment. Longer in documents that take longer to read. */
const PAUSE_MS = 60;
const LONG_PAUSE_MS = 300;
const LONG_TEXT = 128 * 1024;

/** How a document is checked; tests hand in their own disk. */
export interface Checks {
  /** Without the disk. */
  text(document: TextDocument): Promise<ParsedKitfile>;
  /** With the disk; undefined for documents that have none, or are too big for it. */
  disk(document: TextDocument, signal: AbortSignal): Promise<(() => Promise<ParsedKitfile>) | undefined>;
}

export interface CheckedDocument {
  readonly problems: readonly Problem[];
  /** Length of what the document has before the text that the problems count from. */
  readonly shift: number;
}

export interface CheckerOptions {
  readonly gate: DiskGate;
  readonly checks: Checks;
  publish(document: TextDocument, checked: CheckedDocument): void;
  failed(error: unknown): void;
}

interface Pending {
  readonly timer: NodeJS.Timeout;
  readonly cancel: AbortController;
}

/**
 * Checks documents after they changed: once typing pauses, cancelled by the next change. The text never waits for the
 * disk: what the disk says is added when it answers.
 */
export class Checker {
  readonly #options: CheckerOptions;
  readonly #pending = new Map<string, Pending>();

  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  /** @param pause 0 when nobody is typing */
  check(document: TextDocument, pause = pauseFor(document)): void {
    this.forget(document.uri);
    const cancel = new AbortController();
    const timer = setTimeout(() => {
      this.#run(document, cancel.signal).catch((error: unknown) => {
        if (!isCancelled(error)) this.#options.failed(error);
      });
    }, pause);
    this.#pending.set(document.uri, { timer, cancel });
  }

  forget(uri: string): void {
    const pending = this.#pending.get(uri);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    pending.cancel.abort();
    this.#pending.delete(uri);
  }

  async #run(document: TextDocument, signal: AbortSignal): Promise<void> {
    const { version } = document;
    const { checks, gate } = this.#options;
    const publish = ({ problems, text }: ParsedKitfile) => {
      if (!signal.aborted && document.version === version)
        this.#options.publish(document, { problems, shift: document.getText().length - text.length });
    };
    const disk = await checks.disk(document, signal);
    if (disk === undefined) return publish(await checks.text(document));
    const full = gate.run(disk).catch((error: unknown) => this.#withoutDisk(error, document));
    const soon = await inTime(full);
    if (soon !== undefined) return publish(soon);
    publish(await checks.text(document));
    publish(await full);
  }

  /** A disk that cannot be read leaves the checks of the text. */
  #withoutDisk(error: unknown, document: TextDocument): Promise<ParsedKitfile> {
    if (isCancelled(error)) throw error;
    this.#options.failed(error);
    return this.#options.checks.text(document);
  }
}

function pauseFor(document: TextDocument): number {
  return document.getText().length > LONG_TEXT ? LONG_PAUSE_MS : PAUSE_MS;
}

function isCancelled(error: unknown): boolean {
  return isEngineError(error) && error.code === 'CANCELLED';
}
