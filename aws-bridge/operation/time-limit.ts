/** Seconds. */
const FIRST = 15;
/** An event that is lost costs this and a look; all of that is to be over within five minutes. */
const LONGEST = 240;
const AN_HOUR = 3600;
/** Time limits of {@link LONGEST} without anything heard, about half a day, before they become an hour. */
const HALF_A_DAY = 180;

/**
 * How often a record is looked at, at most.
 *
 * An execution has at most 3,000 durable operations, and retries may count. A look takes three (callback, register,
 * describe), so 420 looks leave more than half of them to retries. They last twelve hours with a look every four
 * minutes and ten days with one every hour.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MOST_LOOKS = 420;

/**
 * How many time limits in a row have passed with nothing heard, to begin with. A product on a CloudFormation stack is
 * heard of when it changes; the time limit is then only for an event that gets lost. Of other products nothing will
 * be heard.
 */
export const quietAtFirst = (provisionedProductType: string | undefined): number =>
  provisionedProductType === 'CFN_STACK' ? Math.ceil(Math.log2(LONGEST / FIRST)) : 0;

/** After an event the record follows within seconds, so looks are close together again. */
export const quietAfter = (quiet: number, heard: boolean): number => (heard ? 0 : quiet + 1);

/** How long to wait for an event before looking anyway, in seconds. */
export const timeLimit = (quiet: number): number =>
  quiet > HALF_A_DAY ? AN_HOUR : Math.min(FIRST * 2 ** Math.min(quiet, 16), LONGEST);
