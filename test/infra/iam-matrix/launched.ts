import { catalogue } from '../../../products/catalogue';
import { atTheConsole } from '../../journeys/gate-journey';
import { type Journey, MINUTE } from '../../journeys/journey';
import { PAYMENTS_DEV, REGION } from '../../sandbox/organization';

type Values = Readonly<Record<string, string>>;
interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

interface Tried {
  /** Parameters that make as much of the template as there is. */
  readonly everything: (network: Network) => Values;
  /** A type of resource that comes after what a termination keeps: where it fails, that goes as well. */
  readonly failing?: string;
}

const EMAIL = 'team@example.com';
const RANGE = '172.31.0.0/16';

const TRIED: Readonly<Record<string, Tried | undefined>> = {
  'private-bucket': {
    everything: () => ({ Encryption: 'SSE-KMS', RetentionDays: '30' }),
    failing: 'AWS::S3::BucketPolicy',
  },
  network: { everything: () => ({ NatGateways: 'one', ZoneCount: '3' }) },
  instance: { everything: ({ vpcId, subnetIds }) => ({ VpcId: vpcId, SubnetId: subnetIds[0] ?? '' }) },
  queue: { everything: () => ({ Type: 'FIFO', AlarmEmail: EMAIL }) },
  database: {
    everything: ({ vpcId, subnetIds }) => ({
      ...{ VpcId: vpcId, SubnetIds: subnetIds.join(','), AllowedRange: RANGE, DeletionProtection: 'Off' },
    }),
  },
  website: {
    everything: () => ({ AccessLogs: 'On' }),
    failing: 'AWS::CloudFront::Distribution',
  },
  wordpress: {
    everything: ({ vpcId, subnetIds }) => ({
      ...{ VpcId: vpcId, ServerSubnetId: subnetIds[0] ?? '', DatabaseSubnetIds: subnetIds.join(',') },
      ...{ AllowedRange: RANGE, RequesterEmail: 'employee@example.com', DeletionProtection: 'Off' },
    }),
    failing: 'AWS::EC2::Instance',
  },
};

/** Launches every product and takes it back, and has those fail half-way of which a termination keeps something. */
export const launchEverything = async (journey: Journey): Promise<void> => {
  const { sandbox } = journey;
  const { person, requests } = atTheConsole(journey);
  const network = sandbox.cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
  const approved = new Set<string>();
  const approveWhatIsAsked = async (): Promise<void> => {
    for (const key of requests()) {
      if (approved.has(key) || journey.state(key) !== 'awaiting-approval') continue;
      approved.add(key);
      await journey.approve(key);
    }
  };
  /** Drives time to the end of a record. @throws Error where it ends in another way */
  const demand = async (what: string, record: string, expected: 'SUCCEEDED' | 'FAILED'): Promise<void> => {
    for (let minutes = 0; minutes < 120; minutes += 1) {
      await sandbox.clock.advance(MINUTE);
      await approveWhatIsAsked();
      const { status, errors } = await person.record(record);
      if (status === expected) return;
      if (status === 'SUCCEEDED' || status === 'FAILED') {
        throw new Error(`${what} is ${status}, and not ${expected}: ${errors.join('; ')}`);
      }
    }
    throw new Error(`${what} has not ended within two hours`);
  };

  for (const { key } of catalogue) {
    const tried = TRIED[key];
    if (!tried) throw new Error(`Nothing is known of how ${key} is launched: add it to TRIED`);
    const parameters = tried.everything(network);
    const launch = await person.launch({ product: key, name: key, parameters });
    await demand(`The launch of ${key}`, launch, 'SUCCEEDED');
    await demand(`The end of ${key}`, await person.terminate({ name: key }), 'SUCCEEDED');
    if (tried.failing === undefined) continue;
    sandbox.cloudFormation.failNext({
      ...{ account: PAYMENTS_DEV, resourceType: tried.failing, reason: 'Service limit reached' },
    });
    const failing = await person.launch({ product: key, name: `failing-${key}`, parameters });
    await demand(`The launch of ${key} without ${tried.failing}`, failing, 'FAILED');
  }
};
