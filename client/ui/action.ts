/** A button of a message: what it is called and what it does. */
export interface Action {
  readonly title: string;
  run(): PromiseLike<unknown>;
}
