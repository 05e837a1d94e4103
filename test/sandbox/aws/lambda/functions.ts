import { AwsError } from '../service';

/** What Lambda gives a handler besides the event. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
  done(): void;
  fail(): void;
  succeed(): void;
}

/** A handler takes JSON and gives JSON; what it takes beyond that is for the function to know. */
export type Handler = (event: never, context: InvocationContext) => Promise<unknown>;

/** A deployed function. Every function has one published version, 1, and at most one alias that points to it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Name of the execution role. */
  readonly role: string;
  readonly alias?: string;
  readonly handler: Handler;
  /** Real seconds that one invocation may take. */
  readonly timeoutSeconds: number;
  /** How often an asynchronous invocation that failed is repeated; twice unless given. */
  readonly asynchronousRetries?: number;
  readonly durable?: { readonly executionTimeoutSeconds: number; readonly retentionDays: number };
}

export const VERSION = '1';

export const functionArn = (definition: Pick<FunctionDefinition, 'name' | 'account' | 'region'>): string =>
  `arn:aws:lambda:${definition.region}:${definition.account}:function:${definition.name}`;

/** A function as a caller named it. */
export interface FunctionReference {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly qualifier: string | undefined;
}

const NAME =
  /^(?:(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** @throws AwsError for a name that is none */
export const functionReference = (
  given: string,
  qualifier: string | undefined,
  caller: { readonly account: string; readonly region: string },
): FunctionReference => {
  const parts = NAME.exec(given)?.groups;
  const name = parts?.['name'];
  if (!name) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${given}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME.source}`,
    );
  }
  return {
    account: parts['account'] ?? caller.account,
    region: parts['region'] ?? caller.region,
    name,
    qualifier: parts['qualifier'] ?? qualifier,
  };
};

export const referenceArn = (reference: FunctionReference): string =>
  functionArn(reference) + (reference.qualifier === undefined ? '' : `:${reference.qualifier}`);

/** The deployed functions. */
export class Functions {
  readonly #byArn = new Map<string, FunctionDefinition>();

  register(definition: FunctionDefinition): void {
    this.#byArn.set(functionArn(definition), definition);
  }

  /** @throws AwsError `ResourceNotFoundException` also for a version or alias that there is not */
  find(reference: FunctionReference): FunctionDefinition {
    const definition = this.#byArn.get(functionArn(reference));
    const known = [undefined, '$LATEST', VERSION, definition?.alias].includes(reference.qualifier);
    if (!definition || !known) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${referenceArn(reference)}`, 404);
    }
    return definition;
  }

  /** By name alone, for what is wired up inside an account: a rule's target, an API's integration. */
  named(name: string): FunctionDefinition {
    const definition = [...this.#byArn.values()].find((candidate) => candidate.name === name);
    if (!definition) throw new Error(`No function ${name} is registered in the sandbox`);
    return definition;
  }
}
