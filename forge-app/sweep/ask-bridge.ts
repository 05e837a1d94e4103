import type { OperationsAnswer } from '../../aws-bridge/contract/messages';
import type { Bridge } from '../bridge/bridge';
import type { RequestEvent } from '../request/decide';

/** How much to ask after at once, and where among those that are due to begin. */
export interface Asking {
  readonly size: number;
  readonly from: number;
}

/** As many operations as one question to the bridge may name. */
export const FULL: Asking = { size: 25, from: 0 };

export interface SilentOperation {
  readonly issueId: string;
  readonly operationId: string;
}

interface News {
  readonly issueId: string;
  /** Undefined where the bridge has left the operation out of its answer. */
  readonly event: RequestEvent | undefined;
}

/**
 * Asks the bridge once after operations that it has not told of for long. A question that fails is not repeated in the
 * same run, and the next one is about fewer and others: a bridge that is down costs one request a run, and one
 * operation that spoils every answer keeps nobody else's from coming.
 * @returns what was answered, and how to ask next time; `failure` says why there was no answer
 */
export const askBridge = async (
  bridge: Pick<Bridge, 'statesOf'>,
  siteId: string,
  due: readonly SilentOperation[],
  { size, from }: Asking,
): Promise<{
  readonly news: readonly News[];
  readonly asking: Asking;
  readonly failure?: string;
}> => {
  if (due.length === 0) return { news: [], asking: FULL };
  const start = from % due.length;
  const asked = [...due.slice(start), ...due.slice(0, start)].slice(0, size);
  try {
    const { operations } = await bridge.statesOf(
      siteId,
      asked.map(({ operationId }) => operationId),
    );
    const news = asked.map(({ issueId, operationId }): News => {
      const answered = operations.find((one) => one.operationId === operationId);
      return { issueId, event: answered && eventOf(answered) };
    });
    return { news, asking: FULL };
  } catch (error) {
    return {
      news: [],
      asking: { size: Math.max(1, Math.floor(asked.length / 2)), from: start + asked.length },
      failure: error instanceof Error ? error.message : String(error),
    };
  }
};

const eventOf = (answered: OperationsAnswer['operations'][number]): RequestEvent =>
  answered.execution === 'ended'
    ? { type: 'progressed', progress: answered.progress }
    : { type: 'asked', execution: answered.execution, operationId: answered.operationId };
