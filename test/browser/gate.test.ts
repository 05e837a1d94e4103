import { type AtThePage, beThere, inBrowser, MINUTE } from './at-the-page';
import { approve, panelOf } from './ordering';

/* A product that somebody launches past the portal, and that waits in AWS for a decision in Jira. */

let there: AtThePage;
beThere((page) => {
  there = page;
});

inBrowser(
  'WordPress that is launched from the AWS console waits, its approver is asked, and the stack goes on to its end',
  async () => {
    const employee = await there.open('employee', 'aws');
    const { page } = employee;
    await page.getByRole('link', { name: /payments-dev/ }).click();
    await page.getByRole('link', { name: 'Launch from the console' }).click();
    await page.getByRole('link', { name: /WordPress site/ }).click();
    await page.getByLabel('Provisioned product name').fill('team-blog');
    await page.getByLabel('AllowedRange').fill('172.31.0.0/16');
    await page.getByRole('button', { name: 'Launch product' }).click();
    await page.getByRole('heading', { name: 'payments-dev' }).waitFor();
    const products = page.getByRole('region', { name: 'Provisioned products' });
    await products.getByText('team-blog').waitFor();
    await there.later(5 * MINUTE);

    await products.getByRole('link', { name: 'team-blog' }).click();
    const events = page.getByRole('region', { name: 'Events, newest first' });
    await events
      .getByRole('row', { name: /AWS::CloudFormation::WaitCondition CREATE IN PROGRESS/ })
      .first()
      .waitFor();
    // Nothing of the site is made before somebody has approved it.
    expect(await events.getByRole('row', { name: /AWS::(EC2::Instance|RDS::DBInstance)/ }).count()).toBe(0);

    const approver = await there.open('approver', 'approvals');
    await approve(approver, /WordPress/);
    await panelOf(approver).getByText('employee@example.com (as typed in AWS, not verified)').waitFor();
    await there.later(60 * MINUTE);

    await page.getByText('CREATE COMPLETE', { exact: true }).first().waitFor();
    await events.getByRole('row', { name: /AWS::EC2::Instance CREATE COMPLETE/ }).waitFor();

    await page.getByRole('link', { name: 'My requests' }).click();
    await page.getByRole('link', { name: /WordPress/ }).click();
    await panelOf(employee).getByText('Ready', { exact: true }).waitFor();
    await panelOf(employee).getByText('The stack is complete').waitFor();
  },
);
