import * as z from 'zod/mini';
import {
  Catalog,
  type CatalogAnswer,
  Parameter,
  Product,
  Version,
  VersionDescription,
} from '../../aws-bridge/contract/catalog';

export const aParameter = (overrides: Partial<Parameter> = {}): Parameter =>
  Parameter.parse({ key: 'BucketPurpose', type: 'String', noEcho: false, ...overrides });

export const aVersionDescription = (overrides: Partial<VersionDescription> = {}): VersionDescription =>
  VersionDescription.parse({
    parameters: [aParameter({ label: 'What the bucket is for' })],
    resourceTypes: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
    capabilities: [],
    ...overrides,
  });

export const aVersion = (overrides: Partial<Version> = {}): Version =>
  Version.parse({
    id: 'pa-bucketv1',
    name: 'v1',
    createdAt: '2026-01-02T10:00:00.000Z',
    guidance: 'DEFAULT',
    active: true,
    described: aVersionDescription(),
    ...overrides,
  });

/** A version whose description has not arrived. */
export const anUndescribedVersion = (overrides: Partial<Omit<Version, 'described'>> = {}): Version =>
  z.omit(Version, { described: true }).parse({
    id: 'pa-bucketv1',
    name: 'v1',
    createdAt: '2026-01-02T10:00:00.000Z',
    guidance: 'DEFAULT',
    active: true,
    ...overrides,
  });

export const aProduct = (overrides: Partial<Product> = {}): Product =>
  Product.parse({
    id: 'prod-bucket',
    region: 'eu-west-1',
    name: 'Private bucket',
    owner: 'Cloud platform',
    type: 'CLOUD_FORMATION_TEMPLATE',
    constraints: [],
    versions: [aVersion()],
    ...overrides,
  });

export const aCatalog = (overrides: Partial<Catalog> = {}): Catalog =>
  Catalog.parse({
    revision: 'revision-1',
    products: [aProduct()],
    ...overrides,
  });

export const aChangedCatalog = (overrides: Partial<Catalog> = {}): CatalogAnswer => ({
  changed: true,
  catalog: aCatalog(overrides),
});
