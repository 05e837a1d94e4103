import type { VersionDescription } from '../../../aws-bridge/contract/catalog';
import { complaintAboutName, complaintAboutTag, MOST_TAGS } from '../../order/check-name-and-tags';
import { complaintAbout } from '../../order/check-parameters';
import { checkRules, rulesFor, ruleValues } from '../../order/check-rules';
import type { OrderForm } from '../../order/order-form';
import type { PatternCheck } from '../../order/pattern-check';
import { oneLine, sentence } from '../../order/printable';
import type { ProductOffer } from '../../pages/order-form/view';
import type { Texts as AllTexts } from '../../texts/texts';
import { type Texts, valueIn } from './parameter-value';
import type { Place } from './place';

export interface Tag {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

/** What somebody has filled in. Values that must not be shown are in it sealed, and in no other way. */
export interface Draft {
  /** Null: as proposed. */
  readonly name: string | null;
  readonly tags: readonly Tag[];
  readonly texts: Texts;
  /** By `sealedKey`. */
  readonly sealed: Readonly<Record<string, string>>;
  /** Parameters in whose field something is typed that is not sealed. */
  readonly unsealed: readonly string[];
}

/** What a sealed value is good for: in another account, or for another product, it does not open. */
export const sealedKey = (productId: string, account: string, parameter: string): string =>
  `${productId} ${account} ${parameter}`;

export interface Judged {
  readonly form: OrderForm;
  /** What is wrong, by field. */
  readonly complaints: Readonly<Record<string, string>>;
}

/** Characters of JSON that Jira takes for an issue's property are 32,768; the rest is for how the form is wrapped. */
const MAX_CHARACTERS = 32_000;

/**
 * The order that a draft comes to, and everything that is wrong with it, by the checks that the server does again.
 * @param described undefined while the version's description is not known
 */
export const judgeDraft = ({
  draft,
  place,
  offer,
  versionId,
  described,
  texts,
  patternCheck,
}: {
  readonly draft: Draft;
  readonly place: Place;
  readonly offer: Pick<ProductOffer, 'id' | 'name' | 'constraints'> | undefined;
  readonly versionId: string | undefined;
  readonly described: VersionDescription | undefined;
  readonly texts: AllTexts;
  readonly patternCheck: PatternCheck;
}): Judged => {
  const { checks, missing, secret } = texts.orderForm;
  const account = place.account?.id ?? '';
  const region = place.region ?? '';
  const parameters = described?.parameters ?? [];
  const values = Object.fromEntries(
    parameters.flatMap((parameter) => {
      const value = parameter.noEcho ? undefined : valueIn(parameter, draft.texts);
      return value === undefined ? [] : [[parameter.key, value] as const];
    }),
  );
  const sealed = Object.fromEntries(
    parameters.flatMap(({ key, noEcho }) => {
      const value = draft.sealed[sealedKey(offer?.id ?? '', account, key)];
      return noEcho && value !== undefined ? [[key, value] as const] : [];
    }),
  );
  const tags = draft.tags.filter(({ key, value }) => key !== '' || value !== '');
  const form: OrderForm = {
    productId: offer?.id ?? '',
    provisioningArtifactId: versionId ?? '',
    account,
    region,
    name: draft.name ?? proposedName(offer?.name ?? ''),
    parameters: values,
    ...(Object.keys(sealed).length > 0 && { sealedParameters: sealed }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])) }),
  };

  const complaints: Record<string, string> = {};
  const complain = (field: string, complaint: string | undefined): void => {
    if (complaint !== undefined && complaints[field] === undefined)
      complaints[field] = capitalized(complaint);
  };
  if (place.product === null) complain('productId', missing.product);
  if (place.account === null) complain('account', missing.account);
  else if (place.region === null && place.product !== null) complain('region', missing.region);
  complain('name', complaintAboutName(form.name, checks));
  for (const [index, { id, key, value }] of tags.entries()) {
    const twice = tags.findIndex((tag) => tag.key === key) < index;
    complain(`tags.${id}`, twice ? missing.tagTwice : complaintAboutTag(key, value, checks));
  }
  if (tags.length > MOST_TAGS) complain('tags', checks.tooManyTags(MOST_TAGS));
  for (const parameter of parameters) {
    const { key } = parameter;
    if (sealed[key] !== undefined) continue;
    if (draft.unsealed.includes(key)) complain(`parameters.${key}`, secret.unsealed);
    complain(`parameters.${key}`, complaintAbout(parameter, values[key], { patternCheck, words: checks }));
  }
  if (offer !== undefined && described !== undefined && account !== '' && region !== '') {
    const { problems } = checkRules(
      rulesFor(offer, described),
      ruleValues(parameters, values, { account, region }),
      checks,
    );
    for (const { field, message } of problems) complain(field, sentence(oneLine(message)));
  }
  const characters = JSON.stringify(JSON.stringify(form)).length;
  if (characters > MAX_CHARACTERS) complain('form', missing.tooLong(characters, MAX_CHARACTERS));
  return { form, complaints };
};

/** What a product's name makes, until somebody names it otherwise. */
export const proposedName = (product: string): string =>
  product
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._ -]/g, '')
    .trim()
    .replace(/ +/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .toLowerCase()
    .slice(0, 100);

/** A complaint stands behind a name in a comment, and alone at a field. */
const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
