import * as z from 'zod/mini';
import { ConnectionTest, TestId, WayBack } from '../contract/connection';

/** The payload of a connection test's durable execution, which is named after `testId`. */
export const TestAsked = z.extend(ConnectionTest, { kind: z.literal('test') });
export type TestAsked = z.infer<typeof TestAsked>;

/** What such an execution returns. */
export const TestEnded = z.strictObject({ testId: TestId, wayBack: WayBack });
export type TestEnded = z.infer<typeof TestEnded>;
