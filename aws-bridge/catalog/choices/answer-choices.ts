import {
  type Choice,
  type Choices,
  type ChoicesAnswer,
  type ChoicesRefused,
  type ChoosableType,
  MOST_CHOICES,
} from '../../contract/choices';
import { DownstreamFailed } from '../../runtime/downstream';
import type { QueryCall } from '../../runtime/query-call';
import { AwsRefused } from '../../runtime/signed-fetch';
import { AccountClosed, type Credentials, type EnterAccount } from './enter-account';
import { LISTINGS } from './listings';

/** Pages read of one type: one is enough unless EC2 answers with fewer items than were asked for. */
const MOST_PAGES = 5;

/**
 * What EC2's refusals mean. It does not know the credentials of an account in a region that the account has not enabled,
 * and says no more about it.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const MEANING: Readonly<Record<string, ChoicesRefused | undefined>> = {
  UnauthorizedOperation: 'denied',
  AuthFailure: 'region-disabled',
  OptInRequired: 'region-disabled',
};

/**
 * Looks up in a tenant account which values of AWS's own parameter types there are.
 * @throws DownstreamThrottled, DownstreamFailed where asking again may help
 */
export const createAnswerChoices = (ports: {
  readonly enter: EnterAccount;
  /** EC2 in a region, with somebody's credentials. */
  readonly ec2: (region: string, credentials: Credentials) => QueryCall;
}) => {
  const listed = async (type: ChoosableType, ec2: QueryCall): Promise<Choices> => {
    const { ask, read } = LISTINGS[type];
    const items: Choice[] = [];
    let next: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await ec2({ ...ask, ...(next !== undefined && { NextToken: next }) });
      const found = understood(() => read(answer));
      items.push(...found.items);
      next = found.next;
      if (next === undefined || items.length >= MOST_CHOICES) break;
    }
    return {
      outcome: 'listed',
      type,
      items: items.slice(0, MOST_CHOICES).sort(byName),
      more: next !== undefined || items.length > MOST_CHOICES,
    };
  };

  const lookedUp = async (type: ChoosableType, ec2: QueryCall): Promise<Choices> => {
    try {
      return await listed(type, ec2);
    } catch (error) {
      if (!(error instanceof AwsRefused)) throw error;
      const reason = MEANING[error.code];
      if (reason === undefined) throw new DownstreamFailed('ec2', error);
      return { outcome: 'refused', type, reason };
    }
  };

  return async ({
    account,
    region,
    types,
  }: {
    readonly account: string;
    readonly region: string;
    readonly types: readonly ChoosableType[];
  }): Promise<ChoicesAnswer> => {
    try {
      const ec2 = ports.ec2(region, await ports.enter(account));
      return { choices: await Promise.all(types.map((type) => lookedUp(type, ec2))) };
    } catch (error) {
      if (!(error instanceof AccountClosed)) throw error;
      return { choices: types.map((type) => ({ outcome: 'refused', type, reason: 'no-role' })) };
    }
  };
};

const understood = <Value>(read: () => Value): Value => {
  try {
    return read();
  } catch (error) {
    throw new DownstreamFailed('ec2', error);
  }
};

/** Those that people have named come first. */
const byName = (a: Choice, b: Choice): number => {
  const [one, other] = [a, b].map(({ name, value }) => `${name === undefined ? 1 : 0}${name ?? ''} ${value}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
};
