import { anyText, having, orAbsent, recordOf } from '../contract/fits';
import { BodyTooLarge, MAX_BODY_BYTES, SignatureRefused } from '../contract/signature';

/**
 * What an HTTP API hands to a function (payload format 2.0), as far as we look at it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface HttpEvent {
  readonly rawPath: string;
  readonly requestContext: { readonly http: { readonly method: string } };
  /** Names in lower case; several values of one name are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
}

const fitsHttpEvent = having<HttpEvent>({
  rawPath: anyText,
  requestContext: having({ http: having({ method: anyText }) }),
  headers: recordOf(anyText, anyText),
  body: orAbsent(anyText),
  isBase64Encoded: (value): value is boolean => typeof value === 'boolean',
});

/** The function was called past its HTTP API. */
class NotAnHttpEvent extends Error {
  override readonly name = 'NotAnHttpEvent';
}

/** @throws NotAnHttpEvent */
export const httpEvent = (received: unknown): HttpEvent => {
  if (fitsHttpEvent(received)) return received;
  throw new NotAnHttpEvent('The event is not that of an HTTP API with payload format 2.0');
};

/** What a function answers to an HTTP API. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const answer = (
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

const MAX_BASE64_LENGTH = Math.ceil(MAX_BODY_BYTES / 3) * 4;

/**
 * The bytes that the sender sent, which are what it signed. Too many are refused by the text's length, before
 * anything is decoded.
 * @throws BodyTooLarge
 * @throws SignatureRefused for text that is declared as base64 and is not: nobody can have signed that
 */
export const rawBody = ({ body = '', isBase64Encoded }: HttpEvent): Uint8Array => {
  if (body.length > (isBase64Encoded ? MAX_BASE64_LENGTH : MAX_BODY_BYTES)) throw new BodyTooLarge();
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (isBase64Encoded && bytes.toString('base64') !== body) throw new SignatureRefused('body is not base64');
  if (bytes.length > MAX_BODY_BYTES) throw new BodyTooLarge();
  return bytes;
};
