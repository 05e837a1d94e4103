import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { createDataKey } from './data-key';
import { Gate, type HomeKeys } from './gate';
import { createAlarmTopic } from './observability/alarm-topic';
import { alarmsOfFunction } from './observability/function-alarms';

interface GateStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly home: HomeKeys;
}

/**
 * What the bridge needs in a region that is not its home: CloudFormation calls custom resources in a stack's own region
 * only, and CloudWatch tells topics of its own region only.
 */
export class GateStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, home, ...props }: GateStackProps) {
    super(scope, id, {
      description: 'Gatehouse: the gate of stacks outside of the home region',
      terminationProtection: true,
      ...props,
    });
    const key = createDataKey(this, 'DataKey');
    const { bridgeFunction } = new Gate(this, 'Gate', { configuration, key, home });
    const topic = createAlarmTopic(this, 'Topic', { key, notify: configuration.notify });
    alarmsOfFunction(this, topic, 'Gate', bridgeFunction.function);
  }
}
