import { type OpenSealed, SealedValueNotOpened } from '../open-sealed';
import { HandleNotOpened, type OpenHandle } from './gate-ports';

/** Opens handles, each for its own gate. */
export const createOpenHandle =
  (openSealed: OpenSealed): OpenHandle =>
  async ({ gate, sealedHandle }) => {
    try {
      return await openSealed(sealedHandle, gate.gateId);
    } catch (error) {
      throw error instanceof SealedValueNotOpened ? new HandleNotOpened() : error;
    }
  };
