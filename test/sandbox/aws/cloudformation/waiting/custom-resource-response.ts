import { z } from 'zod';

/** Bytes. */
const LONGEST = 4_096;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const Response = z.looseObject({
  Status: z.enum(['SUCCESS', 'FAILED']),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().min(1).max(1024).optional(),
  Reason: z.string().optional(),
  Data: z.record(z.string(), scalar).default({}),
});

/** The request that a response answers. */
export interface Asked {
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalId: string;
}

/** What a function said of its custom resource. */
export interface Answered {
  /** Undefined where the function named none, which only a failure may do. */
  readonly physicalId: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly failure: string | undefined;
}

/** Reads what was put to a custom resource's ResponseURL. Nothing that does not check out is repeated. */
export const readResponse = (body: string, asked: Asked): Answered => {
  const invalid = (what: string): Answered => ({
    physicalId: undefined,
    attributes: {},
    failure: `Invalid response object: ${what}`,
  });
  if (Buffer.byteLength(body, 'utf8') > LONGEST)
    return { ...invalid(''), failure: 'Response object is too long.' };
  const parsed = Response.safeParse(fromJson(body));
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.') || 'the object');
    return invalid(`check ${[...new Set(paths)].join(', ')}`);
  }
  const { Status, StackId, RequestId, LogicalResourceId, PhysicalResourceId, Reason, Data } = parsed.data;
  const same =
    StackId === asked.stackId && RequestId === asked.requestId && LogicalResourceId === asked.logicalId;
  if (!same) return invalid('StackId, RequestId and LogicalResourceId must be those of the request');
  if (Status === 'FAILED') {
    if (!Reason) return invalid('Reason is required when Status is FAILED');
    const failure = `Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${RequestId})`;
    return { physicalId: PhysicalResourceId, attributes: {}, failure };
  }
  if (PhysicalResourceId === undefined) return invalid('PhysicalResourceId is required');
  return { physicalId: PhysicalResourceId, attributes: Data, failure: undefined };
};

const fromJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
