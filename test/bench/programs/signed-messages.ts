import { sign, signingKey } from '../../../aws-bridge/contract/signature';
import { anApprovedOperation, anOrder } from '../../builders/orders';
import { WEBHOOK_SECRET } from '../quick-aws';

/** Bytes of the message that is measured with: what the app usually sends, and what it sends at most or thereabouts. */
export const SIZES = { '1 kB': 1_000, '20 kB': 20_000 } as const;
export type Size = keyof typeof SIZES;

/** Values of parameters are this long at most. */
const LONGEST_VALUE = 4_000;

/** An approved operation as the app sends it, whose parameters fill it up to so many bytes. */
export const aMessageOf = (bytes: number) => {
  const withParameters = (parameters: Record<string, string>): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: 'operation.approved',
        timestamp: new Date().toISOString(),
        data: anApprovedOperation({ order: anOrder({ parameters }) }),
      }),
    );
  const parameters: Record<string, string> = { BucketPurpose: 'Invoices of the year' };
  for (let n = 1; ; n++) {
    const left = bytes - withParameters(parameters).length - `,"Text${n}":""`.length;
    if (left <= 0) break;
    parameters[`Text${n}`] = 'An umlaut: ü. '.repeat(LONGEST_VALUE).slice(0, Math.min(left, LONGEST_VALUE));
  }
  const body = withParameters(parameters);
  const key = signingKey(WEBHOOK_SECRET);
  const headers = sign({ id: 'launch-10042-0123456789abcdef', at: new Date(), body, key });
  return { body, headers: { ...headers, 'content-type': 'application/json', host: 'api.example' }, key };
};
