import { createHash } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json';
import type { GateId } from '../contract/gate';
import type { GateProperties } from './gate-event';

/**
 * One approval's name: the stack, the handle that it waits at, and what the stack makes of the template. A repeated event
 * gives the same, and whatever would be another decision gives another.
 */
export const gateIdOf = (stackId: string, properties: GateProperties): GateId => {
  const { Handle, Parameters, Product, Template } = properties;
  return `gate-${sha256([stackId, Handle, sha256({ Parameters, Product, Template })]).slice(0, 40)}`;
};

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
