import {
  type IncomingHeaders,
  sign,
  type SignatureHeaders,
  type SigningKey,
  signingKey,
  verify,
} from '../../aws-bridge/contract/signature';

export const NOW = new Date('2026-01-15T09:00:00.000Z');
export const secondsLater = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

/** A secret made of one byte, again and again. */
export const aSecret = (byte: number, length = 32): string =>
  `whsec_${Buffer.alloc(length, byte).toString('base64')}`;
export const aKey = (byte: number): SigningKey => signingKey(aSecret(byte));

export interface SignedMessage {
  readonly headers: SignatureHeaders;
  readonly body: Buffer;
}

export const aSignedMessage = (
  message: {
    readonly id?: string;
    readonly at?: Date;
    readonly body?: string | Buffer;
    readonly key?: SigningKey;
  } = {},
): SignedMessage => {
  const { id = 'launch-10042-0123456789abcdef', at = NOW, key = aKey(1) } = message;
  const body = Buffer.from(message.body ?? '{"type":"operation.approved"}');
  return { headers: sign({ id, at, body, key }), body };
};

/** Verifies with key 1 at the moment of signing, unless told otherwise. */
export const verified = (
  message: { readonly headers: IncomingHeaders; readonly body: Uint8Array },
  more: { readonly keys?: readonly SigningKey[]; readonly now?: Date } = {},
): string => verify({ keys: [aKey(1)], now: NOW, ...message, ...more }).id;
