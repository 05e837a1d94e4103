import type { Sessions } from './access';
import { type Context, roleId } from './iam/context';
import type { Iam } from './iam/iam';
import { AwsError, type AwsCall, type AwsService, NotModelled } from './service';

const NAME = /^[\w+=,.@-]{2,64}$/;
const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
/** Seconds. A role that assumes another one - role chaining - gets an hour at most. */
const CHAINED_LIMIT = 3600;
const SHORTEST = 900;

interface AssumeRoleRequest {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId?: string;
  readonly SourceIdentity?: string;
  readonly DurationSeconds?: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const MODELLED = new Set([
  'RoleArn',
  'RoleSessionName',
  'ExternalId',
  'SourceIdentity',
  'DurationSeconds',
  'Tags',
]);

const invalid = (value: string | number, member: string, constraint: string): AwsError =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

const pattern = (value: string, member: string, expression: RegExp): void => {
  if (!expression.test(value)) {
    throw invalid(value, member, `Member must satisfy regular expression pattern: ${expression.source}`);
  }
};

const validate = (request: AssumeRoleRequest): void => {
  const unknown = Object.keys(request).find((member) => !MODELLED.has(member));
  if (unknown) throw new NotModelled(`${unknown} of AssumeRole`);
  pattern(request.RoleArn, 'roleArn', /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/);
  pattern(request.RoleSessionName, 'roleSessionName', NAME);
  if (request.SourceIdentity !== undefined) pattern(request.SourceIdentity, 'sourceIdentity', NAME);
  if (request.ExternalId !== undefined) pattern(request.ExternalId, 'externalId', /^[\w+=,.@:/-]{2,1224}$/);
  const seconds = request.DurationSeconds ?? CHAINED_LIMIT;
  if (seconds < SHORTEST) {
    throw invalid(seconds, 'durationSeconds', `Member must have value greater than or equal to ${SHORTEST}`);
  }
  if (seconds > CHAINED_LIMIT) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  const tags = request.Tags ?? [];
  if (tags.length > 50)
    throw invalid(tags.length, 'tags', 'Member must have length less than or equal to 50');
  tags.forEach((tag, index) => {
    pattern(tag.Key, `tags.${index + 1}.member.key`, TAG_KEY);
    pattern(tag.Value, `tags.${index + 1}.member.value`, TAG_VALUE);
  });
  const keys = new Set(tags.map((tag) => tag.Key.toLowerCase()));
  if (keys.size < tags.length) {
    throw new AwsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
};

/** The condition keys of a request to assume a role. IAM looks only at those that the action has. */
const contextOf = ({
  ExternalId,
  SourceIdentity,
  RoleSessionName,
  Tags = [],
}: AssumeRoleRequest): Context => ({
  'sts:ExternalId': ExternalId,
  'sts:SourceIdentity': SourceIdentity,
  'sts:RoleSessionName': RoleSessionName,
  'aws:TagKeys': Tags.length > 0 ? Tags.map(({ Key }) => Key) : undefined,
  ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
});

/** Assumes roles as their trust allows, and says who calls. */
export const createSts = (sandbox: {
  readonly iam: Pick<Iam, 'authorize'>;
  readonly sessions: Sessions;
  readonly now: () => Date;
}): AwsService => {
  const assumeRole = async ({ input, principal, region }: AwsCall): Promise<object> => {
    const request = input as AssumeRoleRequest;
    validate(request);
    const refusal = (action: string): AwsError =>
      new AwsError(
        'AccessDenied',
        `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${request.RoleArn}`,
        403,
      );
    const actions = [
      'sts:AssumeRole',
      ...(request.Tags?.length ? ['sts:TagSession'] : []),
      ...(request.SourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
    ];
    for (const action of actions) {
      const { allowed } = await sandbox.iam.authorize({
        ...{ as: principal, action, resource: request.RoleArn, region },
        context: contextOf(request),
      });
      if (!allowed) throw refusal(action);
    }
    // Who has a source identity keeps it, whatever policies say.
    if (principal.sourceIdentity !== undefined && principal.sourceIdentity !== request.SourceIdentity) {
      throw refusal('sts:SetSourceIdentity');
    }
    return issue(request);
  };

  const issue = (request: AssumeRoleRequest): object => {
    const [, , , , account = ''] = request.RoleArn.split(':');
    const roleName = request.RoleArn.split('/').at(-1) ?? '';
    const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/${request.RoleSessionName}`;
    const expiresAt = new Date(sandbox.now().getTime() + (request.DurationSeconds ?? CHAINED_LIMIT) * 1000);
    const session = sandbox.sessions.issue({
      principal: {
        account,
        roleName,
        arn,
        sessionName: request.RoleSessionName,
        sourceIdentity: request.SourceIdentity,
        sessionTags: Object.fromEntries((request.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
      },
      expiresAt,
    });
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: expiresAt,
      },
      AssumedRoleUser: {
        AssumedRoleId: `${roleId(request.RoleArn)}:${request.RoleSessionName}`,
        Arn: arn,
      },
      PackedPolicySize: request.Tags?.length ? 1 : undefined,
      SourceIdentity: request.SourceIdentity,
    };
  };

  return {
    handle: (call) => {
      if (call.operation === 'AssumeRole') return assumeRole(call);
      if (call.operation === 'GetCallerIdentity') {
        const { account, arn, roleName, sessionName } = call.principal;
        return Promise.resolve({ Account: account, Arn: arn, UserId: `AROA${roleName}:${sessionName}` });
      }
      return Promise.reject(new NotModelled(`${call.operation} of STS`));
    },
  };
};
