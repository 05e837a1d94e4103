import { invoke } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Refusal } from '../pages/answer';

/**
 * Asks the resolver of the page. A call that does not come back at all is answered like one that says `unavailable`.
 * @param name as the page's calls name it
 */
export const call = async <Value>(name: string, payload: object = {}): Promise<Answer<Value>> => {
  try {
    return await invoke<Answer<Value>>(name, payload);
  } catch {
    return { outcome: 'refused', code: 'unavailable' };
  }
};

/** What a page knows of something that it asked for. What was known before stays in `value` while it is asked for anew. */
export interface Asked<Value> {
  readonly value: Value | undefined;
  /** Why the newest attempt came to nothing. */
  readonly refusal: Refusal | undefined;
  readonly asking: boolean;
  readonly again: () => Promise<void>;
}

/**
 * Asks when the page opens, whenever the payload changes, and at intervals while there is more to come.
 * @param every milliseconds until it is asked for anew; null where it does not change by itself
 */
export const useAnswer = <Value>(
  name: string,
  payload: object = {},
  every: (value: Value | undefined) => number | null = () => null,
): Asked<Value> => {
  const [state, setState] = useState<Omit<Asked<Value>, 'again'>>({
    value: undefined,
    refusal: undefined,
    asking: true,
  });
  const asked = JSON.stringify(payload);
  const newest = useRef(0);

  const again = useCallback(async () => {
    const turn = ++newest.current;
    setState((before) => ({ ...before, asking: true }));
    const answer = await call<Value>(name, JSON.parse(asked) as object);
    // An answer that was overtaken says nothing any more.
    if (turn !== newest.current) return;
    setState((before) =>
      answer.outcome === 'ok'
        ? { value: answer.value, refusal: undefined, asking: false }
        : { value: answer.code === 'unavailable' ? before.value : undefined, refusal: answer, asking: false },
    );
  }, [name, asked]);

  useEffect(() => {
    void again();
    return () => {
      newest.current += 1;
    };
  }, [again]);

  const pause = every(state.value);
  useEffect(() => {
    if (pause === null || state.asking) return undefined;
    const timer = setTimeout(() => void again(), pause);
    return () => clearTimeout(timer);
  }, [pause, state, again]);

  return { ...state, again };
};
