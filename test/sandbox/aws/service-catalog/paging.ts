import { AwsError } from '../service';

/** What the service shows when a request does not say how much it wants. */
const ownPageSize = 20;

export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | undefined;
}

/**
 * One page of a list. The token is opaque to callers: it says which list it belongs to and where to go on.
 * @throws AwsError `ValidationException` for a token that was not given out for this list
 */
export const pageOf = <Item>(
  list: string,
  items: readonly Item[],
  request: { readonly PageSize?: number | undefined; readonly PageToken?: string | undefined },
): Page<Item> => {
  const start = request.PageToken === undefined ? 0 : startOf(list, request.PageToken);
  const end = start + (request.PageSize ? request.PageSize : ownPageSize);
  return { items: items.slice(start, end), next: end < items.length ? tokenFor(list, end) : undefined };
};

const tokenFor = (list: string, start: number): string =>
  Buffer.from(JSON.stringify([list, start])).toString('base64url');

const startOf = (list: string, token: string): number => {
  const [, start] = /^\["[^"]*",(\d+)\]$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (start === undefined || tokenFor(list, Number(start)) !== token)
    throw new AwsError('ValidationException', 'The page token is not valid.');
  return Number(start);
};
