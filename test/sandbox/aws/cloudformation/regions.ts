import { ec2IdOf } from './deterministic-ids';

/** The stand-in gives every region three availability zones. */
export const zonesOf = (region: string): readonly string[] =>
  ['a', 'b', 'c'].map((letter) => `${region}${letter}`);

const IMAGE_PARAMETERS = [
  'al2023-ami-kernel-default-x86_64',
  'al2023-ami-minimal-kernel-default-x86_64',
  'al2023-ami-kernel-default-arm64',
].map((name) => `/aws/service/ami-amazon-linux-latest/${name}`);

const imageAt = (region: string, parameter: string): string => ec2IdOf('ami', region, parameter);

/** What a public SSM parameter holds in a region; every account sees the same. */
export const publicParameter = (region: string, name: string): string | undefined =>
  IMAGE_PARAMETERS.includes(name) ? imageAt(region, name) : undefined;

/** Whether an image exists in a region: those that the public parameters name. */
export const isImageOf = (region: string, image: string): boolean =>
  IMAGE_PARAMETERS.some((parameter) => imageAt(region, parameter) === image);

const SIZES: Readonly<Record<string, readonly string[] | undefined>> = {
  t3: ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'],
  m6i: ['large', 'xlarge', '2xlarge', '4xlarge'],
  c6i: ['large', 'xlarge', '2xlarge', '4xlarge'],
};

/** Every region of the sandbox offers the same instance types. */
export const offersInstanceType = (type: string): boolean => {
  const [family = '', size = ''] = type.split('.');
  return SIZES[family]?.includes(size) ?? false;
};
