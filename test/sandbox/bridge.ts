import { composeCatalog } from '../../aws-bridge/catalog/compose';
import { composeGate } from '../../aws-bridge/gate/compose';
import { composeIngress } from '../../aws-bridge/ingress/compose';
import { composeOperation } from '../../aws-bridge/operation/compose';
import type { Environment } from '../../aws-bridge/runtime/environment';
import { composeWake } from '../../aws-bridge/wake/compose';
import { composeWatch } from '../../aws-bridge/watch/compose';
import { FUNCTION } from '../../infra/names';
import type { Atlassian } from './atlassian/atlassian';
import type { Aws } from './aws/aws';
import type { Handler } from './aws/lambda/functions';
import type { DeclaredFunction } from './deployment/functions';

type Log = (line: object) => void;
type Compose = (env: Environment, now: () => Date, log: Log) => Handler;

/** The code of the bridge's functions, by the name under which it is deployed. */
const CODE: Readonly<Record<string, Compose | undefined>> = {
  [FUNCTION.ingress]: composeIngress,
  [FUNCTION.catalog]: composeCatalog,
  [FUNCTION.operation]: composeOperation,
  [FUNCTION.wake]: composeWake,
  [FUNCTION.watch]: composeWatch,
  // A function runs to its end at one moment of simulated time, so it does not pause.
  [FUNCTION.gate]: (env, now, log) => composeGate(env, now, log, () => Promise.resolve()),
};

/**
 * The only variables that are not as the templates have them: where Atlassian's side of the sandbox listens on the
 * loopback interface, which is known no sooner than it does.
 */
const loopback = (declared: Environment, atlassian: Atlassian): Environment => ({
  ...(declared['CALLBACK_URL'] !== undefined && { CALLBACK_URL: atlassian.webTriggerUrl('bridge-callback') }),
  ...(declared['FORGE_APP_ID'] !== undefined && { FORGE_JWKS_URL: atlassian.jwksUrl }),
});

/**
 * Gives the deployed functions their code, and the environment that their templates declare. Functions of custom
 * resources have run by then and get none.
 */
export const registerBridge = (
  functions: readonly DeclaredFunction[],
  parts: { readonly aws: Aws; readonly atlassian: Atlassian; readonly now: () => Date; readonly log: Log },
): void => {
  const { aws, atlassian, now, log } = parts;
  for (const declared of functions) {
    const compose = CODE[declared.name];
    if (!compose) continue;
    const { name, account, region, roleArn, environment, timeoutSeconds, durable, alias } = declared;
    const role = roleArn.split('/').at(-1) ?? '';
    const env = {
      ...environment,
      ...aws.environmentFor(role, account),
      ...loopback(environment, atlassian),
    };
    aws.registerFunction({
      ...{ name, account, region, role, timeoutSeconds },
      handler: compose(env, now, log),
      asynchronousRetries: declared.asynchronousRetries,
      ...(alias !== undefined && { alias }),
      ...(durable && { durable }),
    });
  }
};
