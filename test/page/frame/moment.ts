const FORMAT = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  timeZone: 'Europe/Berlin',
});
const SHORT = new Intl.DateTimeFormat('en-GB', {
  ...{
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
  timeZone: 'Europe/Berlin',
});
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  timeZone: 'Europe/Berlin',
});

/** A moment of simulated time, as everybody on the site reads it: in the site's time zone. @param iso ISO 8601 */
export const moment = (iso: string): string => (iso === '' ? '' : FORMAT.format(new Date(iso)));
/** With seconds, for the page's clock. */
export const instant = (iso: string): string => SHORT.format(new Date(iso));
/** Hours, minutes and seconds, for what happens within minutes. */
export const ofDay = (iso: string): string => CLOCK.format(new Date(iso));
