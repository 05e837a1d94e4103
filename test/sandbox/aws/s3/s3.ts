import { z } from 'zod';
import { AwsError, type AwsService, NotModelled } from '../service';
import type { TemplateStore } from '../stacks';
import { operationsOf } from '../wire/operations';
import type { Protocol } from '../wire/protocol';
import { operation, structure, TEXT } from '../wire/schemas';
import { element, escapeXml } from '../wire/xml';

/*
 * S3 as far as somebody reads an object with a signature of their own, its bucket in the path.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */

const operations = operationsOf({
  GetObject: operation(
    'GetObject',
    structure('GetObjectRequest', { Bucket: TEXT, Key: TEXT }),
    structure('GetObjectOutput', { Body: TEXT }),
  ),
});
const PATH = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/;
const Place = z.strictObject({ Bucket: z.string(), Key: z.string() });
const Read = z.strictObject({ Body: z.string() });

export const s3Protocol: Protocol = {
  operation: ({ method, path }) => {
    const found = operations.get('GetObject');
    if (method !== 'GET' || !PATH.test(path) || !found) throw new NotModelled(`${method} of S3`);
    return found;
  },
  input: (_, { path }) => {
    const [, Bucket = '', key = ''] = PATH.exec(path) ?? [];
    return Promise.resolve({ Bucket, Key: decodeURIComponent(key) });
  },
  answer: (_, output, requestId) => ({
    status: 200,
    headers: { 'x-amz-request-id': requestId, 'content-type': 'application/octet-stream' },
    body: Read.parse(output).Body,
  }),
  refusal: ({ code, message, status }, requestId) => ({
    status,
    headers: { 'x-amz-request-id': requestId, 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${element(
      'Error',
      element('Code', code) + element('Message', escapeXml(message)) + element('RequestId', requestId),
    )}`,
  }),
  gatekeeping: {
    'no authentication': ['AccessDenied', 403],
    'incomplete signature': ['AuthorizationHeaderMalformed', 400],
    'wrong signature': ['SignatureDoesNotMatch', 403],
    'unknown access key': ['InvalidAccessKeyId', 403],
    'expired token': ['ExpiredToken', 400],
    denied: ['AccessDenied', 403],
    throttled: ['SlowDown', 503],
    failed: ['InternalError', 500],
  },
  validationCode: 'InvalidRequest',
};

/** Templates, as they were published. */
export const createS3 = (templates: TemplateStore): AwsService => ({
  handle: ({ input, region }) => {
    const { Bucket, Key } = Place.parse(input);
    try {
      return Promise.resolve({ Body: templates.text(`https://s3.${region}.amazonaws.com/${Bucket}/${Key}`) });
    } catch {
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    }
  },
});
