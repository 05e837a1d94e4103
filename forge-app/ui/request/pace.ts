import type { CustomerView } from '../../pages/request/view';

/** Milliseconds between looks while AWS is at work, and while people are waited for. */
const AT_WORK = 5_000;
const FOR_PEOPLE = 30_000;

/** Milliseconds until a request is looked at again; null where nothing more comes by itself. */
export const pace = (view: CustomerView | null | undefined): number | null => {
  if (!view || view.ended) return null;
  return view.waitsForPeople ? FOR_PEOPLE : AT_WORK;
};
