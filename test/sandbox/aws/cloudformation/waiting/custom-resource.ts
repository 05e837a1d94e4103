import { z } from 'zod';
import { AwsError, type AwsService, type Principal } from '../../service';
import { uuidOf } from '../deterministic-ids';
import type { Existing } from '../inventory';
import { FIRST_CALL, type Provider, type Wanted } from '../provider';
import { ResourceRefused } from '../refusals';
import { madeUpPhysicalId, whole } from '../resource-model';
import type { ResourceRights } from '../resource-rights';
import type { Run } from '../runs';
import { type Answered, readResponse } from './custom-resource-response';
import type { Uploads } from './uploads';

/** Seconds that a function may take to answer, unless ServiceTimeout says less, and that the ResponseURL lives. */
const LONGEST_ANSWER = 3_600;
const URL_LIVES = 7_200;
/** Milliseconds until CloudFormation has noticed what was put into its bucket. */
const NOTICED = 1_000;

const Properties = z.looseObject({
  ServiceToken: z
    .string()
    .regex(
      /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
      'has to be the ARN of a function',
    ),
  ServiceTimeout: whole.pipe(z.int().min(1).max(LONGEST_ANSWER)).default(LONGEST_ANSWER),
});

/** A custom resource's properties arrive as texts. */
const asTexts = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTexts(member)]));
  return String(value);
};

interface Request {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly OldResourceProperties?: unknown;
}

/**
 * Custom resources behind Lambda functions: invoked with the rights that the stack has, answered by way of a
 * pre-signed URL, deleted with an id that the function gave.
 */
export const createCustomResources = (parts: {
  readonly uploads: Uploads;
  readonly rights: ResourceRights;
  /** Where it is missing, there are no functions. */
  readonly lambda: AwsService | undefined;
}): Provider => {
  const { uploads, rights, lambda } = parts;
  let requests = 0;

  /** @returns whether the function was invoked @throws ResourceRefused where it may not or cannot be */
  const ask = async (
    wanted: Wanted,
    request: Request,
    run: Run,
    answered: (answer: Answered) => void,
  ): Promise<boolean> => {
    const { stack, logicalId, type } = wanted;
    const { id: stackId, region } = stack.identity;
    const parsed = Properties.safeParse(wanted.properties);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new ResourceRefused(
        `${issue?.path.join('.') ?? 'A property'} ${issue?.message ?? 'is not valid'}`,
      );
    }
    const { ServiceToken: token, ServiceTimeout: seconds } = parsed.data;
    if (token.split(':')[3] !== region) {
      throw new ResourceRefused(
        `The function of a custom resource has to be in the stack's region ${region}`,
      );
    }
    await rights.demand(stack, logicalId, { calls: [{ action: 'lambda:InvokeFunction', resource: token }] });
    // Whoever ends the run in this moment finds that nothing was asked.
    if (!run.isCurrent()) return false;
    requests += 1;
    const requestId = uuidOf(stackId, logicalId, requests);
    const asked = { stackId, requestId, logicalId };
    let open = true;
    const settle = (answer: Answered): void => {
      if (open) answered(answer);
      open = false;
    };
    const url = uploads.issue(
      {
        bucket: `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`,
        region,
        key: keyOf(stackId, logicalId, requestId),
        lives: URL_LIVES,
      },
      (body) => run.later(NOTICED, `answer for ${logicalId}`, () => settle(readResponse(body, asked))),
    );
    run.later(seconds * 1000, `time limit of ${logicalId}`, () =>
      settle({
        physicalId: undefined,
        attributes: {},
        failure: `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
      }),
    );
    await invoke(token, wanted, {
      ...{ RequestType: request.RequestType, ServiceToken: token, ResponseURL: url, StackId: stackId },
      ...{ RequestId: requestId, LogicalResourceId: logicalId },
      ...(request.PhysicalResourceId !== undefined && { PhysicalResourceId: request.PhysicalResourceId }),
      ...{ ResourceType: type, ResourceProperties: asTexts(wanted.properties) },
      ...(request.OldResourceProperties !== undefined && {
        OldResourceProperties: request.OldResourceProperties,
      }),
    });
    return true;
  };

  /** As an asynchronous event: Lambda repeats it where the function fails. */
  const invoke = async (functionArn: string, { stack }: Wanted, event: object): Promise<void> => {
    if (!lambda) throw new ResourceRefused(`Function not found: ${functionArn}`);
    const { account, region } = stack.identity;
    const input = {
      FunctionName: functionArn,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    };
    const { roleName = 'nobody', sessionName = roleName } = stack.as ?? {};
    const principal: Principal = {
      ...{ account, roleName, sessionName, sourceIdentity: stack.as?.sourceIdentity },
      arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`,
      sessionTags: stack.as?.sessionTags ?? {},
    };
    try {
      await lambda.handle({ operation: 'Invoke', input, region, principal });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new ResourceRefused(
        `${error.message} (Service: Lambda, Status Code: ${error.status}; Error Code: ${error.code})`,
      );
    }
  };

  const existingOf = ({ stack, type }: Wanted, id: string, attributes: Existing['attributes']): Existing => ({
    ...{ type, account: stack.identity.account, region: stack.identity.region },
    ...{ id, attributes, facts: {} },
  });

  return {
    takesBack: false,
    create: async (wanted, run, done) => {
      const { stack, logicalId } = wanted;
      // What a roll-back's Delete names where the function never said.
      const placeholder = existingOf(wanted, madeUpPhysicalId(stack.identity, logicalId), {});
      const invoked = await ask(wanted, { RequestType: 'Create' }, run, (answer) => {
        const existing = existingOf(wanted, answer.physicalId ?? placeholder.id, answer.attributes);
        done(answer.failure === undefined ? { existing } : { existing, failure: answer.failure });
      });
      return invoked ? placeholder : undefined;
    },
    update: async (wanted, from, run, done) => {
      if (from.properties['ServiceToken'] !== wanted.properties['ServiceToken']) {
        throw new ResourceRefused('Modifying service token is not allowed.');
      }
      const request: Request = {
        RequestType: 'Update',
        PhysicalResourceId: from.existing.id,
        OldResourceProperties: asTexts(from.properties),
      };
      const invoked = await ask(wanted, request, run, ({ physicalId, attributes, failure }) =>
        done(
          failure === undefined
            ? { existing: existingOf(wanted, physicalId ?? from.existing.id, attributes) }
            : { failure },
        ),
      );
      return invoked ? from.existing : undefined;
    },
    remove: (what, run, done) =>
      run.later(FIRST_CALL, `deletion of ${what.logicalId}`, async () => {
        try {
          await ask(what, { RequestType: 'Delete', PhysicalResourceId: what.existing.id }, run, (answer) =>
            done(answer.failure),
          );
        } catch (error) {
          if (!(error instanceof ResourceRefused)) throw error;
          done(error.message);
        }
      }),
  };
};

const keyOf = (stackId: string, logicalId: string, requestId: string): string => {
  const [name = '', ...path] = stackId.split('/');
  return `${encodeURIComponent(name)}/${path.join('/')}%7C${logicalId}%7C${requestId}`;
};
