/** Whose bridge stands in a world: ours, or one of the benchmarks' baselines. */
export const BRIDGES = ['gatehouse', 'single file', 'powertools'] as const;
export type Bridge = (typeof BRIDGES)[number];
export type Baseline = Exclude<Bridge, 'gatehouse'>;
