import { z } from 'zod';
import type { AwsCall, AwsService } from '../../../sandbox/aws/service';
import type { Bench } from './a-cloudformation';
import { AwsError } from '../../../sandbox/aws/service';

const Request = z.strictObject({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ServiceToken: z.string(),
  ResponseURL: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceType: z.string(),
  ResourceProperties: z.record(z.string(), z.unknown()),
  OldResourceProperties: z.record(z.string(), z.unknown()).optional(),
});
type Request = z.infer<typeof Request>;

/** What a function says of a request; nothing where it does not answer. */
export type Answering = (request: Request) => object | undefined;

export const FUNCTION = 'arn:aws:lambda:eu-west-1:100000000001:function:gate';

/** A function behind a custom resource: it answers a second after it was asked. */
export class FunctionStandIn implements AwsService {
  readonly requests: Request[] = [];
  readonly calls: AwsCall[] = [];
  answer: Answering = ({ PhysicalResourceId = 'made' }) => ({ Status: 'SUCCESS', PhysicalResourceId });
  bench: Bench | undefined;

  handle = (call: AwsCall): Promise<object> => {
    this.calls.push(call);
    const input = z
      .object({ FunctionName: z.string(), InvocationType: z.literal('Event'), Payload: z.instanceof(Buffer) })
      .parse(call.input);
    if (input.FunctionName !== FUNCTION) {
      return Promise.reject(
        new AwsError('ResourceNotFoundException', `Function not found: ${input.FunctionName}`, 404),
      );
    }
    const request = Request.parse(JSON.parse(input.Payload.toString('utf8')));
    this.requests.push(request);
    this.bench?.clock.after(1_000, 'the function', () => {
      const answer = this.answer(request);
      if (answer) put(this.bench, request.ResponseURL, { ...identityOf(request), ...answer });
    });
    return Promise.resolve({ StatusCode: 202 });
  };

  /** The requests so far, as `Create`, `Update P1`. */
  get asked(): string[] {
    return this.requests.map(({ RequestType, PhysicalResourceId }) =>
      [RequestType, PhysicalResourceId].filter((part) => part !== undefined).join(' '),
    );
  }
}

const identityOf = ({ StackId, RequestId, LogicalResourceId }: Request) => ({
  ...{ StackId, RequestId, LogicalResourceId },
});

/** Puts something to a pre-signed URL, as the front hands it over. @returns the status */
export const put = (bench: Bench | undefined, url: string, body: object): number => {
  const { pathname, searchParams } = new URL(url);
  const request = {
    ...{ method: 'PUT', path: pathname, query: Object.fromEntries(searchParams), headers: {} },
    body: Buffer.from(JSON.stringify(body)),
  };
  return bench?.uploads.answer(request, 'request-1').status ?? 0;
};
