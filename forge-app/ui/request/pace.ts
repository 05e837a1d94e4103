import type { CustomerView, Opened } from '../../pages/request/view';

/** Milliseconds between looks while AWS is at work, and while people are waited for. */
const AT_WORK = 5_000;
const FOR_PEOPLE = 15_000;
/** The same after an end from which people can have it go on. */
const AFTER_END = 30_000;
const REVERSIBLE: readonly CustomerView['state'][] = ['failed', 'refused', 'lost', 'withdrawn'];

/** Milliseconds until a request is looked at again; null where nothing more comes by itself. */
export const pace = (view: Opened<CustomerView> | undefined): number | null => {
  if (view === 'soon') return AT_WORK;
  if (!view) return null;
  if (view.ended) return REVERSIBLE.includes(view.state) ? AFTER_END : null;
  return view.waitsForPeople ? FOR_PEOPLE : AT_WORK;
};
