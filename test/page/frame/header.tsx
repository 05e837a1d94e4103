import type { PersonName } from '../../sandbox/site';
import { LOCALES, useLocale } from './locale';
import { nameOf, PEOPLE, spacesOf } from './people';
import { go, hrefOf, type Place } from './place';
import { TimeControl } from './time-control';

/** Who is looking, in which language: what decides on all that is shown. */
const Switches = ({ place }: { readonly place: Place }) => {
  const [locale, setLocale] = useLocale();
  const become = (person: PersonName): void => {
    const stays = spacesOf(person).includes(place.space) && place.space === 'aws';
    const [start = 'portal'] = spacesOf(person);
    go(stays ? { ...place, person } : { person, space: start, parts: [] });
  };
  return (
    <div className="switches">
      <label>
        <span>You are</span>
        <select
          value={place.person}
          onChange={(event) => {
            const chosen = PEOPLE.find(({ name }) => name === event.currentTarget.value);
            if (chosen) become(chosen.name);
          }}
        >
          {PEOPLE.map(({ name, label, does }) => (
            <option key={name} value={name}>
              {label} ({does})
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="hidden">Language</span>
        <select value={locale} onChange={(event) => setLocale(event.currentTarget.value)}>
          {LOCALES.map(({ locale: one, label }) => (
            <option key={one} value={one}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};

export const Header = ({ place }: { readonly place: Place }) => (
  <header className="header">
    <div className="header-row">
      <a
        className="brand"
        href={hrefOf({ ...place, space: spacesOf(place.person)[0] ?? 'portal', parts: [] })}
      >
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" />
          <path d="M8 25V13a8 8 0 0 1 16 0v12h-4V13a4 4 0 0 0-8 0v12z" />
        </svg>
        <span>Gatehouse</span>
        <span className="brand-more">sandbox</span>
      </a>
      <Switches place={place} />
      <TimeControl />
    </div>
    <nav aria-label="Places">
      <ul>
        {spacesOf(place.person).map((space) => (
          <li key={space}>
            <a
              href={hrefOf({ person: place.person, space, parts: [] })}
              aria-current={space === place.space ? 'page' : undefined}
            >
              {nameOf(space)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  </header>
);
