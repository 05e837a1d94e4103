import Resolver from '@forge/resolver';
import { ZodError } from 'zod';
import { JiraConsentMissing, JiraNotFound, JiraRefused, JiraUnavailable } from '../jira/jira-client';
import { type Answer, type Refusal, refused } from './answer';
import { type Visitor, visitorOf } from './visitor';

/** One thing that a page may ask for. It parses its own payload: that comes from a browser. */
export type PageCall = (visitor: Visitor, payload: unknown) => Promise<Answer<unknown>>;

/**
 * The resolver of a group of pages, on Forge's own package. Every call is answered: what cannot be done is a refusal that the
 * page has words for, and only what nobody foresaw is reported.
 * @param audience customers are told no detail: how Jira, the bridge and the app are set up is not for them to know, nor can they
 * put it right. It is reported instead
 */
export const createPageResolver = (
  calls: Readonly<Record<string, PageCall>>,
  report: (problem: string) => void,
  audience: 'customers' | 'staff' = 'staff',
) => {
  const resolver = new Resolver();
  for (const [name, call] of Object.entries(calls)) {
    resolver.define(name, async ({ payload, context }): Promise<Answer<unknown>> => {
      const visitor = visitorIn(name, context, report);
      if (visitor === undefined) return refused('unavailable');
      if (visitor.accountId === undefined) return refused('signed-out');
      const called = Promise.resolve().then(() => call(visitor, payload));
      const answer = await called.catch((error: unknown) => {
        // Forge asks the visitor for consent then, and the page asks anew. Who has no licence cannot give it.
        if (error instanceof JiraConsentMissing && visitor.licensed) throw error.cause;
        if (isUnforeseen(error)) report(`${name} failed: ${messageOf(error)}`);
        return refusalOf(error);
      });
      if (audience === 'staff' || answer.outcome === 'ok') return answer;
      const { detail, ...told } = answer;
      // What a browser made up is nobody's to put right.
      if (detail !== undefined && told.code !== 'invalid') {
        report(`${name} is refused as ${told.code}: ${detail}`);
      }
      return told;
    });
  }
  return resolver.getDefinitions();
};

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof JiraNotFound || error instanceof JiraConsentMissing) return refused('not-yours');
  if (error instanceof JiraRefused) {
    const { status, message: detail } = error;
    return refused(status === 401 || status === 403 ? 'not-yours' : 'changed', { detail });
  }
  if (error instanceof ZodError) return refused('invalid', { detail: 'The page sent what it never sends.' });
  return refused('unavailable', error instanceof JiraUnavailable ? { detail: error.message } : {});
};

const isUnforeseen = (error: unknown): boolean =>
  ![JiraNotFound, JiraRefused, ZodError].some((known) => error instanceof known);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const visitorIn = (
  name: string,
  context: unknown,
  report: (problem: string) => void,
): Visitor | undefined => {
  try {
    return visitorOf(context);
  } catch (error) {
    report(`${name} was called in a context that Forge does not describe: ${String(error)}`);
    return undefined;
  }
};
