/** check, pack, push, pull, unpack, compare: each a run of the command line, as a person would type it. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { root } from './setup.mjs';

/** Prints one line per step. @throws Error naming the step that failed */
export async function mainJob({ project, registry, home, folder }) {
  const reference = `${registry.host}/samples/${basename(project)}:1.0.0`;
  const second = join(folder, 'second-store');
  const copy = join(folder, 'unpacked');
  const plain = ['--plain-http'];
  await step('check', home, ['check', project], ({ problems }) => `${problems.length} problems`);
  const packed = await step('pack', home, ['pack', project, '-t', reference], layersAndDigest);
  await step(`push to ${registry.kind}`, home, ['push', reference, ...plain], bytesAndDigest);
  const pulled = await step('pull into a second store', second, ['pull', reference, ...plain], bytesAndDigest);
  if (packed.digest !== pulled.digest) throw new Error(`packed ${packed.digest}, but pulled ${pulled.digest}`);
  await step(
    'unpack',
    second,
    ['unpack', reference, '-d', copy],
    ({ files, bytes, digest }) => `${files} files, ${size(bytes)}, ${digest}`,
  );
  compare(project, copy);
}

async function step(name, home, args, tell) {
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/modelkit.cjs'), ...args, '--json'], {
    env: { ...process.env, KITOPS_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [output, code] = await Promise.all([buffer(child.stdout), exited]);
  if (code !== 0) throw new Error(`modelkit ${args.join(' ')} ended with exit code ${code}`);
  const result = JSON.parse(output.toString().trim().split('\n').at(-1));
  row(name, start, tell(result));
  return result;
}

function bytesAndDigest({ moved, bytes, digest }) {
  return `${moved} blobs, ${size(bytes)}, ${digest}`;
}

function layersAndDigest({ layers, size: bytes, digest }) {
  for (const layer of layers)
    console.log(
      `      ${layer.kind.padEnd(9)} ${layer.path.padEnd(28)} ${size(layer.size).padStart(10)}  ${layer.digest}`,
    );
  return `${layers.length} layers, ${size(bytes)}, ${digest}`;
}

/** Every file has come back with its bytes, and none else: all of the sample is in the ModelKit but its ignore rules. */
function compare(project, copy) {
  const start = performance.now();
  const files = filesIn(project).filter((file) => file !== '.kitignore');
  const different = files.filter((file) => !sameBytes(join(project, file), join(copy, file)));
  const unknown = filesIn(copy).filter((file) => !files.includes(file));
  const wrong = [...different, ...unknown];
  if (wrong.length > 0)
    throw new Error(`these files differ between the sample and what was unpacked: ${wrong.join(', ')}`);
  row('compare', start, `${files.length} files are equal byte for byte`);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function sameBytes(one, other) {
  return (
    existsSync(one) && statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other))
  );
}

function row(name, start, text) {
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  console.log(`  ${name.padEnd(24)} ${seconds.padStart(6)} s   ${text}`);
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}
