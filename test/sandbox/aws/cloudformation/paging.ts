import { validationError } from './refusals';

interface Page<Item> {
  readonly page: readonly Item[];
  readonly next: string | undefined;
}

export const paged = <Item>(items: readonly Item[], token: string | undefined, size: number): Page<Item> => {
  const from = token === undefined ? 0 : positionIn(token);
  return {
    page: items.slice(from, from + size),
    next: from + size < items.length ? tokenOf(from + size) : undefined,
  };
};

export const pagedFromEnd = <Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
): Page<Item> => {
  const end = token === undefined ? items.length : positionIn(token);
  const start = Math.max(0, end - size);
  return { page: items.slice(start, end).reverse(), next: start > 0 ? tokenOf(start) : undefined };
};

const tokenOf = (position: number): string => Buffer.from(`position ${position}`).toString('base64url');

const positionIn = (token: string): number => {
  const position = /^position (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (position === undefined) throw validationError('NextToken is not valid');
  return Number(position);
};
