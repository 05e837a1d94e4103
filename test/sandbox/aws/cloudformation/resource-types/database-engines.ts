interface Engine {
  /** Major versions, the recommended one first. */
  readonly versions: readonly string[];
  readonly port: number;
  readonly logs: readonly string[];
}

/** The engines of RDS that the sandbox's regions offer. */
const ENGINES: Readonly<Record<string, Engine | undefined>> = {
  mariadb: {
    versions: ['11.4', '11.8', '10.11', '10.6'],
    port: 3306,
    logs: ['audit', 'error', 'general', 'slowquery'],
  },
  postgres: {
    versions: ['17', '16', '15', '14'],
    port: 5432,
    logs: ['iam-db-auth-error', 'postgresql', 'upgrade'],
  },
};

/** Engine and version of an instance, and what RDS has for them. */
export interface EngineVersion extends Engine {
  /** Of parameter groups, such as `postgres17`. */
  readonly family: string;
  /** The parameter group that RDS has for the version. */
  readonly settings: string;
  /** The option group that RDS has for the version. */
  readonly options: string;
}

export const isEngine = (engine: string): boolean => ENGINES[engine] !== undefined;

/**
 * @param version major, or major and minor; the recommended one where not given
 * @returns undefined for what RDS does not have
 */
export const engineVersion = (engine: string, version: string | undefined): EngineVersion | undefined => {
  const offered = ENGINES[engine];
  const major = offered?.versions.find(
    (known) => version === undefined || version === known || version.startsWith(`${known}.`),
  );
  if (!offered || major === undefined) return undefined;
  const family = `${engine}${major}`;
  const options = `default:${engine}-${major.replace('.', '-')}`;
  return { ...offered, family, settings: `default.${family}`, options };
};

export const isFamily = (family: string): boolean =>
  Object.entries(ENGINES).some(([engine, offered]) =>
    offered?.versions.some((major) => `${engine}${major}` === family),
  );
