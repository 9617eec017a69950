import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from './process.ts';

export interface DockerRegistry {
  /** `127.0.0.1:port`, plain http. */
  readonly host: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's docker-registry, the CNCF distribution registry, on a free port of loopback with an empty storage.
 * @param htpasswd a line such as `user:$2y$…`; without it everybody may push
 */
export async function startDockerRegistry(htpasswd?: string): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'modelkit-registry-'));
  const config = join(folder, 'config.yml');
  await writeFile(config, registryConfig(folder, htpasswd !== undefined));
  if (htpasswd !== undefined) await writeFile(join(folder, 'htpasswd'), `${htpasswd}\n`);
  const service = await startService('docker-registry', ['serve', config], /listening on (127\.0\.0\.1:\d+)/);
  return {
    host: service.announced,
    async stop() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function registryConfig(folder: string, withPasswords: boolean): string {
  const auth = withPasswords ? `auth: {htpasswd: {realm: test, path: ${join(folder, 'htpasswd')}}}\n` : '';
  return `version: 0.1
storage: {filesystem: {rootdirectory: ${join(folder, 'storage')}}, delete: {enabled: true}}
http: {addr: "127.0.0.1:0"}
${auth}`;
}
