import Resolver from '@forge/resolver';
import { ZodError } from 'zod';
import { JiraConsentMissing, JiraNotFound, JiraRefused, JiraUnavailable } from '../jira/jira-client';
import { type Answer, refused } from './answer';
import { type Visitor, visitorOf } from './visitor';

/** One thing that a page may ask for. It parses its own payload: that comes from a browser. */
export type PageCall = (visitor: Visitor, payload: unknown) => Promise<Answer<unknown>>;

/**
 * The resolver of a group of pages, on Forge's own package. Every call is answered: what cannot be done is a refusal that the
 * page has words for, and only what nobody foresaw is reported.
 */
export const createPageResolver = (
  calls: Readonly<Record<string, PageCall>>,
  report: (problem: string) => void,
) => {
  const resolver = new Resolver();
  for (const [name, call] of Object.entries(calls)) {
    resolver.define(name, async ({ payload, context }): Promise<Answer<unknown>> => {
      const visitor = visitorIn(name, context, report);
      if (visitor === undefined) return refused('unavailable');
      if (visitor.accountId === undefined) return refused('signed-out');
      try {
        return await call(visitor, payload);
      } catch (error) {
        // Forge asks the visitor for consent then, and the page asks anew. Who has no licence cannot give it.
        if (error instanceof JiraConsentMissing && visitor.licensed) throw error.cause;
        if (error instanceof JiraNotFound) return refused('not-yours');
        if (error instanceof JiraRefused) {
          return refused(error.status === 401 || error.status === 403 ? 'not-yours' : 'changed', {
            detail: error.message,
          });
        }
        if (error instanceof ZodError)
          return refused('invalid', { detail: 'The page sent what it never sends.' });
        report(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
        return refused('unavailable', error instanceof JiraUnavailable ? { detail: error.message } : {});
      }
    });
  }
  return resolver.getDefinitions();
};

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
