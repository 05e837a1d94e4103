import { createHash } from 'node:crypto';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import type { Digest } from '../../aws-bridge/contract/order';
import { type OrderForm, readOrderForm } from '../order/order-form';

/** @throws NotCanonical where the form holds what cannot be written in one way only */
export const formDigest = (form: OrderForm): Digest =>
  createHash('sha256').update(canonicalJson(form)).digest('hex');

/** Whether a request's property still holds the order that was fixed. */
export const holdsForm = (propertyValue: unknown, digest: Digest): boolean => {
  const reading = readOrderForm(propertyValue);
  if (reading.outcome !== 'read') return false;
  try {
    return formDigest(reading.form) === digest;
  } catch {
    return false;
  }
};
