import { z } from 'zod';
import type { Catalog } from '../../../aws-bridge/contract/catalog';
import { ENTITY_PROPERTY, entityProperty } from '../../../forge-app/request/entity-property';
import { RequestRecord, type RequestState } from '../../../forge-app/request/record';
import { inFlightKey } from '../../../forge-app/storage/keys';
import { aCatalog, aProduct, aVersion } from '../../builders/catalog';
import { TENANT } from '../../builders/settings';
import { STATUS } from '../../sandbox/atlassian/workflow';
import { ORGANIZATION, REQUEST_TYPE } from '../../sandbox/site';
import type { AppAtWork } from './app-at-work';
import { entryOf } from '../../../forge-app/storage/in-flight';

/** Characters of JSON that Jira lets a property have. */
const LONGEST_PROPERTY = 32_768;

const anAccount = (id: string, name: string) => ({
  id,
  name,
  regions: ['eu-west-1'],
  organizations: [ORGANIZATION.payments],
});

const product = (productId: string) => ({ productId, requestTypeId: REQUEST_TYPE.approved });

/** A project's settings with so many accounts and products, the ones that are ordered last among them. */
export const settingsWith = ({ accounts = 10, products = 1 } = {}) => ({
  products: [...numbered(products - 1).map((n) => product(`prod-${n}`)), product('prod-bucket')],
  accounts: [
    ...numbered(accounts - 1).map((n) => anAccount(`9${n.padStart(11, '0')}`, `team-${n}-dev`)),
    anAccount(TENANT, 'payments-dev'),
  ],
  statuses: STATUS,
});

/** The most of something with which the settings still fit into a property. */
export const mostThatFit = (settingsOf: (count: number) => object): number => {
  let [fits, fails] = [1, LONGEST_PROPERTY];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (JSON.stringify(settingsOf(middle)).length <= LONGEST_PROPERTY) fits = middle;
    else fails = middle;
  }
  return fits;
};

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index).padStart(5, '0'));

/** The hub's portfolio with so many products, the one that is ordered last among them. */
export const catalogOf = (products: number): Catalog =>
  aCatalog({
    revision: `revision-of-${products}`,
    products: [
      ...numbered(products - 1).map((n) =>
        aProduct({ id: `prod-${n}`, name: `Product ${n}`, versions: [aVersion({ id: `pa-${n}` })] }),
      ),
      aProduct(),
    ],
  });

const Stored = z.object({ record: RequestRecord });

/**
 * Puts as many requests into the app's storage and into Jira as if each stood where they all shall.
 * @param like the issue of a request that was launched; they are like it in all but their ids and state
 * @param lookAt when the sweep is to look at them; null where they have ended
 */
export const putRequests = (
  { atlassian, clock, storage }: AppAtWork,
  like: { readonly issueId: string },
  count: number,
  { state, lookAt }: { readonly state: RequestState; readonly lookAt: Date | null },
): void => {
  const { record } = Stored.parse(storage.get('entity:request', like.issueId)?.value);
  const created = new Date(clock.now().getTime() - 24 * HOUR);
  const due = lookAt?.toISOString() ?? null;
  const keys = atlassian.site.stock(
    numbered(count).map((n) => ({
      ...{
        reporter: 'employee' as const,
        requestTypeId: REQUEST_TYPE.approved,
        summary: `Order ${n}`,
        created,
      },
      properties: { [ENTITY_PROPERTY]: entityProperty({ ...record, state }) },
    })),
  );
  for (const key of keys) {
    const { id: issueId } = atlassian.site.request(key);
    const operationId = `launch-${issueId}-0123456789abcdef`;
    const stored: RequestRecord = { ...record, issueId, requestKey: key, operationId, state, lookAt: due };
    storage.set('entity:request', issueId, { revision: issueId, record: stored }, undefined);
    if (due !== null) storage.set('plain', inFlightKey(issueId), entryOf(stored, due), undefined);
  }
};

const HOUR = 3_600_000;
