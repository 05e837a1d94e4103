import { type AtThePage, beThere, type Hands, inBrowser, MINUTE } from './at-the-page';

/* The main job without a mouse. Whatever has the focus is seen to have it, and the focus is never lost or held. */

let there: AtThePage;
beThere((page) => {
  there = page;
});

/** How an element looks: with the boxes around it, because a field wears its focus on its frame. */
const lookOf = (element: Element): string => {
  const looks: string[] = [];
  let box: Element | null = element;
  for (let up = 0; box !== null && up < 5; up += 1, box = box.parentElement) {
    for (const part of [null, '::before', '::after']) {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(box, part);
      looks.push(
        [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth, boxShadow, borderColor].join(' '),
      );
    }
  }
  return looks.join('|');
};

/** What an element is called. */
const nameOf = (element: Element): string => {
  const labels = 'labels' in element ? [...((element.labels ?? []) as NodeListOf<Element>)] : [];
  const names = [
    element.getAttribute('aria-label'),
    ...labels.map((label) => label.textContent),
    element.textContent,
  ];
  return names.find((name) => name !== null && name.trim() !== '')?.trim() ?? element.tagName;
};

/** Most presses of Tab from one thing to another. */
const FAR = 60;

/** Somebody who has only a keyboard. */
const atTheKeyboard = async ({ page }: Hands) => {
  // A focus that fades in is not there yet when it is looked at.
  await page.addStyleTag({ content: '*, *::before, *::after { transition: none !important }' });
  const focused = () => page.evaluateHandle(() => document.activeElement ?? document.body);
  const isNowhere = (): Promise<boolean> => page.evaluate('document.activeElement === document.body');

  return {
    /**
     * Tabs on until something of that name has the focus.
     * @throws Error where what has the focus does not look like it, and where the focus is held or lost on the way
     */
    to: async (name: RegExp): Promise<void> => {
      const way: string[] = [];
      for (let presses = 0; presses < FAR; presses += 1) {
        const before = await focused();
        const nowhere = await isNowhere();
        const lookBefore = await before.evaluate(lookOf);
        await page.keyboard.press('Tab');
        const now = await focused();
        const called = await now.evaluate(nameOf);
        way.push(called.slice(0, 40));
        const moved = await page.evaluate(([one, other]) => one !== other, [before, now]);
        if (!moved) throw new Error(`The focus is held by: ${called}`);
        const isMain = await before.evaluate(
          (element) => element instanceof HTMLElement && element.id === 'main',
        );
        if (!nowhere && !isMain && (await before.evaluate(lookOf)) === lookBefore) {
          throw new Error(`Nobody sees that the focus is on: ${await before.evaluate(nameOf)}`);
        }
        if (name.test(called)) return;
      }
      throw new Error(`${FAR} presses of Tab do not lead to ${String(name)}, but by: ${way.join(', ')}`);
    },
    press: (key: string): Promise<void> => page.keyboard.press(key),
    type: (text: string): Promise<void> => page.keyboard.type(text),
    /** Chooses in the field that has the focus, by typing the beginning of what is wanted. */
    choose: async (text: string): Promise<void> => {
      await page.keyboard.type(text);
      await page.getByRole('listbox').getByRole('option', { name: text }).first().waitFor();
      await page.keyboard.press('Enter');
    },
    /** Whether the focus is nowhere: whoever tabs on begins at the top again. */
    isNowhere,
  };
};

inBrowser(
  'an employee orders, an approver approves and an agent looks on, each by keyboard alone',
  async () => {
    const employee = await there.open('employee', 'portal');
    await employee.settled();
    const asking = await atTheKeyboard(employee);
    await asking.to(/Get something from the AWS catalogue/);
    await asking.press('Enter');
    await employee.settled();
    expect(await asking.isNowhere()).toBe(false);
    await asking.to(/^Summary/);
    await asking.type('A bucket by keyboard');
    await asking.to(/^Product/);
    await asking.choose('Private bucket');
    await asking.to(/^AWS account/);
    await asking.choose('payments-dev');
    await employee.page.getByText('The order is complete').waitFor();
    // What came with the product has not taken the focus away.
    expect(await asking.isNowhere()).toBe(false);
    await asking.to(/^Retention in days/);
    await asking.press('Control+A');
    await asking.type('60');
    await asking.to(/^Send$/);
    await asking.press('Space');
    await employee.page.getByRole('heading', { name: 'A bucket by keyboard' }).waitFor();
    expect(await asking.isNowhere()).toBe(false);
    await there.later(MINUTE);

    const approver = await there.open('approver', 'approvals');
    await approver.settled();
    const deciding = await atTheKeyboard(approver);
    await deciding.to(/A bucket by keyboard/);
    await deciding.press('Enter');
    await approver.page.getByRole('button', { name: 'Approve' }).waitFor();
    await approver.settled();
    await deciding.to(/^Comment/);
    await deciding.type('Sixty days');
    // News do not take the focus away from whoever is writing.
    await there.later(MINUTE);
    await approver.settled();
    await deciding.type(' are fine.');
    expect(await approver.page.getByLabel(/^Comment/).inputValue()).toBe('Sixty days are fine.');
    await deciding.to(/^Approve$/);
    await deciding.press('Enter');
    await approver.page
      .getByRole('region', { name: 'Approval' })
      .getByText('Approved', { exact: true })
      .waitFor();
    expect(await deciding.isNowhere()).toBe(false);
    await there.later(10 * MINUTE);
    await employee.page.getByText('Ready', { exact: true }).first().waitFor();

    const agent = await there.open('agent', 'operations');
    await agent.settled();
    const looking = await atTheKeyboard(agent);
    await looking.to(/^State/);
    await looking.choose('Ended');
    await agent.page.getByRole('link', { name: /CLOUD-1/ }).waitFor();
    expect(await looking.isNowhere()).toBe(false);
    await looking.to(/^CLOUD-1/);
    await looking.press('Enter');
    await agent.page.getByRole('heading', { name: 'A bucket by keyboard' }).waitFor();
    expect(await looking.isNowhere()).toBe(false);
  },
);

inBrowser('the tabs of the settings are walked by arrows, and a panel is reached from its tab', async () => {
  const admin = await there.open('admin', 'settings');
  await admin.settled();
  const hands = await atTheKeyboard(admin);
  await hands.to(/^Connection$/);
  await hands.press('ArrowRight');
  await hands.press('ArrowRight');
  await admin.page.getByRole('tab', { name: 'Accounts', selected: true }).waitFor();
  await hands.to(/^Name \(payments-dev\)/);
  await hands.type('!');
  await admin.page.getByText('There are unsaved changes.').waitFor();
  expect(await hands.isNowhere()).toBe(false);
});
