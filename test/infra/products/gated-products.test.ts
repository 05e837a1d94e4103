import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { gateProblems } from '../../../infra/hub/gate-problems';
import { TenantStack } from '../../../infra/tenant/tenant-stack';
import { GATE_TYPE } from '../../../products/approval-gate';
import { catalogue } from '../../../products/catalogue';
import { parseTemplate } from '../../sandbox/aws/cloudformation/template';
import { aConfiguration } from '../../builders/configuration';
import { versions } from './templates';

const configuration = aConfiguration({ regions: ['eu-west-1', 'us-east-1'] });
const gated = catalogue.filter((product) => product.gated);

interface Role {
  readonly Properties: {
    readonly RoleName: string;
    readonly Policies: readonly {
      readonly PolicyDocument: { readonly Statement: readonly { Action: unknown; Resource: unknown }[] };
    }[];
  };
}
const app = new App({ builtinCloudFormationValidation: false });
const roles = Object.values(
  Template.fromStack(new TenantStack(app, 'tenant', { configuration, catalogue })).findResources(
    'AWS::IAM::Role',
  ),
) as Role[];
const invocations = (key: string) =>
  roles
    .filter(({ Properties: { RoleName: name } }) => name === `GatehouseLaunch-${key}`)
    .flatMap(({ Properties: { Policies: policies } }) => policies)
    .flatMap(({ PolicyDocument: document }) => document.Statement)
    .filter(({ Action: action }) => JSON.stringify(action).includes('lambda:'));

test.each(versions.filter(({ product }) => product.gated))('the gate of $name holds', ({ template }) => {
  const { Resources: resources } = parseTemplate(template);
  expect(Object.values(resources).filter(({ Type: type }) => type === GATE_TYPE)).toHaveLength(1);
  expect(gateProblems(template)).toStrictEqual([]);
});

test('a product says that it is gated exactly where its newest template has a gate', () => {
  const having = versions
    .filter(({ product, version }) => product.versions[0] === version)
    .filter(({ template }) => JSON.stringify(template).includes(`"${GATE_TYPE}"`));
  expect(having.map(({ product }) => product.key)).toEqual(gated.map(({ key }) => key));
  expect(gated).not.toStrictEqual([]);
});

test.each(catalogue.map(({ key, gated: has }) => [key, has ?? false] as const))(
  'the launch of %s calls a function: %j, and then the gate of the hub account and no other',
  (key, has) => {
    const allowed = {
      Sid: 'AskForTheApproval',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: ['eu-west-1', 'us-east-1'].map(
        (region) => `arn:aws:lambda:${region}:${configuration.hubAccount}:function:gatehouse-gate`,
      ),
    };
    expect(invocations(key)).toStrictEqual(has ? [allowed] : []);
  },
);

test('what nobody approved does not get in by a change of tags', () => {
  for (const { key, tagUpdates } of gated) expect([key, tagUpdates]).toEqual([key, 'refused']);
});
