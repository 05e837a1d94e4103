import { z } from 'zod';
import { appUuid, PERSON, type PersonName } from '../site';
import type { Wire } from './loopback';
import type { Comment, Issue, JiraSite, RequestType } from './jira-site';
import { type JqlContext, search } from './jql';
import { accountOf, type Directory, type Withheld } from './people';
import { PROJECT } from './jira-site';

const Approvals = z.object({
  values: z.array(z.object({ id: z.string() })),
});
const Transitions = z.object({
  transitions: z.array(z.object({ id: z.string(), name: z.string(), to: z.object({ name: z.string() }) })),
});

/** The site refused what a person asked of it. */
class SiteRefused extends Error {
  override readonly name = 'SiteRefused';
  readonly status: number;
  constructor(status: number, text: string) {
    super(`The site answered ${status}: ${text}`);
    this.status = status;
  }
}

/** A request as everybody together sees it: comments of both kinds, every property. */
export interface RequestView {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly summary: string;
  readonly reporter: string;
  readonly comments: readonly Pick<Comment, 'author' | 'body' | 'public' | 'created'>[];
  readonly properties: Readonly<Record<string, unknown>>;
  /** Decision of the latest approval. */
  readonly approval: 'approved' | 'declined' | 'pending' | undefined;
}

export interface PeopleParts {
  readonly wire: Wire;
  readonly site: JiraSite;
  readonly directory: Directory;
  readonly siteUrl: string;
  readonly appId: string;
  readonly jql: () => JqlContext;
}

const viewOf = (issue: Issue): RequestView => ({
  id: issue.id,
  key: issue.key,
  status: issue.status.name,
  summary: issue.summary,
  reporter: issue.reporter,
  comments: issue.comments.map(({ author, body, public: visible, created }) => ({
    author,
    body,
    public: visible,
    created,
  })),
  properties: structuredClone(Object.fromEntries(issue.properties)),
  approval: issue.approvals.at(-1)?.decision,
});

