import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './connection.ts';

// Over IPC, stdio or a socket, as the command line says. The library ends the process when the parent is gone.
const connection = createConnection(ProposedFeatures.all);
const program = process.argv[1] ?? '.';
serve(connection, { rulesUri: pathToFileURL(join(dirname(program), '..', 'docs', 'rules.md')).toString() });
