import { Heading, Inline, LoadingButton, SectionMessage, Stack, Text } from '@forge/react';
import { useState } from 'react';
import type { Refusal } from '../../pages/answer';
import type { Choices } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';
import { ChoiceSetting, type Option, TextSetting } from './fields';

type RequestType = NonNullable<Choices['requestTypes']>[number];

const NOTHING = { productId: '', name: '', issueTypeId: '' };

/** Creates a request type from a product; then says what only the administrator can do in Jira. */
export const NewRequestType = ({
  products,
  issueTypes,
  onCreated,
  texts,
}: {
  readonly products: readonly Option[];
  readonly issueTypes: NonNullable<Choices['issueTypes']>;
  readonly onCreated: (productId: string, type: RequestType) => void;
  readonly texts: Texts;
}) => {
  const words = texts.settings.products;
  const [form, setForm] = useState(NOTHING);
  const [created, setCreated] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const field = { problems: [], texts };

  const create = async (): Promise<void> => {
    setBusy(true);
    setCreated(null);
    const answer = await call<RequestType>('settings.create-request-type', form);
    setBusy(false);
    setRefusal(answer.outcome === 'ok' ? null : answer);
    if (answer.outcome !== 'ok') return;
    onCreated(form.productId, answer.value);
    setCreated(answer.value.name);
    setForm(NOTHING);
  };

  return (
    <Stack space="space.150">
      <Heading as="h3">{words.create}</Heading>
      <ChoiceSetting
        {...field}
        label={words.createFor}
        path="create.productId"
        options={products}
        value={form.productId}
        onChange={(productId) => {
          const name = products.find(({ value }) => value === productId)?.label ?? '';
          setForm({ ...form, productId, name: name.slice(0, 100) });
        }}
      />
      <TextSetting
        {...field}
        label={words.name}
        path="create.name"
        value={form.name}
        onChange={(name) => setForm({ ...form, name })}
      />
      <ChoiceSetting
        {...field}
        label={words.issueType}
        path="create.issueTypeId"
        options={issueTypes.map(({ id, name }) => ({ value: id, label: name }))}
        value={form.issueTypeId}
        onChange={(issueTypeId) => setForm({ ...form, issueTypeId })}
      />
      {refusal === null ? null : (
        <SectionMessage appearance="error">
          <Stack space="space.050">
            <Text>{texts.shared.refusals[refusal.code]}</Text>
            {refusal.detail === undefined ? null : <Text>{texts.shared.because(refusal.detail)}</Text>}
          </Stack>
        </SectionMessage>
      )}
      {created === null ? null : (
        <SectionMessage appearance="success">
          <Text>{words.created(created)}</Text>
        </SectionMessage>
      )}
      <Inline>
        <LoadingButton
          isLoading={busy}
          isDisabled={form.productId === '' || form.name.trim() === '' || form.issueTypeId === ''}
          onClick={() => void create()}
        >
          {words.createIt}
        </LoadingButton>
      </Inline>
    </Stack>
  );
};
