import { useEffect, useRef, useState } from 'react';
import type { PersonName } from '../../sandbox/site';
import type { Act } from '../acts/act';
import { useVersion } from './live';

/** The sandbox, Jira or AWS did not do it; the message says why, in the words of whoever refused. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws Refused for every answer that is no success */
const answered = async <Value>(asked: Promise<Response>): Promise<Value> => {
  const response = await asked.catch(() => {
    throw new Refused(0, 'The sandbox does not answer. Is "npm start" still running?');
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, wordsOf(text));
  return (text === '' ? undefined : JSON.parse(text)) as Value; // the page's own server, in one build with it
};

/** As Jira, its service desk, or this page's server say why. */
const wordsOf = (text: string): string => {
  try {
    const said = JSON.parse(text) as {
      message?: string;
      errorMessage?: string;
      errorMessages?: string[];
    } | null;
    return said?.message ?? said?.errorMessage ?? said?.errorMessages?.join(' ') ?? text;
  } catch {
    return text;
  }
};

export const ask = <Value>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Value> =>
  answered(fetch(`${path}?${new URLSearchParams(query).toString()}`));

export const tell = <Value>(path: string, body: object): Promise<Value> =>
  answered(
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

/** Does something as somebody. @throws Refused where whoever it was asked of refuses it */
export const act = async <Value>(what: Act): Promise<Value> => {
  const { status, body } = await tell<{ status: number; body: Value }>('/api/act', what);
  if (status < 200 || status > 299) throw new Refused(status, wordsOf(JSON.stringify(body ?? '')));
  return body;
};

/** What is known of something that changes. */
export interface Known<Value> {
  readonly value: Value | undefined;
  readonly problem: Refused | undefined;
}

/** Asks when it is first shown, and again whenever anything changed. What was known stays while it is asked for anew. */
export const useLive = <Value>(path: string, query: Readonly<Record<string, string>> = {}): Known<Value> => {
  const version = useVersion();
  const asked = JSON.stringify([path, query]);
  const [state, setState] = useState<Known<Value> & { of: string }>({
    ...{ value: undefined, problem: undefined, of: asked },
  });
  const newest = useRef(0);
  useEffect(() => {
    const turn = ++newest.current;
    const [where, what] = JSON.parse(asked) as [string, Record<string, string>]; // written so above
    ask<Value>(where, what).then(
      (value) => {
        if (turn === newest.current) setState({ value, problem: undefined, of: asked });
      },
      (error: unknown) => {
        if (turn !== newest.current) return;
        const problem = error instanceof Refused ? error : new Refused(0, String(error));
        setState((before) => ({ value: before.of === asked ? before.value : undefined, problem, of: asked }));
      },
    );
  }, [asked, version]);
  return state.of === asked ? state : { value: undefined, problem: undefined };
};

/** What the Jira site answers somebody. @param path of its REST API, with its query */
export const useJira = <Value>(as: PersonName, path: string): Known<Value> =>
  useLive<Value>('/api/jira', { as, path });
