/** A process's environment, as `process.env` has it. Only composition roots read one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A function was deployed without something that it needs. */
export class ConfigurationMissing extends Error {
  override readonly name = 'ConfigurationMissing';
  constructor(variable: string) {
    super(`The environment variable ${variable} is not set; the function's deployment has to set it`);
  }
}

/** @throws ConfigurationMissing also where the value is empty: no setting of ours may be */
export const required = (env: Environment, name: string): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new ConfigurationMissing(name);
  return value;
};

/** The services that the bridge calls, named as the SDKs name them in `AWS_ENDPOINT_URL_<SERVICE>`. */
export type AwsServiceName =
  | 'CLOUDFORMATION'
  | 'DYNAMODB'
  | 'EC2'
  | 'KMS'
  | 'LAMBDA'
  | 'S3'
  | 'SECRETS_MANAGER'
  | 'SERVICE_CATALOG'
  | 'SNS'
  | 'STS';

/** Milliseconds that establishing a connection to AWS may take. */
const CONNECTION_TIMEOUT = 2_000;
/** Milliseconds that one call to AWS may take. The HTTP API in front gives up after thirty seconds. */
export const AWS_CALL_TIMEOUT = 10_000;

/**
 * What every AWS client of the bridge is built with.
 *
 * One attempt a call: whoever calls knows whether to repeat (the durable engine, the sender, Lambda), so retries
 * within retries would only multiply the load on a service that throttles.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const awsConfiguration = (env: Environment, service?: AwsServiceName) => {
  const endpoint = (service && env[`AWS_ENDPOINT_URL_${service}`]) ?? env['AWS_ENDPOINT_URL'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    region: required(env, 'AWS_REGION'),
    credentials: {
      accessKeyId: required(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(env, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken && { sessionToken }),
    },
    ...(endpoint && { endpoint }),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: AWS_CALL_TIMEOUT,
      throwOnRequestTimeout: true,
    },
  };
};
export type AwsConfiguration = ReturnType<typeof awsConfiguration>;
