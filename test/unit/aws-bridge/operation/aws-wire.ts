import { createServer, type Server } from 'node:http';

/** One request as AWS would get it. */
export interface Asked {
  /** A JSON protocol's operation, or the Query protocol's action. */
  readonly operation: string;
  readonly body: string;
}

/** XML as text, JSON as an object. */
export interface Answer {
  readonly status?: number;
  readonly body: string | object;
}

/** An AWS endpoint on loopback that notes what it is asked and answers as a test has laid out. */
export class AwsWire {
  readonly asked: Asked[] = [];
  readonly answers: Answer[] = [];
  #endpoint = '';
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      const operation = typeof target === 'string' ? target : new URLSearchParams(body).get('Action');
      this.asked.push({ operation: operation?.split('.').at(-1) ?? '', body });
      const answer = this.answers.shift() ?? { status: 500, body: {} };
      const xml = typeof answer.body === 'string';
      response
        .writeHead(answer.status ?? 200, { 'content-type': xml ? 'text/xml' : 'application/x-amz-json-1.1' })
        .end(xml ? answer.body : JSON.stringify(answer.body));
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new TypeError('no port');
    this.#endpoint = `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** For an SDK client. */
  get configuration() {
    return {
      region: 'eu-west-1',
      endpoint: this.#endpoint,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      maxAttempts: 1,
    };
  }

  /** Bodies of the JSON protocol. */
  get inputs(): unknown[] {
    return this.asked.map(({ body }): unknown => JSON.parse(body));
  }
}
