import type { Choices, ChoosableType } from '../../../aws-bridge/contract/choices';

/**
 * What the form sends with `order-form.choices`, once somebody has chosen an account: never when it opens. `not-yours`
 * answers an account that they may not use; `unavailable` that nobody could be asked, so that text is all there is.
 */
export interface ChoicesAsked {
  readonly productId: string;
  readonly account: string;
  readonly region: string;
  /** Each once; `choosableType` tells which of them a parameter's type needs. */
  readonly types: readonly ChoosableType[];
}

/** What there is of each type that was asked for, in that order. */
export interface ChoicesShown {
  readonly choices: readonly Choices[];
}
