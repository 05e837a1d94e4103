import { type JsonSettings, JsonShapeDeserializer2, JsonShapeSerializer2 } from '@aws-sdk/core/protocols';
import { AwsError } from '../service';
import type { Operations } from './operations';
import { type Protocol, requireMembers } from './protocol';
import { wrongType } from './shape';

/** Parses a body that has to be a JSON object. An empty one counts as `{}`, as at the real services. */
export const jsonObject = (body: Buffer): object => {
  if (body.length === 0) return {};
  const parsed = ((): unknown => {
    try {
      return JSON.parse(body.toString('utf8'));
    } catch {
      throw new AwsError('SerializationException', 'The request body is not valid JSON');
    }
  })();
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AwsError('SerializationException', 'The request body is not a JSON object');
  }
  return parsed;
};

/**
 * AWS JSON 1.0 and 1.1: everything is POST /, the operation is in `x-amz-target`.
 * @param target what stands before the dot in `x-amz-target`
 * @param plain leaves bodies as they are, where a service behind speaks the same JSON itself
 */
export const jsonProtocol = (
  operations: Operations,
  target: string,
  version: '1.0' | '1.1',
  plain = false,
): Protocol => {
  const settings: JsonSettings = { timestampFormat: { useTrait: true, default: 7 }, jsonName: false };
  const contentType = `application/x-amz-json-${version}`;
  const protocol: Protocol = {
    operation: (request) => {
      const [prefix, name] = (request.headers['x-amz-target'] ?? '').split('.');
      const operation = prefix === target && name !== undefined ? operations.get(name) : undefined;
      if (!operation || request.method !== 'POST') throw new AwsError('UnknownOperationException', '');
      return operation;
    },
    input: async (operation, request) => {
      const parsed = jsonObject(request.body);
      if (plain) return parsed;
      const problem = wrongType(operation.input, parsed);
      if (problem) throw new AwsError('SerializationException', problem);
      const input = (await new JsonShapeDeserializer2(settings).read(
        operation.input,
        request.body.toString('utf8') || '{}',
      )) as object;
      requireMembers(operation, input, protocol.validationCode);
      return input;
    },
    answer: (operation, output, requestId) => {
      const serializer = new JsonShapeSerializer2(settings);
      if (!plain) serializer.write(operation.output, output);
      return {
        status: 200,
        headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
        body: plain ? JSON.stringify(output) : serializer.flush(),
      };
    },
    refusal: (error, requestId) => ({
      status: error.status,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: JSON.stringify({ __type: error.code, [plain ? 'message' : 'Message']: error.message }),
    }),
    gatekeeping: {
      'no authentication': ['MissingAuthenticationTokenException', 400],
      'incomplete signature': ['IncompleteSignatureException', 400],
      'wrong signature': ['InvalidSignatureException', 400],
      'unknown access key': ['UnrecognizedClientException', 400],
      'expired token': ['ExpiredTokenException', 400],
      denied: ['AccessDeniedException', 400],
      throttled: ['ThrottlingException', 400],
      failed: ['InternalFailure', 500],
    },
    validationCode: 'ValidationException',
  };
  return protocol;
};
