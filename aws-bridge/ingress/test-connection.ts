import { canonicalJson } from '../contract/canonical-json';
import type { ConnectionAnswer, ConnectionTest, WayBack } from '../contract/connection';
import type { StartExecution } from '../runtime/start-execution';
import { type TestAsked, TestEnded } from '../runtime/test-asked';
import type { ExecutionFound, FindExecution } from './report-operations';

/** Has the operation function call the app, once a test, and tells how far that is. */
export const createTestConnection =
  (ports: { readonly startExecution: StartExecution; readonly findExecution: FindExecution }) =>
  async ({ site, testId }: ConnectionTest): Promise<ConnectionAnswer> => {
    const asked: TestAsked = { kind: 'test', site, testId };
    await ports.startExecution(testId, canonicalJson(asked));
    return { testId, wayBack: wayBackOf(testId, await ports.findExecution(testId)) };
  };

/** An execution that was started a moment ago need not be listed yet. */
const wayBackOf = (testId: string, found: ExecutionFound): WayBack => {
  switch (found.status) {
    case 'none':
    case 'running':
      return { state: 'under-way' };
    case 'failed':
      return BROKEN;
    case 'succeeded': {
      const ended = endIn(found.result);
      return ended?.testId === testId ? ended.wayBack : BROKEN;
    }
  }
};

const BROKEN: WayBack = { state: 'failed', why: 'broken', status: null };

const endIn = (result: string | undefined): TestEnded | undefined => {
  try {
    return TestEnded.safeParse(JSON.parse(result ?? 'null')).data;
  } catch {
    return undefined;
  }
};
