import type { Effect } from '../../../../forge-app/request/record';

/** What each effect is, as far as people or the bridge notice: kind, id, and of comments for whom. */
export const seen = (effects: readonly Effect[]): string[] =>
  effects.map((effect) =>
    [effect.kind, effect.id, ...(effect.kind === 'comment' ? [effect.audience] : [])].join(' '),
  );
