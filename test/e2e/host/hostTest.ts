/** A test that runs inside the extension host, with the whole `vscode` API. */
export interface HostTest {
  readonly name: string;
  /** A text that it returns is a figure that it measured. */
  run(): Promise<unknown>;
}

/** Waits until a value is there; the time is in milliseconds. */
export async function eventually<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  what: string,
  time = 20_000,
): Promise<Value> {
  const end = Date.now() + time;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`${what}: did not happen in ${time} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
