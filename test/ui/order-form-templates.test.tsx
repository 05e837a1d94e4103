import type { Parameter, VersionDescription } from '../../aws-bridge/contract/catalog';
import { complaintAboutSecret } from '../../forge-app/order/check-parameters';
import { fixOrder } from '../../forge-app/order/fix-order';
import type { OrderForm } from '../../forge-app/order/order-form';
import { createPatternCheck } from '../../forge-app/order/pattern-check';
import { togglePair } from '../../forge-app/ui/order-form/parameter-value';
import { aCatalog, aProduct, aVersion } from '../builders/catalog';
import { REPORTER, REQUEST_KEY } from '../builders/orders';
import { projectSettings, REQUEST_TYPE } from '../builders/settings';
import { aDescription, anOffer, opened, openOrderForm, type OpenOrderForm } from './order-form-page';
import { EVERY_PROPERTY, EVERY_TYPE } from './templates/every-type';
import { LARGE_TEMPLATES } from './templates/large-templates';
import type { TriedParameter, TriedTemplate } from './templates/parameters';
import { parameterType } from '../../forge-app/order/parameter-type';

const describedBy = ({ parameters, resourceTypes, capabilities, rules }: TriedTemplate): VersionDescription =>
  aDescription(
    parameters.map(({ parameter }) => parameter),
    {
      resourceTypes: [...resourceTypes],
      capabilities: [...capabilities],
      ...(rules !== undefined && { rules: JSON.stringify(rules) }),
    },
  );

const openTemplate = (template: TriedTemplate) =>
  openOrderForm(
    opened({ offer: anOffer({ described: { versionId: 'pa-bucketv1', as: describedBy(template) } }) }),
  );

/** The server's word on the order that the form handed over. */
const fixed = (template: TriedTemplate, form: OrderForm | undefined) => {
  if (form === undefined) throw new Error('The form has handed over no order');
  return fixOrder({
    form,
    catalog: aCatalog({
      products: [aProduct({ versions: [aVersion({ described: describedBy(template) })] })],
    }),
    settings: projectSettings(),
    requestTypeId: REQUEST_TYPE,
    requestKey: REQUEST_KEY,
    requester: REPORTER,
    memberships: { organizations: [], groups: [] },
  });
};

const labelOf = ({ key, label }: Parameter): string => label ?? key;

const fill = async ({ page }: OpenOrderForm, parameter: Parameter, value: string): Promise<void> => {
  const label = labelOf(parameter);
  const { list } = parameterType(parameter.type);
  const pair = togglePair(parameter);
  for (;;) {
    const [more] = page.findAll({ name: new RegExp(`^Remove item \\d+ of ${label}$`) });
    if (more === undefined) break;
    await page.press(more.name);
  }
  if (pair !== undefined) await page.switch(label, value === pair[0]);
  else if (parameter.allowedValues === undefined) await page.type(label, value);
  else await page.choose(label, list ? value.split(',') : value);
};

/** Whether a value can be entered at all: of allowed values only those that are there can be chosen. */
const canBeEntered = ({ allowedValues, type }: Parameter, value: string): boolean =>
  allowedValues === undefined ||
  (parameterType(type).list ? value.split(',') : [value]).every((item) => allowedValues.includes(item));

const complaintsIn = ({ page }: OpenOrderForm): string =>
  page
    .findAll({ type: 'ErrorMessage' })
    .map(({ text }) => text)
    .join('\n');

/** What the server says of one parameter, without its name in front. */
const serverSays = (
  template: TriedTemplate,
  form: OrderForm | undefined,
  key: string,
): string | undefined => {
  const fixing = fixed(template, form);
  if (fixing.outcome !== 'refused') return undefined;
  const message = fixing.problems.find(({ field }) => field === `parameters.${key}`)?.message;
  return message?.replace(/^[^:]*: /, '');
};

const same = (a: string): string => a.slice(0, 1).toUpperCase() + a.slice(1);