/** What people do on the site, for journeys and the story. All but the portal's form goes over REST, signed in as them. */
export const createPeopleApi = ({ wire, site, directory, siteUrl, appId, jql }: PeopleParts) => {
  const issueOf = (key: string): Issue => {
    const issue = site.find(key);
    if (!issue) throw new Error(`The site has no request ${key}`);
    return issue;
  };

  /** Asks the site over REST, signed in as somebody, and takes whatever it answers. */
  const send = async (as: PersonName, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${siteUrl}${path}`, {
      method,
      headers: { authorization: directory.credentialsOf(as), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };

  const requestTypeOf = (id: string): RequestType => {
    const type = site.requestTypes.find((candidate) => candidate.id === id);
    if (!type) throw new Error(`The portal has no request type ${id}`);
    return type;
  };

  /** @throws SiteRefused for every answer that is no success */
  const ask = async (as: PersonName, method: string, path: string, body?: unknown): Promise<unknown> => {
    const { status, text } = await send(as, method, path, body);
    if (status < 200 || status > 299) throw new SiteRefused(status, text);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };

  return {
    send,
    ask,

    /** The value of the Authorization header that somebody's own scripts send. */
    credentialsOf: directory.credentialsOf,

    /**
     * Fills in the portal's form: the request is created with its order in the app's property, as the portal panel
     * stores it. `approvers` overrides whom the request type asks.
     */
    raiseRequest: (request: {
      readonly as: PersonName;
      readonly requestTypeId: string;
      readonly summary: string;
      readonly order?: unknown;
      readonly approvers?: readonly PersonName[];
      /** With whom the request is shared. */
      readonly participants?: readonly PersonName[];
    }): RequestView => {
      const { as, requestTypeId, summary, order, approvers, participants = [] } = request;
      const type = requestTypeOf(requestTypeId);
      const issue = site.raise({
        reporter: PERSON[as],
        type,
        summary,
        properties: order === undefined ? {} : { [appUuid(appId)]: order },
        ...(approvers ? { approvers: approvers.map((name) => PERSON[name]) } : {}),
        participants: participants.map((name) => PERSON[name]),
      });
      wire.journal.record({
        at: wire.clock.now(),
        caller: accountOf(as).displayName,
        service: 'jira',
        operation: 'portal request',
        status: 201,
        detail: { issue: issue.key, requestType: type.name },
      });
      return viewOf(issue);
    },

    /**
     * Fills the site with requests for measuring: straight into its state and its index, past portal, REST, events and
     * approvals. @returns their keys
     */
    stock: (
      requests: Iterable<{
        readonly reporter: PersonName;
        readonly requestTypeId: string;
        readonly summary: string;
        readonly created: Date;
        /** Name of a status of the type's workflow; by default the first. */
        readonly status?: string;
        readonly properties?: Readonly<Record<string, unknown>>;
      }>,
    ): string[] =>
      Array.from(requests, ({ reporter, requestTypeId, ...request }) => {
        const type = requestTypeOf(requestTypeId);
        return site.stock({ ...request, reporter: PERSON[reporter], type }).key;
      }),

    /**
     * Answers the latest approval. An earlier one may still be called pending: the request left its status unanswered.
     * @throws SiteRefused 403 for somebody else than its approvers, 409 once it is decided
     */
    answerApproval: async (answer: {
      readonly as: PersonName;
      readonly key: string;
      readonly decision: 'approve' | 'decline';
      readonly comment?: string;
    }): Promise<void> => {
      const { as, key, decision, comment } = answer;
      const base = `/rest/servicedeskapi/request/${key}`;
      const { values } = Approvals.parse(await ask(as, 'GET', `${base}/approval`));
      const approval = values.at(-1);
      if (!approval) throw new Error(`${key} has no approval`);
      if (comment !== undefined) await ask(as, 'POST', `${base}/comment`, { body: comment, public: true });
      await ask(as, 'POST', `${base}/approval/${approval.id}`, { decision });
    },

    /**
     * Moves a request by the transition that leads to a status.
     * @throws SiteRefused 400 where Jira does not offer such a transition
     */
    transition: async (move: {
      readonly as: PersonName;
      readonly key: string;
      readonly to: string;
    }): Promise<void> => {
      const path = `/rest/api/3/issue/${move.key}/transitions`;
      const { transitions } = Transitions.parse(await ask(move.as, 'GET', path));
      const id = transitions.find(({ to }) => to.name === move.to)?.id;
      await ask(move.as, 'POST', path, { transition: { id: id ?? 'none' } });
    },

    /** Deletes a request for good. */
    deleteRequest: async ({ as, key }: { readonly as: PersonName; readonly key: string }): Promise<void> => {
      await ask(as, 'DELETE', `/rest/api/3/issue/${key}`);
    },

    /** Writes an issue's property, as an agent may with a script of their own. */
    setProperty: async (write: {
      readonly as: PersonName;
      readonly key: string;
      readonly property: string;
      readonly value: unknown;
    }): Promise<void> => {
      const { as, key, property, value } = write;
      await ask(as, 'PUT', `/rest/api/3/issue/${key}/properties/${encodeURIComponent(property)}`, value);
    },

    /** Takes something from the app, as an administrator does who changes the permission scheme, or the security levels. */
    withholdFromApp: (withheld: Withheld): void => void directory.app.withheld.add(withheld),
    giveBackToApp: (withheld: Withheld): void => void directory.app.withheld.delete(withheld),

    /** Writes a property of the project. */
    setProjectProperty: async (write: {
      readonly as: PersonName;
      readonly property: string;
      readonly value: unknown;
    }): Promise<void> => {
      const path = `/rest/api/3/project/${PROJECT.key}/properties/${encodeURIComponent(write.property)}`;
      await ask(write.as, 'PUT', path, write.value);
    },

    /** What has become of a request. */
    request: (key: string): RequestView => viewOf(issueOf(key)),

    requests: (): RequestView[] => site.issues.map(viewOf),

    /** Keys of what a search finds, as an agent's queue would show it. */
    search: (query: string): string[] => search(query, site.indexed(), jql()).map(({ key }) => key),
  };
};
