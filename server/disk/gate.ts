/** How long an answer waits for the disk before it goes without (bad-inputs G5). */
export const DISK_PATIENCE_MS = 200;

/** A disk that hangs, as a lost network folder does, may hold no more than this many threads. */
const MAX_AT_ONCE = 2;

/** Lets few tasks onto the disk at once. Nobody has to wait for them: see `inTime`. */
export class DiskGate {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running++;
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

/** The result, or undefined when it takes longer than the patience. A later failure is nobody's concern. */
export async function inTime<T>(task: Promise<T>, patience = DISK_PATIENCE_MS): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}
