import { bridgeTemplate, theResource } from './a-bridge';

const template = bridgeTemplate();
const functionOf = (name: string) => theResource(template, 'AWS::Lambda::Function', { FunctionName: name });

test.each([
  ['POST /webhook', 'gatehouse-ingress'],
  ['POST /catalog', 'gatehouse-catalog'],
])('%s is answered by %s', (route, name) => {
  const { Target } = theResource(template, 'AWS::ApiGatewayV2::Route', { RouteKey: route }).Properties as {
    Target: { 'Fn::Join': [string, [string, { Ref: string }]] };
  };
  const integration = Target['Fn::Join'][1][1].Ref;
  expect(template.findResources('AWS::ApiGatewayV2::Integration')[integration]?.['Properties']).toMatchObject(
    {
      IntegrationUri: { 'Fn::GetAtt': [functionOf(name).id, 'Arn'] },
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 29_000,
    },
  );
});

test('nothing else is served, and nothing to browsers', () => {
  template.resourceCountIs('AWS::ApiGatewayV2::Route', 2);
  expect(theResource(template, 'AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
});

test('requests are throttled and logged without headers or bodies', () => {
  const { DefaultRouteSettings, AccessLogSettings } = theResource(template, 'AWS::ApiGatewayV2::Stage', {
    StageName: '$default',
  }).Properties as { DefaultRouteSettings: object; AccessLogSettings: { Format: string } };
  expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
  expect(Object.keys(JSON.parse(AccessLogSettings.Format) as object)).toEqual([
    'requestId',
    'time',
    'sourceIp',
    'routeKey',
    'status',
    'responseLength',
    'responseLatency',
    'error',
    'integrationError',
  ]);
  theResource(template, 'AWS::Logs::LogGroup', {
    LogGroupName: '/aws/vendedlogs/gatehouse-api',
    RetentionInDays: 180,
  });
});
