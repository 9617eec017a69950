import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  type ConfigurationParams,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { serve } from '../../../server/connection.ts';

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly settings?: () => unknown;
}

const ABLE: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
  },
};

/** A language client as an editor has one, joined to a server over streams. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly registrations: RegistrationParams['registrations'] = [];
  #published: PublishDiagnosticsParams[] = [];
  #waiting: (() => void)[] = [];

  constructor(connection: ProtocolConnection, settings: () => unknown) {
    this.connection = connection;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.#published.push(params);
      for (const tell of this.#waiting.splice(0)) tell();
    });
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations);
    });
    connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) => items.map(settings));
    connection.listen();
  }

  async initialize(capabilities: ClientCapabilities = ABLE): Promise<InitializeResult> {
    const params = { processId: null, rootUri: null, capabilities };
    const result = await this.connection.sendRequest(InitializeRequest.type, params);
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  open(uri: string, text: string, version = 1): Promise<void> {
    const textDocument = { uri, languageId: 'kitfile', version, text };
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  change(uri: string, text: string, version: number): Promise<void> {
    const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
    return this.connection.sendNotification('textDocument/didChange', params);
  }

  /** The first diagnostics of the document, from now or before, that satisfy the condition. */
  async diagnostics(
    uri: string,
    condition: (diagnostics: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.#published.find((one) => one.uri === uri && condition(one.diagnostics));
      if (found) return found.diagnostics;
      await new Promise<void>((tell) => this.#waiting.push(tell));
    }
  }

  published(uri: string): readonly PublishDiagnosticsParams[] {
    return this.#published.filter((one) => one.uri === uri);
  }

  forgetPublished(): void {
    this.#published = [];
  }

  dispose(): void {
    this.connection.dispose();
  }
}

/** A client and a server in this process. */
export async function joined({ capabilities, settings = () => ({}) }: ClientOptions = {}): Promise<TestClient> {
  const up = new PassThrough();
  const down = new PassThrough();
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), { rulesUri: 'file:///rules.md' });
  const protocol = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const client = new TestClient(protocol, settings);
  await client.initialize(capabilities);
  return client;
}
