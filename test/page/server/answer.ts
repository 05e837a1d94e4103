import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is said to a browser. */
export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Said instead of an answer, with a status of its own. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Atlaskit writes its styles into the page.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
} as const;

/** Bytes of the largest body that is read. */
const MOST_BODY = 1_000_000;

export const json = (value: unknown, status = 200): PageAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const send = (response: ServerResponse, { status, type, body }: PageAnswer): void => {
  response.writeHead(status, { ...HEADERS, 'content-type': type });
  response.end(body);
};

/** @throws NotAnswered 413 for a body that is too large, 400 for one that is no JSON */
export const bodyOf = async (message: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const part = Buffer.from(chunk as Uint8Array);
    size += part.length;
    if (size > MOST_BODY) throw new NotAnswered(413, `At most ${MOST_BODY} bytes can be sent at once.`);
    chunks.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new NotAnswered(400, 'What was sent is no JSON.');
  }
};
