import { AwsError } from '../service';
import { readForm } from './form';
import type { Operations } from './operations';
import { type Protocol, requireMembers } from './protocol';
import { element, escapeXml, writeMembers } from './xml';

/** AWS Query: a form posted to /, answered in XML. */
export const queryProtocol = (operations: Operations, namespace: string, version: string): Protocol => {
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
  const protocol: Protocol = {
    operation: (request) => {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const action = form.get('Action') ?? '';
      const operation = operations.get(action);
      if (!operation || request.method !== 'POST' || form.get('Version') !== version) {
        throw new AwsError(
          'InvalidAction',
          `Could not find operation ${action} for version ${form.get('Version') ?? ''}`,
        );
      }
      return operation;
    },
    input: (operation, request) => {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const input = readForm(operation.input, form.entries());
      requireMembers(operation, input, protocol.validationCode);
      return Promise.resolve(input);
    },
    answer: (operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: `<${operation.name}Response xmlns="${namespace}">${element(
        `${operation.name}Result`,
        operation.output.isStructSchema() ? writeMembers(operation.output, output) : '',
      )}${element('ResponseMetadata', element('RequestId', requestId))}</${operation.name}Response>`,
    }),
    refusal: (error, requestId) => ({
      status: error.status,
      headers: headers(requestId),
      body: `<ErrorResponse xmlns="${namespace}">${element(
        'Error',
        element('Type', error.status < 500 ? 'Sender' : 'Receiver') +
          element('Code', escapeXml(error.code)) +
          element('Message', escapeXml(error.message)),
      )}${element('RequestId', requestId)}</ErrorResponse>`,
    }),
    gatekeeping: {
      'no authentication': ['MissingAuthenticationToken', 403],
      'incomplete signature': ['IncompleteSignature', 400],
      'wrong signature': ['SignatureDoesNotMatch', 403],
      'unknown access key': ['InvalidClientTokenId', 403],
      'expired token': ['ExpiredToken', 403],
      denied: ['AccessDenied', 403],
      throttled: ['Throttling', 400],
      failed: ['InternalFailure', 500],
    },
    validationCode: 'ValidationError',
  };
  return protocol;
};
