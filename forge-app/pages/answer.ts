/** What a page's call comes to. It crosses the wire as JSON. */
export type Answer<Value> = { readonly outcome: 'ok'; readonly value: Value } | Refusal;

/**
 * Why the server did not do it. The page has the words for each code; `detail` is for whoever can put it right.
 *
 * - `signed-out`: nobody is signed in
 * - `not-yours`: whoever asks may not see or do this; something that does not exist is answered like this, too
 * - `not-set-up`: the project does not use Gatehouse, or its settings cannot be read
 * - `invalid`: what was sent cannot be used; `problems` says what, field by field
 * - `changed`: it is not any more as the page showed it, so that the state forbids what was asked
 * - `unavailable`: Jira, the app's storage or the bridge did not answer now; asking again may help
 */
export interface Refusal {
  readonly outcome: 'refused';
  readonly code: 'signed-out' | 'not-yours' | 'not-set-up' | 'invalid' | 'changed' | 'unavailable';
  readonly detail?: string;
  readonly problems?: readonly { readonly field: string; readonly message: string }[];
}

export const ok = <Value>(value: Value): Answer<Value> => ({ outcome: 'ok', value });

export const refused = (code: Refusal['code'], more: Omit<Refusal, 'outcome' | 'code'> = {}): Refusal => ({
  outcome: 'refused',
  code,
  ...more,
});
