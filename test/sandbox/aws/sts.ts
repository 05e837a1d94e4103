import { randomBytes } from 'node:crypto';
import { type Role, roleArn } from '../organization';
import { isAllowed, type Sessions } from './access';
import { AwsError, type AwsCall, type AwsService, NotModelled, type Principal } from './service';

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

/** Assumes roles as their trust allows, and says who calls. */
export const createSts = (sandbox: {
  readonly roles: readonly Role[];
  readonly sessions: Sessions;
  readonly now: () => Date;
}): AwsService => {
  const roleOf = (principal: Principal): Role | undefined =>
    sandbox.roles.find(
      (role) => role.account === principal.account && role.name.split('/').at(-1) === principal.roleName,
    );

  const assumeRole = ({ input, principal }: AwsCall): object => {
    const request = input as AssumeRoleRequest;
    validate(request);
    const caller = roleOf(principal);
    const role = sandbox.roles.find((candidate) => roleArn(candidate) === request.RoleArn);
    const demand = (action: string, holds: boolean | undefined): void => {
      if (holds && caller && isAllowed(caller.statements, action, request.RoleArn)) return;
      throw new AwsError(
        'AccessDenied',
        `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${request.RoleArn}`,
        403,
      );
    };
    const trust = role?.trust;
    demand(
      'sts:AssumeRole',
      trust !== undefined &&
        caller !== undefined &&
        trust.principals.includes(roleArn(caller)) &&
        (trust.externalId === undefined || trust.externalId === request.ExternalId) &&
        (!trust.sourceIdentityRequired || request.SourceIdentity !== undefined),
    );
    if (request.Tags?.length) demand('sts:TagSession', trust?.allows.includes('sts:TagSession'));
    if (request.SourceIdentity !== undefined) {
      demand('sts:SetSourceIdentity', trust?.allows.includes('sts:SetSourceIdentity'));
    }
    if (principal.sourceIdentity !== undefined && principal.sourceIdentity !== request.SourceIdentity) {
      demand('sts:SetSourceIdentity', false);
    }
    return issue(request, role);
  };

  const issue = (request: AssumeRoleRequest, role: Role | undefined): object => {
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
      statements: role?.statements ?? [],
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
        AssumedRoleId: `AROA${randomBytes(9).toString('hex').toUpperCase().slice(0, 17)}:${request.RoleSessionName}`,
        Arn: arn,
      },
      PackedPolicySize: request.Tags?.length ? 1 : undefined,
      SourceIdentity: request.SourceIdentity,
    };
  };

  return {
    handle: (call) => {
      if (call.operation === 'AssumeRole') return Promise.resolve().then(() => assumeRole(call));
      if (call.operation === 'GetCallerIdentity') {
        const { account, arn, roleName, sessionName } = call.principal;
        return Promise.resolve({ Account: account, Arn: arn, UserId: `AROA${roleName}:${sessionName}` });
      }
      return Promise.reject(new NotModelled(`${call.operation} of STS`));
    },
  };
};
