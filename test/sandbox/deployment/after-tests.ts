import { rmSync } from 'node:fs';
import { ASSEMBLY } from './sandbox-assembly';

export default (): void => {
  const directory = process.env[ASSEMBLY];
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
};
