import { existsSync } from 'node:fs';
import type { Configuration } from './configuration';
import { ConfigurationRefused, readConfiguration } from './read-configuration';

export const CONFIGURATION = 'gatehouse.yml';
export const EXAMPLE = 'gatehouse.example.yml';

interface Choice {
  /** A file that somebody named; otherwise gatehouse.yml. */
  readonly file: string | undefined;
  /** Whether what is built is going to be deployed, so that an example will not do. */
  readonly toDeploy: boolean;
  /** Told what was taken instead. */
  readonly tell: (message: string) => void;
}

/** @throws ConfigurationRefused where the file is missing or wrong, or an example is about to be deployed. */
export const chooseConfiguration = ({ file, toDeploy, tell }: Choice): Configuration => {
  if (!toDeploy && file === undefined && !existsSync(CONFIGURATION)) {
    tell(`There is no ${CONFIGURATION}, so this is ${EXAMPLE}: good to look at, not to deploy.`);
    return readConfiguration(EXAMPLE);
  }
  const configuration = readConfiguration(file ?? CONFIGURATION);
  const example = readConfiguration(EXAMPLE).organization.id;
  if (toDeploy && configuration.organization.id === example)
    throw new ConfigurationRefused(
      `${file ?? CONFIGURATION}: organization.id is ${JSON.stringify(example)}, the organization of ${EXAMPLE}, which does not exist; write your own`,
    );
  return configuration;
};
