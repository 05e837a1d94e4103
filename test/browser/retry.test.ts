import { createJourney } from '../journeys/journey';
import { PAYMENTS_DEV } from '../sandbox/organization';
import { type AtThePage, beThere, inBrowser, MINUTE } from './at-the-page';
import { approve, fillIn, panelOf, send } from './ordering';

/* A stack that fails, and what becomes of it once its cause is gone. */

const REASON = 'You have reached the limit of buckets in this account.';
const SUMMARY = 'A bucket beyond the limit';

let there: AtThePage;
beThere((page) => {
  there = page;
});

inBrowser(
  'a stack that fails says what failed, why and what to do; an agent has it launched again, and it is ready',
  async () => {
    // The next bucket alone: whoever tries later finds the cause gone.
    there.sandbox.cloudFormation.failNext({
      account: PAYMENTS_DEV,
      resourceType: 'AWS::S3::Bucket',
      reason: REASON,
    });
    const employee = await there.open('employee', 'portal');
    await fillIn(employee, SUMMARY);
    const key = await send(employee, SUMMARY);
    await there.later(MINUTE);
    await approve(await there.open('approver', 'approvals'), new RegExp(SUMMARY));
    await there.later(15 * MINUTE);

    const seen = panelOf(employee);
    await seen.getByText('Failed', { exact: true }).waitFor();
    await seen.getByText('The first resource that failed: Bucket (AWS::S3::Bucket)').waitFor();
    await seen.getByText(REASON).first().waitFor();
    await seen.getByText('an agent can have it launched again').first().waitFor();
    expect(await seen.getByText('What you can use').count()).toBe(0);

    const agent = await there.open('agent', `queue/${key}`);
    const issue = panelOf(agent);
    await issue.getByText(REASON).first().waitFor();
    await issue.getByRole('button', { name: 'Launch again' }).click();
    const asked = agent.page.getByRole('dialog', { name: 'Launch it again?' });
    await asked.getByRole('button', { name: 'Launch again' }).click();
    await issue.getByText('It is on its way.').waitFor();
    await there.later(15 * MINUTE);

    const history = [
      /The launch failed, and nothing is left to use/,
      /Tried again by an agent by Agent \(attempt 2\)/,
      /The product is ready \(attempt 2\)/,
    ];
    await issue.getByText('Ready', { exact: true }).waitFor();
    for (const happening of history)
      await issue.getByRole('listitem').filter({ hasText: happening }).waitFor();

    // Nobody reloads anything, and customers are told of nobody by name.
    await seen.getByText('Ready', { exact: true }).waitFor();
    await seen.getByText('The bucket in the AWS console').waitFor();
    const tried = seen.getByRole('listitem').filter({ hasText: 'Tried again by an agent' });
    expect(await tried.textContent()).not.toContain('by Agent');
    expect(createJourney(there.sandbox).launches(key)).toHaveLength(2);
  },
);
