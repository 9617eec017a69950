import { EngineError } from '#engine';

export const TASK_VERBS = ['pack', 'push', 'pull', 'unpack'] as const;
export type TaskVerb = (typeof TASK_VERBS)[number];

/** A task of type `modelkit` as tasks.json has it, checked. Paths are relative to the workspace folder. */
export interface TaskRequest {
  readonly verb: TaskVerb;
  readonly folder?: string;
  readonly kitfile?: string;
  readonly reference?: string;
  readonly destination?: string;
  readonly compression?: 'none' | 'gzip' | 'gzip-fastest';
  readonly strict?: boolean;
  readonly push?: boolean;
  readonly filters?: readonly string[];
  readonly overwrite?: boolean;
  readonly ignoreExisting?: boolean;
}

interface Field {
  readonly verbs: readonly TaskVerb[];
  readonly what: string;
  accepts(value: unknown): boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const COMPRESSIONS: readonly unknown[] = ['none', 'gzip', 'gzip-fastest'];

/** What each field may be, and for which verbs; package.json's schema is compared with it by a test. */
export const TASK_FIELDS: { readonly [Name in Exclude<keyof TaskRequest, 'verb'>]-?: Field } = {
  folder: { verbs: ['pack', 'unpack'], what: 'a text', accepts: isText },
  kitfile: { verbs: ['pack'], what: 'a text', accepts: isText },
  reference: { verbs: TASK_VERBS, what: 'a text', accepts: isText },
  destination: { verbs: ['push'], what: 'a text', accepts: isText },
  compression: {
    verbs: ['pack'],
    what: 'none, gzip or gzip-fastest',
    accepts: (value) => COMPRESSIONS.includes(value),
  },
  strict: { verbs: ['pack'], what: 'true or false', accepts: isFlag },
  push: { verbs: ['pack'], what: 'true or false', accepts: isFlag },
  filters: {
    verbs: ['unpack'],
    what: 'a list of texts',
    accepts: (value) => Array.isArray(value) && value.every(isText),
  },
  overwrite: { verbs: ['unpack'], what: 'true or false', accepts: isFlag },
  ignoreExisting: { verbs: ['unpack'], what: 'true or false', accepts: isFlag },
};

/** @throws EngineError INPUT_INVALID for a field that is unknown, of the wrong type, or not for this verb (bad-inputs F10) */
export function parseTask(definition: Readonly<Record<string, unknown>>): TaskRequest {
  const { type: _type, verb: written, ...fields } = definition;
  const verb = TASK_VERBS.find((known) => known === written);
  if (!verb) throw invalid(`verb must be one of ${TASK_VERBS.join(', ')}`);
  for (const [name, value] of Object.entries(fields)) checkField(verb, name, value);
  const request: TaskRequest = { verb, ...fields };
  if (verb !== 'pack' && !request.reference) throw invalid(`${verb} needs a reference`);
  if (request.push && !request.reference) throw invalid('push needs a reference');
  return request;
}

function checkField(verb: TaskVerb, name: string, value: unknown): void {
  if (!Object.hasOwn(TASK_FIELDS, name)) throw invalid(`there is no field ${name.slice(0, 50)}`);
  const { verbs, what, accepts } = TASK_FIELDS[name as keyof typeof TASK_FIELDS];
  if (!verbs.includes(verb)) throw invalid(`${name} is not for ${verb}`);
  if (!accepts(value)) throw invalid(`${name} must be ${what}`);
}

function invalid(why: string): EngineError {
  return new EngineError('INPUT_INVALID', `The task cannot run: ${why}.`, { advice: 'Correct it in tasks.json.' });
}
