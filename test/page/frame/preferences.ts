import { useSyncExternalStore } from 'react';

/** What this browser remembers of the page. */
type Preference = 'gatehouse.locale' | 'gatehouse.tour';

const listeners = new Set<() => void>();

const listen = (told: () => void): (() => void) => {
  listeners.add(told);
  return () => listeners.delete(told);
};

const read = (key: Preference): string | null => {
  try {
    return window.localStorage.getItem(key);
  } catch {
    // A browser that keeps nothing is asked anew each time.
    return null;
  }
};

export const usePreference = (key: Preference): readonly [string | null, (value: string) => void] => {
  const value = useSyncExternalStore(listen, () => read(key));
  const keep = (chosen: string): void => {
    try {
      window.localStorage.setItem(key, chosen);
    } catch {
      // As above.
    }
    for (const told of listeners) told();
  };
  return [value, keep];
};
