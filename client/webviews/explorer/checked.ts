import { EXPLORER_ACTIONS, type ExplorerAction } from '#shared/explorer';
import { ExplorerError } from '../../explorer/failure.ts';

const LONGEST_ID = 8192;
const LONGEST_TEXT = 512;
const MOST_IDS = 5000;

/** What a page asks for is unknown until checked here (bad-inputs F3). */
export class Params {
  readonly #params: ReadonlyMap<string, unknown>;

  /** @throws ExplorerError INPUT_INVALID, as all methods do */
  constructor(params: unknown) {
    if (typeof params !== 'object' || params === null || Array.isArray(params)) throw refused();
    this.#params = new Map(Object.entries(params));
  }

  id(): string {
    return this.optionalId() ?? raise();
  }

  optionalId(): string | undefined {
    return this.#text('id', LONGEST_ID);
  }

  ids(): readonly string[] {
    const ids = this.#params.get('ids');
    if (!Array.isArray(ids) || ids.length > MOST_IDS) throw refused();
    return ids.map((id: unknown) => (typeof id === 'string' && id.length <= LONGEST_ID ? id : raise()));
  }

  text(): string {
    return this.#text('text', LONGEST_TEXT) ?? raise();
  }

  optionalValue(): string | undefined {
    return this.#text('value', LONGEST_TEXT);
  }

  action(): ExplorerAction {
    const action = this.#params.get('action');
    return EXPLORER_ACTIONS.find((known) => known === action) ?? raise();
  }

  #text(name: string, longest: number): string | undefined {
    const value = this.#params.get(name);
    if (value === undefined) return undefined;
    return typeof value === 'string' && value.length <= longest ? value : raise();
  }
}

function refused(): ExplorerError {
  return new ExplorerError('INPUT_INVALID', 'The page asked for something that does not exist.');
}

function raise(): never {
  throw refused();
}
