import type { ApprovedOperation } from '../../../aws-bridge/contract/messages';
import { anApprovedOperation } from '../../builders/orders';
import { answerAtOnce, type QuickAws } from '../quick-aws';
import { createQuickExecutions, type DurableFunction } from '../quick-executions';
import { skipShortPauses } from './quick-timers';

/** Runs an operation from its launch to the last word to the app, with everything around it answering at once. */
export type RunOperation = (operation: ApprovedOperation) => Promise<void>;

export const quickWorld = () => {
  skipShortPauses();
  const executions = createQuickExecutions();
  const aws = answerAtOnce({ CheckpointDurableExecution: executions.checkpoint });
  return { executions, aws };
};

export const onExecutions =
  (executions: ReturnType<typeof createQuickExecutions>, handler: DurableFunction): RunOperation =>
  async (operation) => {
    await executions.runToEnd(handler, operation.operationId, operation);
  };

/** The nth of many operations that differ in their id. */
export const theOperation = (n: number): ApprovedOperation =>
  anApprovedOperation({ operationId: `launch-10042-${String(n).padStart(16, '0')}` });

/**
 * What a warm operation asks AWS and the app for, in whatever order: both sides of the comparison have to ask the same.
 * Checkpoints are counted apart: the durable SDK puts several updates into one where it can.
 */
export const asksOf = async (
  aws: QuickAws,
  run: RunOperation,
): Promise<{ readonly calls: string; readonly checkpoints: number }> => {
  await run(theOperation(1));
  aws.takeAsked();
  await run(theOperation(2));
  const asked = aws.takeAsked();
  const calls = asked.filter((operation) => operation !== CHECKPOINT);
  return { calls: [...calls].sort().join(' '), checkpoints: asked.length - calls.length };
};

const CHECKPOINT = 'CheckpointDurableExecution';
