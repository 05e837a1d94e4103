import { AwsError } from '../service';

/** A page of a list; the marker is the position of what comes next. */
export const page = <Item>(
  items: readonly Item[],
  marker: string | undefined,
  size: number,
): { items: Item[]; NextMarker: string | undefined } => {
  const from = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidParameterValueException', 'Invalid Marker');
  const to = from + size;
  return {
    items: items.slice(from, to),
    NextMarker: to < items.length ? Buffer.from(String(to)).toString('base64url') : undefined,
  };
};
