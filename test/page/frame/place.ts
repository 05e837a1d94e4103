import { useSyncExternalStore } from 'react';
import type { PersonName } from '../../sandbox/site';
import { PEOPLE, type Space, spacesOf } from './people';

/** Who looks at what: all that the address says, so that it can be kept, and gone back to. */
export interface Place {
  readonly person: PersonName;
  readonly space: Space;
  /** What in the space: a request's key, an account and a stack. */
  readonly parts: readonly string[];
}

export const hrefOf = ({ person, space, parts }: Place): string =>
  `#/${[person, space, ...parts].map(encodeURIComponent).join('/')}`;

/** @param hash as the address has it; whatever it does not say is where that person starts */
export const placeOf = (hash: string): Place => {
  const [who, where, ...parts] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded);
  const person = PEOPLE.find(({ name }) => name === who)?.name ?? 'employee';
  const [start = 'portal', ...others] = spacesOf(person);
  const space = [start, ...others].find((one) => one === where);
  return space === undefined ? { person, space: start, parts: [] } : { person, space, parts };
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const listen = (told: () => void): (() => void) => {
  window.addEventListener('hashchange', told);
  return () => window.removeEventListener('hashchange', told);
};

export const usePlace = (): Place => placeOf(useSyncExternalStore(listen, () => window.location.hash));

export const go = (place: Place): void => {
  window.location.hash = hrefOf(place);
};

/**
 * Where an address of Jira's, of the portal's or of the AWS console's is in this page, for somebody; undefined for any other
 * address.
 */
export const placeAt = (address: string, person: PersonName): Place | undefined => {
  const url = URL.parse(address, window.location.href);
  if (url === null) return undefined;
  const key = /\/(?:browse|portal\/\d+|queues?\/[^/]+(?:\/[^/]+)?)\/([A-Z][A-Z0-9]*-\d+)/.exec(
    url.pathname,
  )?.[1];
  const spaces = spacesOf(person);
  if (key !== undefined) {
    return { person, space: spaces.includes('queue') ? 'queue' : 'requests', parts: [key] };
  }
  if (/\.console\.aws\.amazon\.com$/.test(url.hostname)) {
    const arn = /stackId=([^&]+)/.exec(decoded(address))?.[1];
    const [, , , , account = '', resource = ''] = (arn ?? '').split(':');
    return {
      person,
      space: 'aws',
      parts: arn === undefined ? [] : [account, 'stacks', resource.split('/')[1] ?? ''],
    };
  }
  return undefined;
};
