import { AwsError } from '../service';
import { authorizationOf } from '../signature';
import { operationsOf } from '../wire/operations';
import type { Protocol } from '../wire/protocol';
import { operation, structure, TEXT } from '../wire/schemas';
import { element, escapeXml } from '../wire/xml';

const VERSION = '2016-11-15';
const NAMESPACE = `http://ec2.amazonaws.com/doc/${VERSION}/`;

/** What EC2's XML is made of: text, lists of items, and members by their name on the wire. */
export type Tree = string | readonly Tree[] | { readonly [member: string]: Tree | undefined };

/**
 * What the stand-in takes of each operation, and what it would have to take besides. Neither is all: of parameters with a
 * number behind their name there is only that.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
 */
const PARAMETERS = {
  DescribeAvailabilityZones: {
    taken: [],
    known: ['AllAvailabilityZones', 'DryRun', 'Filter', 'ZoneId', 'ZoneName'],
  },
  DescribeKeyPairs: { taken: [], known: ['DryRun', 'Filter', 'IncludePublicKey', 'KeyName', 'KeyPairId'] },
  DescribeSecurityGroups: {
    taken: ['MaxResults', 'NextToken'],
    known: ['DryRun', 'Filter', 'GroupId', 'GroupName'],
  },
  DescribeSubnets: { taken: ['MaxResults', 'NextToken'], known: ['DryRun', 'Filter', 'SubnetId'] },
  DescribeVpcs: { taken: ['MaxResults', 'NextToken'], known: ['DryRun', 'Filter', 'VpcId'] },
} as const;
export type Ec2Operation = keyof typeof PARAMETERS;

const operations = operationsOf(
  Object.fromEntries(
    Object.entries(PARAMETERS).map(([name, { taken, known }]) => [
      name,
      operation(
        name,
        structure(
          `${name}Request`,
          {},
          Object.fromEntries([...taken, ...known].map((parameter) => [parameter, TEXT])),
        ),
        structure(`${name}Result`, {}),
      ),
    ]),
  ),
);

const formOf = (body: Buffer): URLSearchParams => new URLSearchParams(body.toString('utf8'));

/**
 * EC2's own kind of the Query protocol: answers have no element for the result, and errors one of their own.
 * @param isEnabled whether accounts have a region; in one that they do not have, EC2 does not know who calls
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2Protocol = (isEnabled: (region: string) => boolean): Protocol => {
  const headers = (requestId: string) => ({
    'content-type': 'text/xml;charset=UTF-8',
    'x-amzn-requestid': requestId,
  });
  return {
    operation: (request) => {
      if (!isEnabled(authorizationOf(request).region)) {
        throw new AwsError(
          'AuthFailure',
          'AWS was not able to validate the provided access credentials',
          401,
        );
      }
      const form = formOf(request.body);
      const action = form.get('Action') ?? '';
      const found = operations.get(action);
      if (!found || request.method !== 'POST' || form.get('Version') !== VERSION) {
        throw new AwsError('InvalidAction', `The action ${action} is not valid for this web service.`);
      }
      return found;
    },
    input: ({ input }, request) => {
      const known = new Set([...input.structIterator()].map(([parameter]) => parameter));
      const given = [...formOf(request.body)].filter(
        ([parameter]) => parameter !== 'Action' && parameter !== 'Version',
      );
      const unknown = given.find(([parameter]) => !known.has(parameter.split('.')[0] ?? ''));
      if (unknown) {
        throw new AwsError('UnknownParameter', `The parameter ${unknown[0]} is not recognized`);
      }
      return Promise.resolve(Object.fromEntries(given));
    },
    answer: ({ name }, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<${name}Response xmlns="${NAMESPACE}">\n    ${written({
        requestId,
        // The service answers with nothing else.
        ...(output as Readonly<Record<string, Tree>>),
      })}</${name}Response>`,
    }),
    refusal: ({ code, message, status }, requestId) => ({
      status,
      headers: headers(requestId),
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${element(
        'Errors',
        written({ Error: { Code: code, Message: message } }),
      )}${element('RequestID', requestId)}</Response>`,
    }),
    gatekeeping: {
      'no authentication': ['MissingAuthenticationToken', 403],
      'incomplete signature': ['IncompleteSignature', 400],
      'wrong signature': ['AuthFailure', 401],
      'unknown access key': ['AuthFailure', 401],
      'expired token': ['RequestExpired', 400],
      denied: ['UnauthorizedOperation', 403],
      throttled: ['RequestLimitExceeded', 503],
      failed: ['InternalError', 500],
    },
    validationCode: 'MissingParameter',
  };
};

/** Parameters of an operation that the stand-in would have to heed and does not. */
export const notTaken = (name: Ec2Operation, given: readonly string[]): string | undefined => {
  const { taken } = PARAMETERS[name];
  return given.find((parameter) => !taken.some((one) => one === parameter));
};

const written = (tree: Tree): string => {
  if (typeof tree === 'string') return escapeXml(tree);
  if (Array.isArray(tree)) return tree.map((item: Tree) => element('item', written(item))).join('');
  return Object.entries(tree)
    .filter((member): member is [string, Tree] => member[1] !== undefined)
    .map(([name, value]) => element(name, written(value)))
    .join('');
};
