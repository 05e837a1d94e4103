import { type AtThePage, beThere, inBrowser, MINUTE } from './at-the-page';

/* The main job by clicking: an employee asks, a manager approves, AWS launches, an agent follows. */

let there: AtThePage;
beThere((page) => {
  there = page;
});

inBrowser('what an employee asks for and a manager approves is launched, and everybody sees it', async () => {
  const employee = await there.open('employee', 'portal');
  await employee.page.getByRole('link', { name: /Get something from the AWS catalogue/ }).click();
  await employee.page.getByLabel('Summary').fill('A bucket for invoices');
  await employee.choose(/Product/, /Private bucket/);
  await employee.choose(/AWS account/, /payments-dev/);
  await employee.page.getByText('The order is complete').waitFor();
  await employee.page.getByRole('button', { name: 'Send' }).click();
  await employee.page.getByRole('heading', { name: 'A bucket for invoices' }).waitFor();
  await there.later(MINUTE);
  await employee.page.getByText('Waiting for approval').first().waitFor();

  const approver = await there.open('approver', 'approvals');
  await approver.page.getByRole('link', { name: /A bucket for invoices/ }).click();
  await approver.page.getByText('payments-dev').first().waitFor();
  await approver.page.getByRole('button', { name: 'Approve' }).click();
  await approver.page.getByText('Approved', { exact: true }).first().waitFor();
  await there.later(10 * MINUTE);

  // Nobody reloads anything.
  await employee.page.getByText('Ready', { exact: true }).first().waitFor();
  await employee.page.getByText('The bucket in the AWS console').first().waitFor();

  const agent = await there.open('agent', 'operations');
  await agent.choose('State', 'Ended');
  await agent.page.getByRole('row', { name: /A bucket for invoices/ }).waitFor();
});
