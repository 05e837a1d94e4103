import { PAYMENTS_DEV, RESEARCH } from '../sandbox/organization';
import { type PersonName, REQUEST_TYPE } from '../sandbox/site';
import { createJourney, type Form } from '../journeys/journey';
import { atTheConsole } from '../journeys/gate-journey';
import { type AtThePage, MINUTE } from './at-the-page';

/** Keys of requests, each named by where it stands. */
export interface Scene {
  readonly succeeded: string;
  readonly failed: string;
  readonly declined: string;
  readonly refused: string;
  readonly gate: string;
  readonly waiting: string;
  readonly underWay: string;
  /** Name of a stack that is complete, in the account that everybody of the scene uses. */
  readonly stack: string;
  readonly account: string;
}

/** Some days at work: requests in every state that people look at. Simulated time stands still afterwards. */
export const playScene = async (there: Pick<AtThePage, 'sandbox' | 'later'>): Promise<Scene> => {
  const { sandbox, later } = there;
  const { site } = sandbox;
  const journey = createJourney(sandbox);

  const ask = async (summary: string, form: Partial<Form> = {}, as: PersonName = 'employee') => {
    const order = journey.form(form);
    const { key } = site.raiseRequest({ as, requestTypeId: REQUEST_TYPE.approved, summary, order });
    await later(MINUTE);
    return key;
  };

  const succeeded = await ask('Storage for monthly invoices', {
    name: 'invoices',
    parameters: { RetentionDays: '90' },
  });
  await journey.approve(succeeded);
  await later(20 * MINUTE);

  sandbox.cloudFormation.takeBucketName('company-data');
  const failed = await ask('A bucket that everybody knows', {
    name: 'company-data',
    parameters: { BucketName: 'company-data' },
  });
  await journey.approve(failed);
  await later(20 * MINUTE);

  const declined = await ask('Scratch space for a workshop', { name: 'workshop' });
  await journey.decline(declined);
  await later(5 * MINUTE);

  const refused = await ask('Archive of the ledger', {
    name: 'ledger',
    parameters: { RetentionDays: '99999' },
  });

  const research = await ask('Samples of the laboratory', { name: 'samples', account: RESEARCH });
  await journey.approve(research);
  await later(120 * MINUTE);

  const gate = await atTheConsole(journey).launch('blog');
  const waiting = await ask('A bucket for reports', { name: 'reports', parameters: { RetentionDays: '30' } });
  await later(10 * MINUTE);
  const underWay = await ask('Uploads of the customer portal', { name: 'uploads' });
  await journey.approve(underWay);
  await journey.reaches(underWay, 'provisioning');
  // Jira's search comes after.
  await later(5_000);

  const [stack = ''] = journey.stacks();
  return { succeeded, failed, declined, refused, gate, waiting, underWay, stack, account: PAYMENTS_DEV };
};