const tries = async (template: TriedTemplate, { parameter, right, wrong }: TriedParameter): Promise<void> => {
  const form = await openTemplate({
    ...template,
    parameters: [{ parameter, right, wrong }],
    rules: undefined,
  });
  await form.page.see('Private bucket');
  const alone: TriedTemplate = { ...template, parameters: [{ parameter, right, wrong }], rules: undefined };
  for (const [value, said] of wrong) {
    if (!canBeEntered(parameter, value)) continue;
    // A rule of the template needs the whole of it; it is tried below.
    if (template.rules !== undefined && /Masters/.test(said.source)) continue;
    await fill(form, parameter, value);
    const shown = complaintsIn(form);
    expect(shown).toMatch(new RegExp(said.source, 'i'));
    expect(form.submitted().isValid).toBe(false);
    if (parameter.noEcho) {
      const words = complaintAboutSecret(parameter, value, { patternCheck: createPatternCheck() });
      expect(shown).toBe(same(words ?? ''));
    } else expect(shown).toBe(same(serverSays(alone, form.submitted().form, parameter.key) ?? ''));
  }
  for (const value of right) {
    if (parameter.noEcho && form.submitted().isValid && parameter.default === undefined) continue;
    await fill(form, parameter, value);
    expect(complaintsIn(form)).toBe('');
    expect(form.submitted().isValid).toBe(true);
    expect(fixed(alone, form.submitted().form)).toMatchObject({ outcome: 'fixed' });
  }
};

const small = (name: string, parameters: readonly TriedParameter[]): TriedTemplate => ({
  name,
  resourceTypes: [],
  capabilities: [],
  parameters,
});

describe.each([
  ['every type', EVERY_TYPE],
  ['every property', EVERY_PROPERTY],
])('%s', (name, parameters) => {
  test.each(parameters.map((one) => [one.parameter.key, one] as const))(
    '%s: wrong values are refused in the server’s words, right ones accepted',
    async (_, one) => {
      await tries(small(name, parameters), one);
    },
  );
});

test('there are ten templates of twenty parameters and more', () => {
  expect(LARGE_TEMPLATES.length).toBeGreaterThanOrEqual(10);
  for (const { name, parameters } of LARGE_TEMPLATES) {
    expect([name, parameters.length >= 20]).toEqual([name, true]);
    expect([name, new Set(parameters.map(({ parameter }) => parameter.key)).size]).toEqual([
      name,
      parameters.length,
    ]);
  }
});

describe.each(LARGE_TEMPLATES.map((template) => [template.name, template] as const))('%s', (_, template) => {
  const required = template.parameters.filter(({ parameter }) => parameter.default === undefined);

  test('its defaults are right, and what has none is asked for', async () => {
    const form = await openTemplate(template);
    await form.page.press('Show what is missing');
    const { isValid } = form.submitted();
    const asked = required.filter(({ parameter }) => togglePair(parameter) === undefined);
    expect(isValid).toBe(asked.length === 0);
    expect(form.page.findAll({ type: 'ErrorMessage' })).toHaveLength(asked.length);
  });

  test('filled in, it is an order that the server fixes as it stands', async () => {
    const form = await openTemplate(template);
    await form.page.see('Private bucket');
    for (const { parameter, right } of required) await fill(form, parameter, right[0] ?? '');
    expect(complaintsIn(form)).toBe('');
    expect(form.submitted().isValid).toBe(true);
    expect(fixed(template, form.submitted().form)).toMatchObject({ outcome: 'fixed' });
    for (const { parameter, right } of template.parameters) {
      if (parameter.default !== undefined) await fill(form, parameter, right.at(-1) ?? '');
    }
    if (template.rules === undefined) expect(form.submitted().isValid).toBe(true);
    expect(fixed(template, form.submitted().form).outcome).toBe(
      form.submitted().isValid ? 'fixed' : 'refused',
    );
  });

  test('each wrong value is refused at its field in the server’s words, each right one accepted', async () => {
    for (const one of template.parameters) await tries(template, one);
  });
});
