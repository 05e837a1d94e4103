/** What a template creates of one AWS service. */
export interface CreatedByService {
  /** Empty for types that are none of AWS's. */
  readonly service: string;
  readonly types: readonly { readonly name: string; readonly count: number }[];
}

/** `AWS::EC2::Subnet` is a `Subnet` of `EC2`; others keep their full name. Services and types come in alphabetical order. */
export const createdByService = (resourceTypes: readonly string[]): readonly CreatedByService[] => {
  const services = new Map<string, Map<string, number>>();
  for (const type of [...resourceTypes].sort()) {
    const [, service = '', name = type] = /^AWS::([^:]+)::(.+)$/.exec(type) ?? [];
    const types = services.get(service) ?? new Map<string, number>();
    services.set(service, types.set(name, (types.get(name) ?? 0) + 1));
  }
  return [...services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, types]) => ({ service, types: [...types].map(([name, count]) => ({ name, count })) }));
};
