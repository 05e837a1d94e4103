/** Regions that every account has. Others are there only once an account has asked for them, which none of these has. */
const EVERYBODYS = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

export const isEnabled = (region: string): boolean => EVERYBODYS.has(region);

/** As AWS writes the id of a zone, such as `euw1-az1`, which is the same for all accounts. */
export const zoneIdOf = (region: string, zone: number): string => {
  const [area = '', direction = '', number = ''] = region.split('-');
  const short = direction.replace(/(north|south)?(east|west|central)?/, (_, ns?: string, ew?: string) =>
    [ns, ew].map((word) => word?.charAt(0) ?? '').join(''),
  );
  return `${area}${short}${number}-az${zone + 1}`;
};
