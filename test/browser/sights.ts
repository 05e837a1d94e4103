import type { PersonName } from '../sandbox/site';
import type { Hands } from './at-the-page';
import type { Scene } from './scene';

/** One page as one person sees it. */
export interface Sight {
  /** Also what its picture is called. */
  readonly name: string;
  readonly person: PersonName;
  readonly place: (scene: Scene) => string;
  /** What somebody does there before it is looked at. */
  readonly prepare?: (hands: Hands) => Promise<void>;
}

const tab =
  (index: number) =>
  async ({ page }: Hands): Promise<void> => {
    await page.getByRole('tab').nth(index).click();
  };

/** Orders something with every kind of field, in whatever language. */
const fillIn = async (hands: Hands): Promise<void> => {
  const { page } = hands;
  await page.getByLabel('Summary').fill('A bucket for reports');
  await hands.choose(/^(Product|Produkt)/, /Private bucket/);
  await hands.choose(/AWS[ -](account|Konto)/, /payments-dev/);
  await page.getByText(/The order is complete|Die Bestellung ist vollständig/).waitFor();
};

/** Every page of the sandbox, and of the app within it. */
export const SIGHTS: readonly Sight[] = [
  { name: 'portal', person: 'employee', place: () => 'portal' },
  { name: 'order-form-empty', person: 'employee', place: () => 'portal/101' },
  { name: 'order-form', person: 'employee', place: () => 'portal/101', prepare: fillIn },
  { name: 'order-form-nothing-to-use', person: 'approver', place: () => 'portal/101' },
  { name: 'my-requests', person: 'employee', place: () => 'requests' },
  { name: 'my-requests-none', person: 'outsider', place: () => 'requests' },
  ...(['waiting', 'underWay', 'succeeded', 'failed', 'declined', 'refused'] as const).map((state) => ({
    name: `request-${state === 'underWay' ? 'under-way' : state}`,
    person: 'employee' as const,
    place: (scene: Scene) => `requests/${scene[state]}`,
  })),
  { name: 'approvals', person: 'approver', place: () => 'approvals' },
  { name: 'approval', person: 'approver', place: ({ waiting }) => `approvals/${waiting}` },
  { name: 'approval-gate', person: 'approver', place: ({ gate }) => `approvals/${gate}` },
  { name: 'queue', person: 'agent', place: () => 'queue' },
  { name: 'operations', person: 'agent', place: () => 'operations' },
  ...(['waiting', 'underWay', 'succeeded', 'failed', 'declined', 'refused', 'gate'] as const).map(
    (state) => ({
      name: `issue-${state === 'underWay' ? 'under-way' : state}`,
      person: 'agent' as const,
      place: (scene: Scene) => `queue/${scene[state]}`,
    }),
  ),
  ...['connection', 'products', 'accounts', 'approval', 'check'].map((name, index) => ({
    name: `settings-${name}`,
    person: 'admin' as const,
    place: () => 'settings',
    prepare: tab(index),
  })),
  { name: 'aws-accounts', person: 'employee', place: () => 'aws' },
  { name: 'aws-account', person: 'employee', place: ({ account }) => `aws/${account}` },
  { name: 'aws-stack', person: 'employee', place: ({ account, stack }) => `aws/${account}/stacks/${stack}` },
  { name: 'aws-launchable', person: 'employee', place: ({ account }) => `aws/${account}/launch` },
  {
    name: 'aws-launch',
    person: 'employee',
    place: ({ account }) => `aws/${account}/launch`,
    prepare: async ({ page }) => {
      await page.getByRole('link', { name: /WordPress/ }).click();
      await page.getByLabel('Provisioned product name').fill('blog');
    },
  },
  { name: 'aws-secrets', person: 'admin', place: () => 'aws/secrets' },
];

/** Goes to where somebody sees it, and waits until everything that is on its way has come. */
export const look = async (hands: Hands, sight: Sight, scene: Scene): Promise<void> => {
  await hands.goTo(sight.person, sight.place(scene));
  await hands.settled();
  if (!sight.prepare) return;
  await sight.prepare(hands);
  await hands.settled();
};
