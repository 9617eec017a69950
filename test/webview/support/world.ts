import { engineError, FakeSource, localEntry } from '../../support/explorerSource.ts';

export const HOST = 'localhost:5000';

/** A store and two registries, one of which wants a login. */
export function world(): FakeSource {
  const source = new FakeSource();
  source.kits = [
    localEntry('localhost/iris', ['latest', '1.2.0', '1.1.0']),
    localEntry('localhost/_', [], { incomplete: true }),
  ];
  source.known = {
    [HOST]: {
      repositories: {
        'team/iris': ['1.0.0', '1.1.0', 'latest'],
        'team/many': Array.from({ length: 450 }, (_, at) => `1.0.${at}`),
      },
    },
    'ghcr.io': {
      repositories: {},
      catalogFailure: engineError('REGISTRY_UNAUTHORIZED', 'ghcr.io wants a login.', 'Log in and try again.'),
    },
  };
  return source;
}
