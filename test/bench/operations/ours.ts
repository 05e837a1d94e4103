import { composeOperation } from '../../../aws-bridge/operation/compose';
import { ENVIRONMENT } from '../quick-aws';
import type { createQuickExecutions } from '../quick-executions';
import { onExecutions, type RunOperation } from './operation';

export const createOurs = (executions: ReturnType<typeof createQuickExecutions>): RunOperation =>
  onExecutions(
    executions,
    composeOperation(ENVIRONMENT, undefined, () => undefined),
  );
