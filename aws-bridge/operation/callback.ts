import { TestTaken } from '../contract/connection';
import { GateRaised } from '../contract/gate';
import { Refusal } from '../contract/messages';
import { type AppAnswer, type AppWire, createPostToApp } from './app-wire';
import {
  type AnswerTest,
  CallbackFailed,
  type RaiseRequest,
  type RemindApprovers,
  type TellApp,
} from './callback-port';
import { cut } from './progress';

/** Tells the app by its web trigger how an operation stands. */
export const createTellApp = (wire: AppWire): TellApp => {
  const post = createPostToApp(wire);
  return async (progress) =>
    delivery(
      await post(`${progress.operationId}_${progress.sequence}`, {
        type: 'operation.progressed',
        timestamp: progress.at,
        data: progress,
      }),
    );
};

export const createRemindApprovers = (wire: AppWire): RemindApprovers => {
  const post = createPostToApp(wire);
  return async (reminder, at) =>
    delivery(
      await post(`${reminder.gateId}_undecided_${reminder.reminder}`, {
        type: 'gate.undecided',
        timestamp: at,
        data: reminder,
      }),
    );
};

/** Characters of the app's reason that are kept: as many as a stack's reason shows. */
const LONGEST_REASON = 500;
/** The app's final refusals: it may not, or its request was deleted. */
const REFUSED = new Set([410, 422]);

export const createRaiseRequest = (wire: AppWire): RaiseRequest => {
  const post = createPostToApp(wire);
  return async (gate) => {
    const { status, body, retryAfter } = await post(`${gate.gateId}_opened`, {
      type: 'gate.opened',
      timestamp: gate.openedAt,
      data: gate,
    });
    if (status >= 200 && status < 300) {
      const raised = GateRaised.safeParse(body);
      // A web trigger answers for itself where the app is not installed, so "success" alone proves nothing.
      if (!raised.success || raised.data.gateId !== gate.gateId) {
        throw new CallbackFailed('answer not understood');
      }
      return { taken: true, requestKey: raised.data.requestKey, link: raised.data.link };
    }
    if (!REFUSED.has(status)) throw new CallbackFailed(`answered ${status}`, { retryAfter });
    const refusal = Refusal.safeParse(body);
    const reason = refusal.success ? refusal.data.message : 'Jira takes no request for it';
    return { taken: false, reason: cut(reason, LONGEST_REASON) };
  };
};

export const createAnswerTest = (wire: AppWire): AnswerTest => {
  const post = createPostToApp(wire);
  return async (test, at) => {
    try {
      const { status, body } = await post(`${test.testId}_answered`, {
        type: 'connection.answered',
        timestamp: at,
        data: test,
      });
      if (status < 200 || status > 299) return { state: 'failed', why: 'refused', status };
      return TestTaken.safeParse(body).data?.testId === test.testId
        ? { state: 'taken' }
        : { state: 'failed', why: 'not-understood', status: null };
    } catch (error) {
      if (!(error instanceof CallbackFailed)) throw error;
      return { state: 'failed', why: error.noKey ? 'no-key' : 'unreachable', status: null };
    }
  };
};

const delivery = ({ status, retryAfter }: AppAnswer): 'delivered' | 'gone' => {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  throw new CallbackFailed(`answered ${status}`, { retryAfter });
};
