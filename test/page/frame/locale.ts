import { usePreference } from './preferences';

/** Languages that somebody may have Jira in. */
export const LOCALES = [
  { locale: 'en-US', label: 'English' },
  { locale: 'de-DE', label: 'German' },
] as const;

export const useLocale = (): readonly [string, (locale: string) => void] => {
  const [kept, keep] = usePreference('gatehouse.locale');
  return [LOCALES.find(({ locale }) => locale === kept)?.locale ?? 'en-US', keep];
};
