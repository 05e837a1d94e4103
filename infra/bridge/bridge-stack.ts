import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps, aws_dynamodb as dynamodb, aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import type { BridgeFunction } from './bridge-function';
import { ApprovalsTopic } from './approvals-topic';
import { createCatalog } from './catalog';
import { createDataKey } from './data-key';
import { Gate, type HomeKeys } from './gate';
import { HttpApi } from './http-api';
import { createIngress } from './ingress';
import { Observability } from './observability/observability';
import { Operation } from './operation';
import { createSealedValuesKeys } from './sealed-values-key';
import { StackEvents } from './stack-events';
import { createWaitersTable } from './waiters-table';
import { Wake } from './wake';
import { WebhookSecret } from './webhook-secret';
import { SECRET } from '../names';

interface BridgeStackProps extends StackProps {
  readonly configuration: Configuration;
  /** By region, the id of the portfolio there. */
  readonly portfolios: Readonly<Record<string, string>>;
}

/** The AWS side of Gatehouse between the Forge app and the tenants' accounts, in the home region of the hub account. */
export class BridgeStack extends Stack {
  /** Under it is stored what the bridge keeps. */
  readonly key: kms.Key;
  readonly sealedValuesKey: kms.Key;
  /** What gates in other regions need of this one. */
  readonly keys: HomeKeys;
  readonly webhookSecret: WebhookSecret;
  readonly callbackSecret: WebhookSecret;
  readonly waiters: dynamodb.Table;
  readonly operation: Operation;
  readonly ingress: BridgeFunction;
  readonly catalog: BridgeFunction;
  readonly wake: Wake;
  readonly gate: Gate;
  readonly stackEvents: StackEvents;
  readonly httpApi: HttpApi;

  constructor(scope: Construct, id: string, { configuration, portfolios, ...props }: BridgeStackProps) {
    super(scope, id, {
      description: 'Gatehouse: the bridge between Jira and the tenant accounts',
      terminationProtection: true,
      ...props,
    });
    const key = createDataKey(this, 'DataKey');
    const webhookSecret = new WebhookSecret(this, 'WebhookSecret', {
      name: SECRET.webhook,
      description: 'Gatehouse: the Forge app signs with it, the bridge verifies',
      key,
    });
    const callbackSecret = new WebhookSecret(this, 'CallbackSecret', {
      name: SECRET.callback,
      description: 'Gatehouse: the bridge signs with it, the Forge app verifies',
      key,
    });
    this.key = key;
    this.webhookSecret = webhookSecret;
    this.callbackSecret = callbackSecret;
    const sealedValuesKeys = createSealedValuesKeys(this, 'SealedValuesKey', configuration.sealedValuesKeys);
    const sealedValuesKey = sealedValuesKeys.current;
    this.sealedValuesKey = sealedValuesKey;
    this.keys = { data: key, sealedValues: sealedValuesKey };
    this.waiters = createWaitersTable(this, 'Waiters', key);
    const { notifyOfApprovals } = configuration;
    this.operation = new Operation(this, 'Operation', {
      ...{ configuration, key, callbackSecret },
      sealedValuesKeys,
      approvals:
        notifyOfApprovals === undefined
          ? undefined
          : new ApprovalsTopic(this, 'Approvals', { key, notify: notifyOfApprovals }),
    });
    this.ingress = createIngress(this, 'Ingress', {
      configuration,
      key,
      webhookSecret,
      operation: this.operation.alias,
    });
    this.catalog = createCatalog(this, 'Catalog', {
      ...{ configuration, key, sealedValuesKey, webhookSecret, portfolios },
    });
    this.wake = new Wake(this, 'Wake', { key });
    this.gate = new Gate(this, 'Gate', { configuration, key, home: this.keys });
    this.stackEvents = new StackEvents(this, 'StackEvents', {
      configuration,
      key,
      wake: this.wake.bridgeFunction.function,
    });
    this.httpApi = new HttpApi(this, 'HttpApi', {
      key,
      routes: {
        '/webhook': { id: 'Ingress', function: this.ingress.function },
        '/catalog': { id: 'Catalog', function: this.catalog.function },
      },
    });
    new Observability(this, 'Observability', {
      key,
      notify: configuration.notify,
      functions: {
        Ingress: this.ingress,
        Catalog: this.catalog,
        Operation: this.operation.bridgeFunction,
        Wake: this.wake.bridgeFunction,
        Gate: this.gate.bridgeFunction,
      },
      queues: {
        Operations: this.operation.failed,
        Wakes: this.wake.failed,
        Events: this.stackEvents.undelivered,
      },
      stage: this.httpApi.stage,
    });
    this.tell({
      BridgeUrl: ['The variable BRIDGE_URL of the Forge app', this.httpApi.api.apiEndpoint],
      WebhookSecretArn: ['Signs messages to the bridge', webhookSecret.arn],
      CallbackSecretArn: ['Signs messages of the bridge', callbackSecret.arn],
      EventBusArn: ['Takes stack events of the tenants', this.stackEvents.bus.eventBusArn],
      SealedValuesKeyArn: ['kms get-public-key tells its public half', this.sealedValuesKey.keyArn],
      IngressFunction: ['Answers POST /webhook', this.ingress.function.functionName],
      CatalogFunction: ['Answers POST /catalog', this.catalog.function.functionName],
      OperationFunction: ['Runs operations', this.operation.bridgeFunction.function.functionName],
      GateFunction: ['Has gated stacks approved', this.gate.bridgeFunction.function.functionName],
      WakeFunction: ['Wakes operations', this.wake.bridgeFunction.function.functionName],
    });
  }

  private tell(outputs: Readonly<Record<string, readonly [description: string, value: string]>>): void {
    for (const [id, [description, value]] of Object.entries(outputs)) {
      new CfnOutput(this, id, { description, value });
    }
  }
}
