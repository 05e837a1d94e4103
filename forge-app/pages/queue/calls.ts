import { z } from 'zod';
import { AwsAccountId } from '../../../aws-bridge/contract/identifiers';
import type { FoundRequest, OperationSearch } from '../../jira/operation-search';
import { ENTITY_PROPERTY, EntityProperty } from '../../request/entity-property';
import { RequestState } from '../../request/record';
import type { SettingsReading } from '../../settings/project-settings';
import type { Access } from '../access';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import { queueJql } from './queue-jql';
import { AGES, type QueueFilter, type QueueRow, type QueueView } from './view';

const Open = z.object({
  filter: z.strictObject({
    states: z.union([z.enum(['open', 'all', 'waiting', 'underWay', 'attention', 'over']), RequestState]),
    account: z.nullable(AwsAccountId),
    product: z.string().max(8191).nullable(),
    age: z.enum(AGES).nullable(),
  }),
  token: z.string().max(4096).nullable(),
});

/** Rows of a page. */
const PAGE = 25;

export interface QueuePorts {
  readonly access: Pick<Access, 'rightsIn'>;
  /** As whoever looks at the page. */
  readonly search: OperationSearch;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
  /** Names of the products in the catalogue. */
  readonly productNames: () => Promise<readonly string[]>;
}

/** What the queue page asks for. What a page costs does not depend on how many operations there are. */
export const createQueueCalls = ({
  access,
  search,
  settingsOf,
  productNames,
}: QueuePorts): Readonly<Record<string, PageCall>> => ({
  'queue.open': async ({ project }, payload) => {
    const { filter, token } = Open.parse(payload);
    if (!project) return refused('not-yours');
    const { agent } = await access.rightsIn({ projectId: project.id });
    if (!agent) return refused('not-yours');
    const settings = await settingsOf(project.id);
    if (settings.outcome !== 'read') return refused('not-set-up');

    const countOf = (states: QueueFilter['states']) =>
      search.count(queueJql(project.key, { ...filter, states }));
    const [page, products, waiting, underWay, attention] = await Promise.all([
      search.page({
        jql: `${queueJql(project.key, filter)} ORDER BY created DESC`,
        property: ENTITY_PROPERTY,
        size: PAGE,
        token,
      }),
      productNames(),
      countOf('waiting'),
      countOf('underWay'),
      countOf('attention'),
    ]);

    const { accounts } = settings.settings;
    const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? null;
    const view: QueueView = {
      rows: page.found.flatMap((request) => rowOf(request, nameOf)),
      next: page.next,
      counts: { waiting, underWay, attention },
      accounts: accounts.map(({ id, name }) => ({ id, name })),
      products: [...new Set(products)].sort((a, b) => a.localeCompare(b)),
    };
    return ok(view);
  },
});

/** None where the property is not as the app writes it: somebody else has been there. */
const rowOf = (request: FoundRequest, nameOf: (account: string) => string | null): readonly QueueRow[] => {
  const { data: operation } = EntityProperty.safeParse(request.property);
  if (!operation) return [];
  const { kind, state, since, product, account } = operation;
  return [
    {
      key: request.key,
      summary: request.summary,
      status: request.status,
      ...{ kind, state, since },
      raised: request.created.toISOString(),
      product: product ?? null,
      account: account === undefined ? null : { id: account, name: nameOf(account) },
    },
  ];
};
