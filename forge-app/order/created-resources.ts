/** What a template creates of one AWS service. */
export interface CreatedByService {
  /** Empty for types that are none of AWS's. */
  readonly service: string;
  readonly types: readonly { readonly name: string; readonly count: number }[];
}

/** How many resources of each type there are. */
export const countedByType = (resourceTypes: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const type of resourceTypes) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

/**
 * `AWS::EC2::Subnet` is a `Subnet` of `EC2`; others keep their full name and come last. Services and types come in
 * alphabetical order.
 * @param resources how many there are of each type
 */
export const createdByService = (
  resources: Readonly<Record<string, number>>,
): readonly CreatedByService[] => {
  const services = new Map<string, { readonly name: string; readonly count: number }[]>();
  for (const [type, count] of Object.entries(resources).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [, service = '', name = type] = /^AWS::([^:]+)::(.+)$/.exec(type) ?? [];
    services.set(service, [...(services.get(service) ?? []), { name, count }]);
  }
  return [...services]
    .sort(([a], [b]) => (a !== '' && (b === '' || a < b) ? -1 : 1))
    .map(([service, types]) => ({ service, types }));
};
