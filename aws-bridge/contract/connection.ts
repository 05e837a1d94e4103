import * as z from 'zod/mini';
import { SiteId } from './identifiers';
import { TEST_ID } from './patterns';

/** One test of the connection, by a number that nobody else draws. It names the test's durable execution. */
export const TestId = z.string().check(z.regex(TEST_ID));
export type TestId = z.infer<typeof TestId>;

/** Asks the bridge to call back; and, asked again, what became of that. */
export const ConnectionTest = z.strictObject({ site: SiteId, testId: TestId });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

/**
 * How the bridge's call came out.
 *
 * - `no-key`: the secret that it signs with is missing in AWS, or is none
 * - `unreachable`: nobody answered at the address that it has of the app
 * - `refused`: the answer was a refusal; `status` is its HTTP status
 * - `not-understood`: somebody answered with success, but not the app
 * - `broken`: the test itself broke off
 */
export const WayBack = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['under-way', 'taken']) }),
  z.strictObject({
    state: z.literal('failed'),
    why: z.enum(['no-key', 'unreachable', 'refused', 'not-understood', 'broken']),
    status: z.nullable(z.int()),
  }),
]);
export type WayBack = z.infer<typeof WayBack>;

/** The bridge's answer to `connection.tested`. */
export const ConnectionAnswer = z.strictObject({ testId: TestId, wayBack: WayBack });
export type ConnectionAnswer = z.infer<typeof ConnectionAnswer>;

/** The app's answer to `connection.answered`. */
export const TestTaken = z.strictObject({ testId: TestId });
export type TestTaken = z.infer<typeof TestTaken>;
