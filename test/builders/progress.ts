import { OperationProgress } from '../../aws-bridge/contract/progress';
import { SITE } from './orders';

export const aProgress = (overrides: Partial<OperationProgress> = {}): OperationProgress =>
  OperationProgress.parse({
    operationId: 'launch-10042-0123456789abcdef',
    site: SITE,
    sequence: 1,
    state: 'provisioning',
    at: '2026-01-15T09:31:00.000Z',
    record: { id: 'rec-0123456789abc', status: 'IN_PROGRESS' },
    outputs: [],
    errors: [],
    ...overrides,
  });
