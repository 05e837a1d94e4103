import { view } from '@forge/bridge';
import { Button, Heading, Inline, SectionMessage, Stack, Text, Textfield } from '@forge/react';
import { useEffect, useState } from 'react';
import type { OrderFormView } from '../../pages/order-form/view';
import type { Texts } from '../../texts/texts';
import { Loading, Refused } from '../page';
import { ChoiceField } from './choice-field';
import { Created } from './created';
import { Field, typed } from './field';
import { type Draft, judgeDraft } from './judge-draft';
import { ParameterGroups } from './parameter-groups';
import { patternCheck } from './pattern-check';
import { type Chosen, placeOf } from './place';
import { TagsField } from './tags-field';
import { useChoices } from './use-choices';
import { useOffers } from './use-offers';

type Open = Extract<OrderFormView, { ours: true }>;

const NOTHING_FILLED_IN: Draft = { name: null, tags: [], texts: {}, sealed: {}, unsealed: [] };

/** The order that a request carries, filled in. Every change is handed to the request; the server checks all of it again. */
export const OrderForm = ({
  open,
  reopen,
  texts,
}: {
  readonly open: Open;
  /** Has the form ask anew what there is to order. */
  readonly reopen: () => Promise<void>;
  readonly texts: Texts;
}) => {
  const words = texts.orderForm;
  const [chosen, setChosen] = useState<Chosen>({ product: null, account: null, region: null });
  const [version, setVersion] = useState<string>();
  const [draft, setDraft] = useState<Draft>(NOTHING_FILLED_IN);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);

  const place = placeOf(open, chosen);
  const productId = place.choice?.id;
  const offers = useOffers(open.offer, productId, version);
  const { offer, versionId, described } = offers;
  const description = typeof described === 'string' ? undefined : described;
  const account = place.account?.id;
  const where =
    productId !== undefined && account !== undefined && place.region !== null
      ? { productId, account, region: place.region }
      : undefined;
  const choicesOf = useChoices(where, description?.parameters ?? []);
  const { form, complaints } = judgeDraft({
    draft,
    place,
    offer,
    versionId,
    described: description,
    texts,
    patternCheck,
  });

  const wrong = Object.keys(complaints).length;
  const isValid = wrong === 0 && description !== undefined;
  const order = JSON.stringify(form);
  useEffect(() => {
    // As text: only that is certain to survive the way into the request's property.
    void view.submit({ fields: [{ key: 'order', value: order }], isValid });
  }, [order, isValid]);

  const seen = (field: string): boolean => attempted || left.has(field);
  const leave = (field: string): void => setLeft((before) => new Set([...before, field]));
  const shown = (field: string): string | undefined => (seen(field) ? complaints[field] : undefined);

  return (
    <Stack space="space.300">
      <Heading as="h2" size="medium">
        {words.title}
      </Heading>
      {place.products.length > 1 ? (
        <ChoiceField
          id="order-product"
          label={words.fields.product}
          choices={place.products.map((name) => ({ value: name, label: name }))}
          value={place.product}
          placeholder={words.choose}
          complaint={shown('productId')}
          onChoose={(product) => setChosen((before) => ({ ...before, product }))}
          onLeave={() => leave('productId')}
        />
      ) : null}
      {offer === undefined ? null : (
        <Stack space="space.050">
          <Text weight="bold">{offer.name}</Text>
          {offer.description === undefined ? null : <Text>{offer.description}</Text>}
        </Stack>
      )}
      {place.accounts.length === 0 ? (
        <SectionMessage appearance="warning">
          <Text>{words.empty.noAccountHere}</Text>
        </SectionMessage>
      ) : (
        <ChoiceField
          id="order-account"
          label={words.fields.account}
          choices={place.accounts.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
          value={account ?? null}
          placeholder={words.choose}
          complaint={shown('account')}
          onChoose={(next) => setChosen((before) => ({ ...before, account: next }))}
          onLeave={() => leave('account')}
        />
      )}
      {place.regions.length > 1 ? (
        <ChoiceField
          id="order-region"
          label={words.fields.region}
          choices={place.regions.map((region) => ({ value: region, label: region }))}
          value={place.region}
          placeholder={words.choose}
          complaint={shown('region')}
          onChoose={(region) => setChosen((before) => ({ ...before, region }))}
          onLeave={() => leave('region')}
        />
      ) : place.region === null ? null : (
        <Text>{words.onlyRegion(place.region)}</Text>
      )}
      <Refused
        asked={{
          value: undefined,
          ...offers,
          // What is not there any more is not there at the next attempt either.
          again: offers.refusal?.code === 'changed' ? reopen : offers.again,
        }}
        texts={texts}
      />
      {offers.asking && description === undefined ? <Loading texts={texts} /> : null}
      {offer === undefined ? null : (
        <ChoiceField
          id="order-version"
          label={words.fields.version}
          choices={offer.versions.map(({ id, name }, index) => ({
            value: id,
            label: index === 0 ? words.newest(name) : name,
          }))}
          value={versionId ?? null}
          placeholder={words.choose}
          help={offer.versions.flatMap(({ id, description: what }) =>
            id === versionId && what !== undefined && what !== '' ? [what] : [],
          )}
          complaint={undefined}
          onChoose={setVersion}
          onLeave={() => leave('provisioningArtifactId')}
        />
      )}
      {described === 'too-large' || described === 'awaited' ? (
        <SectionMessage appearance="warning">
          <Text>{described === 'too-large' ? words.empty.versionTooLarge : words.empty.versionAwaited}</Text>
        </SectionMessage>
      ) : null}
      {description === undefined || offer === undefined ? null : (
        <Stack space="space.300">
          <Field
            id="order-name"
            label={words.fields.name}
            isRequired
            help={[words.nameHelp]}
            complaint={shown('name')}
          >
            <Textfield
              // A name that is only proposed goes with its product.
              key={offer.id}
              id="order-name"
              name="order-name"
              defaultValue={form.name}
              isRequired
              isInvalid={shown('name') !== undefined}
              onChange={(event) => {
                const name = typed(event);
                setDraft((before) => ({ ...before, name }));
              }}
              onBlur={() => leave('name')}
            />
          </Field>
          <ParameterGroups
            parameters={description.parameters}
            draft={draft}
            complaints={complaints}
            seen={seen}
            sealFor={
              account === undefined || versionId === undefined
                ? undefined
                : { productId: offer.id, provisioningArtifactId: versionId, account }
            }
            choicesOf={choicesOf}
            texts={texts}
            onDraft={setDraft}
            onLeave={leave}
          />
          <TagsField
            tags={draft.tags}
            complaints={complaints}
            seen={seen}
            texts={texts}
            onChange={(tags) => setDraft((before) => ({ ...before, tags }))}
            onLeave={leave}
          />
          {['parameters', 'form'].map((field) =>
            complaints[field] === undefined ? null : (
              <SectionMessage key={field} appearance="error">
                <Text>{complaints[field]}</Text>
              </SectionMessage>
            ),
          )}
          <Created described={description} texts={texts} />
        </Stack>
      )}
      {isValid ? (
        <SectionMessage appearance="success">
          <Text>{words.ready}</Text>
        </SectionMessage>
      ) : wrong === 0 ? null : (
        <Inline space="space.100" alignBlock="center" shouldWrap>
          <Text>{words.left(wrong)}</Text>
          {attempted ? null : <Button onClick={() => setAttempted(true)}>{words.check}</Button>}
        </Inline>
      )}
    </Stack>
  );
};
