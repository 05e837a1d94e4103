import type { Context } from './context';
import type { PolicyDocument } from './role';

/**
 * The simulation takes a key with a name of the request's own in it only where that name follows a slash, and leaves
 * out `kms:EncryptionContext:NAME`. Under another name, the same in policies and in requests, it weighs it as well.
 */
const STAND_IN = 'aws:RequestTag/kms:EncryptionContext:';
const KEY = /^kms:EncryptionContext:/i;

const cleared = new WeakMap<PolicyDocument, PolicyDocument>();

const renamed = (given: unknown): unknown => {
  if (Array.isArray(given)) return given.map(renamed);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.replace(KEY, STAND_IN), renamed(value)]),
  );
};

/** A policy as the simulation weighs all of its conditions. */
export const simulatedPolicy = (document: PolicyDocument): PolicyDocument => {
  const known = cleared.get(document);
  if (known) return known;
  const policy = renamed(document) as PolicyDocument;
  cleared.set(document, policy);
  return policy;
};

/** What is there of a request's context, as the simulation takes it. */
export const simulatedContext = (context: Context): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      value === undefined
        ? []
        : [[key.replace(KEY, STAND_IN), typeof value === 'string' ? value : [...value]]],
    ),
  );
