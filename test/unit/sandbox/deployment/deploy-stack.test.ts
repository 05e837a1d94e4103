import { DeploymentFailed, deployStack } from '../../../sandbox/deployment/deploy-stack';
import type { Made, Place } from '../../../sandbox/deployment/resource';

type Properties = Readonly<Record<string, unknown>>;

/** Surroundings that write down what is made, and give everything its logical id in small letters. */
const surroundings = (make?: (type: string) => void) => {
  const made: { id: string; properties: Properties }[] = [];
  const exported = new Map<string, string>();
  return {
    made,
    exported,
    outputs: new Map<string, string>(),
    exportsOf: () => exported,
    make: (type: string, properties: Properties, { logicalId }: Place): Made => {
      make?.(type);
      made.push({ id: logicalId, properties });
      return { id: logicalId.toLowerCase(), attributes: { Arn: `arn:${logicalId.toLowerCase()}` } };
    },
  };
};
const stack = { name: 'hub', account: '100000000002', region: 'eu-west-1' };
const resource = (properties: Properties = {}, more: object = {}) => ({
  Type: 'Some::Type',
  Properties: properties,
  ...more,
});

test('to depend on a resource whose condition does not hold is refused', async () => {
  const template = {
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      Optional: resource({}, { Condition: 'Never' }),
      Bucket: resource({}, { DependsOn: ['Optional'] }),
    },
  };
  await expect(deployStack(template, stack, {}, surroundings())).rejects.toThrow(
    'Unresolved resource dependencies [Optional]',
  );
});

test('a resource is made after what it refers to, whatever their order in the template', async () => {
  const around = surroundings();
  const Resources = {
    Last: resource({ Arn: { 'Fn::GetAtt': ['Middle', 'Arn'] } }),
    Middle: resource({ Name: { 'Fn::Sub': '${First}-x' } }, { DependsOn: ['Other'] }),
    First: resource(),
    Other: resource(),
  };
  await deployStack({ Resources }, stack, {}, around);
  expect(around.made).toEqual([
    { id: 'Other', properties: {} },
    { id: 'First', properties: {} },
    { id: 'Middle', properties: { Name: 'first-x' } },
    { id: 'Last', properties: { Arn: 'arn:middle' } },
  ]);
});

test('conditions, parameters and pseudo parameters decide what is made', async () => {
  const around = surroundings();
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'test' } },
    Conditions: {
      InHub: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '100000000002'] },
      Elsewhere: { 'Fn::Not': [{ Condition: 'InHub' }] },
    },
    Resources: {
      Here: resource({ Name: { 'Fn::Join': ['-', [{ Ref: 'Stage' }, { Ref: 'AWS::Region' }]] } }),
      There: resource({}, { Condition: 'Elsewhere' }),
      Either: resource({
        Size: { 'Fn::If': ['InHub', 'large', { Ref: 'There' }] },
        Gone: { Ref: 'AWS::NoValue' },
      }),
    },
  };
  await deployStack(template, stack, { Stage: 'live' }, around);
  expect(around.made).toEqual([
    { id: 'Here', properties: { Name: 'live-eu-west-1' } },
    { id: 'Either', properties: { Size: 'large' } },
  ]);
});

test('what one stack exports or puts out, another reads; what nobody exports is told', async () => {
  const around = surroundings();
  const first = {
    Resources: { Portfolio: resource() },
    Outputs: { Id: { Value: { Ref: 'Portfolio' }, Export: { Name: 'hub:Id' } } },
  };
  await deployStack(first, stack, {}, around);
  const Resources = {
    Reader: resource({
      Imported: { 'Fn::ImportValue': 'hub:Id' },
      Read: { 'Fn::GetStackOutput': { StackName: 'hub', OutputName: 'Id' } },
    }),
  };
  await deployStack({ Resources }, { ...stack, name: 'bridge' }, {}, around);
  expect(around.made.at(-1)?.properties).toEqual({ Imported: 'portfolio', Read: 'portfolio' });

  const lost = { Resources: { Reader: resource({ Imported: { 'Fn::ImportValue': 'hub:Other' } }) } };
  await expect(deployStack(lost, { ...stack, name: 'lost' }, {}, around)).rejects.toThrow(
    'lost | Some::Type | Reader | CREATE_FAILED: No export named hub:Other found.',
  );
});

test('a resource that cannot be made ends the deployment, and the failure names it', async () => {
  const around = surroundings((type) => {
    if (type === 'Bad::Type') throw new Error('no such thing');
  });
  const Resources = { Good: resource(), Bad: { Type: 'Bad::Type' }, After: resource() };
  const deployment = deployStack({ Resources }, stack, {}, around);
  await expect(deployment).rejects.toThrow(DeploymentFailed);
  await expect(deployment).rejects.toThrow('hub | Bad::Type | Bad | CREATE_FAILED: no such thing');
  expect(around.made.map(({ id }) => id)).toEqual(['Good']);
});

test('a template that refers to what it does not have, or to itself, is refused', async () => {
  const deployment = (Resources: object) => deployStack({ Resources }, stack, {}, surroundings());
  await expect(deployment({ One: resource({ Name: { Ref: 'None' } }) })).rejects.toThrow(
    /Unresolved resource dependencies \[None\]/,
  );
  const circle = { One: resource({ Name: { Ref: 'Two' } }), Two: resource({ Name: { Ref: 'One' } }) };
  await expect(deployment(circle)).rejects.toThrow(/Circular dependency/);
});
