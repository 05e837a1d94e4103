import {
  Duration,
  RemovalPolicy,
  Validations,
  aws_apigatewayv2 as apigateway,
  aws_apigatewayv2_integrations as integrations,
  aws_logs as logs,
} from 'aws-cdk-lib';
import type { aws_kms as kms, aws_lambda as lambda } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

/**
 * Requests a second, and at once. A busy site sends a few a minute; whoever is turned away sends again later. It also
 * bounds what somebody who knows the address can make us compute.
 */
const RATE = 20;
const BURST = 40;

/** No header, query or body: they could hold what is not ours to keep. */
const LOGGED = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  error: '$context.error.message',
  integrationError: '$context.integration.error',
};

/** The bridge's door: two routes, for POST only, over TLS; no CORS, since no browser has business here. */
export class HttpApi extends Construct {
  readonly api: apigateway.HttpApi;
  readonly stage: apigateway.HttpStage;
  readonly logGroup: logs.LogGroup;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly key: kms.IKey;
      readonly routes: Readonly<
        Record<`/${string}`, { readonly id: string; readonly function: lambda.IFunction }>
      >;
    },
  ) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Log', {
      // Under this prefix a log group needs no place in the account's one policy for deliveries.
      logGroupName: '/aws/vendedlogs/gatehouse-api',
      retention: logs.RetentionDays.SIX_MONTHS,
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api = new apigateway.HttpApi(this, 'Api', {
      apiName: 'gatehouse',
      description: 'Gatehouse: signed messages from the Forge app',
      createDefaultStage: false,
    });
    for (const [path, route] of Object.entries(props.routes)) {
      this.api.addRoutes({
        path,
        methods: [apigateway.HttpMethod.POST],
        integration: new integrations.HttpLambdaIntegration(route.id, route.function, {
          payloadFormatVersion: apigateway.PayloadFormatVersion.VERSION_2_0,
          timeout: Duration.seconds(29),
        }),
      });
    }
    this.stage = new apigateway.HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: RATE, burstLimit: BURST },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new apigateway.LogGroupLogDestination(this.logGroup),
        format: AccessLogFormat.custom(JSON.stringify(LOGGED)),
      },
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The functions themselves verify each message: its signature over the raw bytes and the Forge Invocation Token.',
    });
  }
}
