import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { Gate } from '../../aws-bridge/contract/gate';
import { SITE } from './orders';
import { TENANT } from './settings';

export const GATE_ID = `gate-${'0123456789'.repeat(4)}`;
export const GATE_REGION = 'eu-west-1';
export const GATE_OPENED_AT = new Date('2026-03-02T10:00:00Z');

/** The ARN of a stack that Service Catalog made. */
export const aStackId = ({ account = TENANT, region = GATE_REGION, product = 'pp-gatedabcdefg2' } = {}) =>
  `arn:aws:cloudformation:${region}:${account}:stack/SC-${account}-${product}/0a1b2c3d-1111-11f0-8333-0affd5e60001`;

export const aGate = (overrides: Partial<Gate> = {}): Gate =>
  Gate.parse({
    gateId: GATE_ID,
    site: SITE,
    action: 'create',
    product: 'WordPress',
    stackId: aStackId(),
    account: TENANT,
    region: GATE_REGION,
    requesterEmail: 'ada@example.com',
    parameters: { Size: 'small' },
    openedAt: GATE_OPENED_AT.toISOString(),
    deadline: '2026-03-02T22:00:00.000Z',
    ...overrides,
  });

/** X-Amz-Date of a moment: `20260302T100000Z`. */
const amzDate = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** The key id is the one of AWS's own documentation. */
const signedQuery = ({ at, expires, region }: { at: Date; expires: number; region: string }): string =>
  [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Date=${amzDate(at)}`,
    'X-Amz-SignedHeaders=host',
    `X-Amz-Expires=${expires}`,
    `X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F${amzDate(at).slice(0, 8)}%2F${region}%2Fs3%2Faws4_request`,
    `X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`,
  ].join('&');

const regionOf = (stackId: string): string => stackId.split(':')[3] ?? '';

/** The host of a bucket, as CloudFormation writes it for a region. */
const bucketHost = (bucket: string, region: string): string =>
  region === 'us-east-1' ? `${bucket}.s3.amazonaws.com` : `${bucket}.s3.${region}.amazonaws.com`;

/** A wait condition handle's URL as CloudFormation makes it for a stack; `round` tells two handles apart. */
export const aWaitUrl = ({
  stackId = aStackId(),
  handle = 'ApprovalHandle1a2b3c4d',
  at = GATE_OPENED_AT,
  expires = 86399,
  region = regionOf(stackId),
  host = bucketHost(`cloudformation-waitcondition-${region}`, region),
  round = '1a1b1c1d-2222-11f0-8333-0affd5e60002',
} = {}): string =>
  `https://${host}/${stackId.replaceAll(':', '%3A')}/${round}/${handle}?${signedQuery({ at, expires, region })}`;

/** The URL that CloudFormation awaits a custom resource's answer at. */
export const aResponseUrl = ({
  stackId = aStackId(),
  logicalId = 'Approval',
  requestId = '5d478078-13e9-4af0-864a-7ef285ecc786',
  at = GATE_OPENED_AT,
  expires = 7200,
  region = regionOf(stackId),
  host = bucketHost(`cloudformation-custom-resource-response-${region.replaceAll('-', '')}`, region),
} = {}): string =>
  `https://${host}/${stackId.replaceAll(':', '%3A')}%7C${logicalId}%7C${requestId}?${signedQuery({ at, expires, region })}`;

type Properties = Readonly<Record<string, unknown>>;

/** The properties of `Custom::ApprovalGate`, as CloudFormation sends them. */
export const gateProperties = (overrides: Properties = {}): Properties => ({
  ServiceToken: `arn:aws:lambda:${GATE_REGION}:100000000002:function:gatehouse-gate`,
  Handle: aWaitUrl(),
  Product: 'WordPress',
  RequesterEmail: 'ada@example.com',
  TimeLimit: '43200',
  Shown: ['Size'],
  Parameters: { Size: 'small', RequesterEmail: 'ada@example.com', ApprovalRound: 'A' },
  Template: 'digest-of-the-template',
  ...overrides,
});

/** The event that CloudFormation invokes the gate function with; a Create unless said otherwise. */
export const aGateEvent = (overrides: Properties = {}): Properties => ({
  RequestType: 'Create',
  ServiceToken: gateProperties()['ServiceToken'],
  ResponseURL: aResponseUrl(),
  StackId: aStackId(),
  RequestId: '5d478078-13e9-4af0-864a-7ef285ecc786',
  LogicalResourceId: 'Approval',
  ResourceType: 'Custom::ApprovalGate',
  ResourceProperties: gateProperties(),
  ...overrides,
});

/** A key to which values are sealed, and what KMS does with its private half. */
export const aSealingKey = (): {
  readonly publicKey: Buffer;
  readonly unwrap: (wrappedKey: Uint8Array) => Promise<Uint8Array>;
} => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }),
    unwrap: (wrappedKey) =>
      Promise.resolve(
        privateDecrypt(
          { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
          wrappedKey,
        ),
      ),
  };
};
