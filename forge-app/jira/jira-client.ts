import api, { type APIResponse, NeedsAuthenticationError } from '@forge/api';
import { z } from 'zod';

/** Jira has no such resource, or does not show it to the app. */
export class JiraNotFound extends Error {
  override readonly name = 'JiraNotFound';
  constructor(what: string) {
    super(`Jira has no ${what} that the app may see`);
  }
}

/** Jira did not do it now; asking again later may help. `retryAfterSeconds` is null where Jira did not say. */
export class JiraUnavailable extends Error {
  override readonly name = 'JiraUnavailable';
  readonly retryAfterSeconds: number | null;
  constructor(what: string, reason: string, retryAfterSeconds: number | null, options?: ErrorOptions) {
    super(`Jira did not answer for ${what}: ${reason}. Try again later`, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Jira will not do it: the app lacks a permission, or what was asked does not fit the request as it is now. */
export class JiraRefused extends Error {
  override readonly name = 'JiraRefused';
  readonly status: number;
  constructor(what: string, status: number, reasons: readonly string[]) {
    super(`Jira refuses ${what} (${status})${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`);
    this.status = status;
  }
}

/**
 * Forge did not ask Jira as the visitor: they have not consented yet, or, having no licence, never can. Its cause is Forge's own
 * error; let out of a page's resolver, it makes Forge ask for consent.
 */
export class JiraConsentMissing extends JiraRefused {
  override readonly cause: NeedsAuthenticationError;
  constructor(what: string, cause: NeedsAuthenticationError) {
    super(what, 401, ['Forge does not ask it as this visitor']);
    this.cause = cause;
  }
}

/** Jira answered something that its API description does not allow, or more of it than the app reads. */
export class JiraAnswerUnreadable extends Error {
  override readonly name = 'JiraAnswerUnreadable';
}

type RequestProductMethod = typeof api.requestJira;

/** An answer as it came, and what was read out of it. */
export interface Read<Value> {
  readonly text: string;
  readonly value: Value;
}

export interface JiraClient {
  /**
   * Forge's own `requestJira`, as the app or as the user. It is called under its own name, with its route in place, because that is
   * how Forge's linter finds out which scopes the app needs.
   */
  readonly requestJira: RequestProductMethod;
  /**
   * Reads an answer.
   * @param what names what was asked for, in errors
   * @throws JiraNotFound, JiraUnavailable, JiraRefused, JiraAnswerUnreadable
   */
  readonly read: <Schema extends z.ZodType>(
    schema: Schema,
    what: string,
    answer: Promise<APIResponse>,
  ) => Promise<z.infer<Schema>>;
  /**
   * The same for an answer that hardly ever changes.
   * @param before what was read last; the same text is not read once more
   * @returns `before` itself where Jira answers the same
   */
  readonly readUnlessSame: <Schema extends z.ZodType>(
    schema: Schema,
    what: string,
    answer: Promise<APIResponse>,
    before: Read<z.infer<Schema>> | undefined,
  ) => Promise<Read<z.infer<Schema>>>;
  /** The same for an answer that says no more than that it was done. */
  readonly done: (what: string, answer: Promise<APIResponse>) => Promise<void>;
}

/**
 * Jira's REST API and that of its service desks.
 * @param spend is told of every request
 * @param as the app itself, or whoever looks at one of its pages; then Jira decides what they may
 */
export const createJiraClient = (spend: () => void, as: 'app' | 'visitor' = 'app'): JiraClient => {
  const textOf = async (what: string, answer: Promise<APIResponse>): Promise<string> => {
    const response = await answer.catch((error: unknown) => {
      if (error instanceof NeedsAuthenticationError) throw new JiraConsentMissing(what, error);
      throw new JiraUnavailable(what, 'the request failed', null, { cause: error });
    });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 404) throw new JiraNotFound(what);
    if (response.status === 429 || response.status === 408 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after') ?? NaN);
      const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : null;
      throw new JiraUnavailable(what, `status ${response.status}`, retryAfter);
    }
    throw new JiraRefused(what, response.status, reasonsIn(text));
  };

  const readAs = <Schema extends z.ZodType>(schema: Schema, what: string, text: string): z.infer<Schema> => {
    const parsed = schema.safeParse(json(text));
    if (parsed.success) return parsed.data;
    throw new JiraAnswerUnreadable(
      `Jira's answer for ${what} does not fit its API: ${z.prettifyError(parsed.error)}`,
    );
  };

  return {
    requestJira: (path, init) => {
      spend();
      return (as === 'app' ? api.asApp() : api.asUser()).requestJira(path, {
        ...init,
        headers: {
          accept: 'application/json',
          ...(init?.body !== undefined && { 'content-type': 'application/json' }),
          ...init?.headers,
        },
      });
    },
    read: async (schema, what, answer) => readAs(schema, what, await textOf(what, answer)),
    readUnlessSame: async (schema, what, answer, before) => {
      const text = await textOf(what, answer);
      return before?.text === text ? before : { text, value: readAs(schema, what, text) };
    },
    done: async (what, answer) => {
      await textOf(what, answer);
    },
  };
};

/** Jira's two ways of saying what is wrong: the platform's and the service desks'. */
const Problem = z.object({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.string()).optional(),
  errorMessage: z.string().optional(),
});

const reasonsIn = (text: string): string[] => {
  const problem = Problem.safeParse(json(text)).data;
  if (!problem) return [];
  const { errorMessages = [], errors = {}, errorMessage } = problem;
  return [...errorMessages, ...Object.values(errors), ...(errorMessage === undefined ? [] : [errorMessage])];
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
