import { describe, expect, it } from 'vitest';
import { parseTask } from '../../../client/tasks/taskDefinition.ts';

describe('a task of tasks.json', () => {
  it('is taken as it is when all its fields are right', () => {
    const fields = {
      verb: 'pack',
      folder: 'iris',
      reference: 'localhost:5000/iris:1',
      compression: 'gzip',
      push: true,
    };
    expect(parseTask({ type: 'modelkit', ...fields })).toEqual(fields);
  });

  it.each([
    [{ verb: 'sing' }, 'verb must be one of pack, push, pull, unpack'],
    [{ verb: 'push' }, 'push needs a reference'],
    [{ verb: 'pack', push: true }, 'push needs a reference'],
    [{ verb: 'pack', folder: 7 }, 'folder must be a text'],
    [{ verb: 'pack', filters: ['model'] }, 'filters is not for pack'],
    [{ verb: 'unpack', reference: 'a:1', filters: 'model' }, 'filters must be a list of texts'],
    [{ verb: 'unpack', reference: 'a:1', overwrite: 'yes' }, 'overwrite must be true or false'],
    [{ verb: 'pack', compression: 'zip' }, 'compression must be none, gzip or gzip-fastest'],
    [{ verb: 'pack', command: 'rm -rf /' }, 'there is no field command'],
    [{ verb: 'pack', constructor: 'x' }, 'there is no field constructor'],
  ])('is refused when it is %j', (definition, why) => {
    const parse = () => parseTask({ type: 'modelkit', ...definition });
    expect(parse).toThrow(`The task cannot run: ${why}.`);
    expect(parse).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});
