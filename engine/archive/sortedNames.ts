/** Names that are sorted and joined to one string: an array of a million strings would take several times the memory. */
const RUN = 10_000;
/** No name has it. */
const SEPARATOR = '/';

/** The names of a folder in the order of their code units, also when there are a million of them (bad-inputs A21). */
export class SortedNames {
  #open: string[] = [];
  /** A heap by their heads, made when the first name is taken. */
  #heap: Run[] | undefined;
  readonly #runs: Run[] = [];

  add(name: string): void {
    this.#open.push(name);
    if (this.#open.length === RUN) this.#closeRun();
  }

  /** @returns undefined after the last one */
  take(): string | undefined {
    this.#heap ??= this.#makeHeap();
    const first = this.#heap[0];
    const name = first?.head;
    if (!first || name === undefined) return undefined;
    first.advance();
    if (first.head === undefined) this.#dropFirst(this.#heap);
    sink(this.#heap, 0);
    return name;
  }

  #closeRun(): void {
    if (this.#open.length > 0) this.#runs.push(new Run(this.#open.sort().join(SEPARATOR)));
    this.#open = [];
  }

  /** What is sorted is a heap. */
  #makeHeap(): Run[] {
    this.#closeRun();
    return this.#runs.sort((one, other) => ((one.head ?? '') < (other.head ?? '') ? -1 : 1));
  }

  #dropFirst(heap: Run[]): void {
    const last = heap.pop();
    if (last && heap.length > 0) heap[0] = last;
  }
}

class Run {
  head: string | undefined;
  readonly #names: string;
  #at = 0;

  constructor(names: string) {
    this.#names = names;
    this.advance();
  }

  advance(): void {
    const end = this.#names.indexOf(SEPARATOR, this.#at);
    const next = end === -1 ? this.#names.length : end;
    this.head = this.#at > this.#names.length ? undefined : this.#names.slice(this.#at, next);
    this.#at = next + 1;
  }
}

/** Moves a run down to where its children come later. */
function sink(heap: Run[], start: number): void {
  for (let at = start; ; ) {
    const run = heap[at];
    const left = 2 * at + 1;
    const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    const smaller = heap[child];
    if (!run || !smaller || !isBefore(smaller, run)) return;
    heap[at] = smaller;
    heap[child] = run;
    at = child;
  }
}

function isBefore(one: Run | undefined, other: Run | undefined): boolean {
  if (one?.head === undefined) return false;
  return other?.head === undefined || one.head < other.head;
}
