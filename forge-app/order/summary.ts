import type { OrderProblem } from './order-problem';

/** The comment for the reporter of an order that was refused. */
export declare const refusalComment: (problems: readonly OrderProblem[]) => string;
