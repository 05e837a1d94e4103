/** One thing that is wrong with an order, in words that its reporter can act on. */
export interface OrderProblem {
  /** The path within the order form, such as `account` or `parameters.VpcCidr`. */
  readonly field: string;
  /** A sentence. It never holds the value of a NoEcho parameter. */
  readonly message: string;
}
