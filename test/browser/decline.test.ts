import { createJourney } from '../journeys/journey';
import { type AtThePage, beThere, inBrowser, MINUTE } from './at-the-page';
import { fillIn, panelOf, send } from './ordering';

/* What an approver does not want: whoever asked for it reads why. */

const REASON = 'We have a bucket for invoices already: ask the payments team for access.';

let there: AtThePage;
beThere((page) => {
  there = page;
});

inBrowser(
  'what is declined with a comment is closed, whoever asked for it reads why, and AWS never hears of it',
  async () => {
    const employee = await there.open('employee', 'portal');
    await fillIn(employee, 'Another bucket for invoices');
    const key = await send(employee, 'Another bucket for invoices');
    await there.later(MINUTE);
    await panelOf(employee).getByText('Waiting for approval').waitFor();

    const { page } = await there.open('approver', 'approvals');
    await page.getByRole('link', { name: /Another bucket for invoices/ }).click();
    const decision = page.getByRole('region', { name: 'Your decision' });
    await decision.getByLabel(/^Comment/).fill(REASON);
    await decision.getByRole('button', { name: 'Decline' }).click();
    const approval = page.getByRole('region', { name: 'Approval' });
    await approval.getByText('Declined', { exact: true }).waitFor();
    expect(await approval.getByRole('button').count()).toBe(0);
    await there.later(10 * MINUTE);

    const panel = panelOf(employee);
    await panel.getByText('Declined', { exact: true }).first().waitFor();
    await panel.getByText('speak with the approver, then raise a new request').waitFor();
    const said = employee.page.getByRole('region', { name: 'Activity' });
    await said.getByText(REASON).waitFor();
    await said.getByText('Nothing was launched in AWS').waitFor();

    await page.getByRole('link', { name: 'Approvals', exact: true }).first().click();
    await page.getByText('Nothing waits for your decision').waitFor();

    const { deliveries, entries, launches } = createJourney(there.sandbox);
    expect([deliveries(key), entries(key), launches(key)]).toStrictEqual([0, 0, []]);
  },
);
