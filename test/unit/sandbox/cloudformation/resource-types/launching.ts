import type { Stack } from '../../../../sandbox/aws/stacks';
import { aCloudFormation, type Bench, eventsOf } from '../a-cloudformation';

type Resources = Readonly<Record<string, object>>;

/** Launches resources and tells why the first that failed did so. */
export const reasonOf = async (
  resources: Resources,
  bench: Bench = aCloudFormation(),
): Promise<string | undefined> => {
  const stack = await bench.launch({
    template: { Resources: resources },
    stackName: 'refused',
    capabilities: ['CAPABILITY_IAM'],
  });
  const { StackEvents: events } = await eventsOf(bench, stack.id);
  return events.findLast(({ ResourceStatus: status }) => status === 'CREATE_FAILED')?.ResourceStatusReason;
};

/** Launches resources. @returns the stack's outputs, one for each of the expressions */
export const valuesOf = async (
  resources: Resources,
  values: Readonly<Record<string, object>>,
  bench: Bench = aCloudFormation(),
): Promise<Record<string, string>> => {
  const outputs = Object.entries(values).map(([name, value]) => [name, { Value: value }]);
  const stack = await bench.launch({
    template: { Resources: resources, Outputs: Object.fromEntries(outputs) as object },
    stackName: 'launched',
  });
  if (stack.status !== 'CREATE_COMPLETE') throw new Error(`The stack is ${stack.status}`);
  return outputsOf(stack);
};

const outputsOf = ({ outputs }: Stack): Record<string, string> =>
  Object.fromEntries(outputs.map(({ key, value }) => [key, value]));
