import { resolve } from 'node:path';
import type { EngineCall, EngineClient } from '../engine/engineClient.ts';
import { byteText } from '../ui/byteText.ts';
import type { TaskRequest } from './taskDefinition.ts';

export interface TaskSurroundings {
  /** Folder that paths are relative to. */
  readonly root: string;
  readonly compression: NonNullable<TaskRequest['compression']>;
  readonly strict: boolean;
}

/** Carries out a task. @returns what it has to say, one line each */
export async function runTask(
  engine: EngineClient,
  request: TaskRequest,
  surroundings: TaskSurroundings,
  call: EngineCall,
): Promise<readonly string[]> {
  switch (request.verb) {
    case 'pack':
      return await packTask(engine, request, surroundings, call);
    case 'push':
      return [await pushLine(engine, request.reference ?? '', request.destination, call)];
    case 'pull': {
      const { reference, digest, bytes } = await engine.pull({ reference: request.reference ?? '' }, call);
      return [`Pulled ${reference} ${digest}, ${byteText(bytes)} received`];
    }
    case 'unpack':
      return await unpackTask(engine, request, surroundings, call);
  }
}

/** Where the Kitfile of a pack task is. */
export function taskFolder({ folder }: TaskRequest, { root }: TaskSurroundings): string {
  return resolve(root, folder ?? '.');
}

async function packTask(
  engine: EngineClient,
  request: TaskRequest,
  surroundings: TaskSurroundings,
  call: EngineCall,
): Promise<readonly string[]> {
  const { kitfile, reference, push, compression = surroundings.compression, strict = surroundings.strict } = request;
  const result = await engine.pack(
    {
      folder: taskFolder(request, surroundings),
      compression,
      strict,
      ...(kitfile === undefined ? {} : { kitfile }),
      ...(reference === undefined ? {} : { reference }),
    },
    call,
  );
  const layers = result.layers.map(({ kind, path, digest, size }) => `  ${kind} ${path} ${digest} ${byteText(size)}`);
  const packed = `Packed ${result.reference || 'ModelKit'} ${result.digest}, ${byteText(result.size)}`;
  const pushed = push && reference !== undefined ? [await pushLine(engine, reference, undefined, call)] : [];
  return [...layers, packed, ...pushed];
}

async function pushLine(
  engine: EngineClient,
  source: string,
  destination: string | undefined,
  call: EngineCall,
): Promise<string> {
  const { reference, digest, bytes, skipped } = await engine.push(
    { source, ...(destination === undefined ? {} : { destination }) },
    call,
  );
  return `Pushed ${reference} ${digest}, ${byteText(bytes)} sent, ${skipped} parts were there`;
}

async function unpackTask(
  engine: EngineClient,
  request: TaskRequest,
  surroundings: TaskSurroundings,
  call: EngineCall,
): Promise<readonly string[]> {
  const { reference = '', filters, overwrite = false, ignoreExisting = false } = request;
  const { files, bytes, folder, skipped } = await engine.unpack(
    {
      reference,
      folder: taskFolder(request, surroundings),
      overwrite,
      ignoreExisting,
      ...(filters === undefined ? {} : { filters }),
    },
    call,
  );
  const left = skipped > 0 ? `, ${skipped} left as they were` : '';
  return [`Unpacked ${files} files, ${byteText(bytes)}, into ${folder}${left}`];
}
