import { orderForm as germanOrderForm } from './de/order-form';
import { queue as germanQueue } from './de/queue';
import { request as germanRequest } from './de/request';
import { settings as germanSettings } from './de/settings';
import { shared as germanShared } from './de/shared';
import { orderForm } from './en/order-form';
import { queue } from './en/queue';
import { request } from './en/request';
import { settings } from './en/settings';
import { shared } from './en/shared';

const english = { orderForm, queue, request, settings, shared };

/** Every text of the pages. English says which texts there are; a language that lacks one does not compile. */
export type Texts = typeof english;

const german: Texts = {
  orderForm: germanOrderForm,
  queue: germanQueue,
  request: germanRequest,
  settings: germanSettings,
  shared: germanShared,
};

const LANGUAGES: Readonly<Record<string, Texts>> = { en: english, de: german };

/** @param locale as Jira names it, such as `de_DE` or `en-US`; a language that is not there is read in English */
export const textsFor = (locale: string | undefined): Texts =>
  LANGUAGES[(locale ?? 'en').slice(0, 2).toLowerCase()] ?? english;
