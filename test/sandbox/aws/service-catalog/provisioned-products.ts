import type {
  ProvisionedProductAttribute,
  ProvisionedProductDetail,
  ProvisionedProductStatus,
  RecordDetail,
  RecordOutput,
  RecordStatus,
} from '@aws-sdk/client-service-catalog';
import type { Home, Product, Version } from './catalog';
import type { Tag } from './shapes';

/** What a request asks for: the provisioned product is it from then on that the request has succeeded. */
export interface Asked {
  product: Product;
  version: Version;
  pathId: string;
  launchRoleArn: string | undefined;
  tags: readonly Tag[];
  /** Values by key, also those that are NoEcho; what is not here has its default. */
  parameters: Readonly<Record<string, string>>;
}

/** What was launched: it keeps its name in its account until it is terminated. */
export interface ProvisionedProduct extends Home, Asked {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly token: string;
  readonly roleArn: string;
  readonly sessionArn: string;
  status: ProvisionedProductStatus;
  statusMessage: string | undefined;
  /** The CloudFormation stack, once there is one. */
  stackId: string | undefined;
  outputs: RecordOutput[];
  lastRecordId: string;
  lastSuccessfulRecordId: string | undefined;
  terminated: boolean;
}

/** One request on a provisioned product, and what became of it. Records stay when the product has gone. */
export interface ProvisionRecord {
  readonly id: string;
  readonly type: 'PROVISION_PRODUCT' | 'UPDATE_PROVISIONED_PRODUCT' | 'TERMINATE_PROVISIONED_PRODUCT';
  readonly of: ProvisionedProduct;
  readonly asked: Asked;
  readonly sessionArn: string;
  readonly roleArn: string;
  readonly createdAt: Date;
  updatedAt: Date;
  status: RecordStatus;
  errors: { Code: string; Description: string }[];
  outputs: RecordOutput[];
}

/** Everything that was launched from here, and every request. An account sees its own in its region. */
export interface Inventory {
  readonly products: Map<string, ProvisionedProduct>;
  readonly records: Map<string, ProvisionRecord>;
}

export const productsOf = (inventory: Inventory, { account, region }: Home): ProvisionedProduct[] =>
  [...inventory.products.values()].filter(
    (product) => product.account === account && product.region === region && !product.terminated,
  );

export const recordsOf = (inventory: Inventory, { account, region }: Home): ProvisionRecord[] =>
  [...inventory.records.values()].filter(
    (record) => record.of.account === account && record.of.region === region,
  );

/** A request that begins now. */
export const newRecord = (
  request: Pick<ProvisionRecord, 'id' | 'type' | 'of' | 'asked'>,
  caller: Pick<ProvisionRecord, 'roleArn' | 'sessionArn'>,
  at: Date,
): ProvisionRecord => ({
  ...request,
  ...{ roleArn: caller.roleArn, sessionArn: caller.sessionArn, createdAt: at, updatedAt: at },
  ...{ status: 'CREATED', errors: [], outputs: [] },
});

export const askedOf = ({
  product,
  version,
  pathId,
  launchRoleArn,
  tags,
  parameters,
}: ProvisionedProduct): Asked => ({ product, version, pathId, launchRoleArn, tags, parameters });

export const provisionedProductArn = ({ region, account, name, id }: ProvisionedProduct): string =>
  `arn:aws:servicecatalog:${region}:${account}:stack/${name}/${id}`;

/** The name of a provisioned product's CloudFormation stack. */
export const stackNameOf = ({ account, id }: { readonly account: string; readonly id: string }): string =>
  `SC-${account}-${id}`;

const shared = (product: ProvisionedProduct) => ({
  Name: product.name,
  Arn: provisionedProductArn(product),
  Type: product.type,
  Id: product.id,
  Status: product.status,
  StatusMessage: product.statusMessage,
  CreatedTime: product.createdAt,
  IdempotencyToken: product.token,
  LastRecordId: product.lastRecordId,
  LastProvisioningRecordId: product.lastRecordId,
  LastSuccessfulProvisioningRecordId: product.lastSuccessfulRecordId,
  ProductId: product.product.id,
  ProvisioningArtifactId: product.version.id,
});

export const provisionedProductDetail = (product: ProvisionedProduct): ProvisionedProductDetail => ({
  ...shared(product),
  LaunchRoleArn: product.launchRoleArn,
});

/** The same, as a search finds it: with who launched it, and without the launch role. */
export const provisionedProductAttribute = (product: ProvisionedProduct): ProvisionedProductAttribute => ({
  ...shared(product),
  Tags: [...product.tags],
  PhysicalId: product.stackId,
  ProductName: product.product.name,
  ProvisioningArtifactName: product.version.name,
  UserArn: product.roleArn,
  UserArnSession: product.sessionArn,
});

export const recordDetail = (record: ProvisionRecord): RecordDetail => ({
  RecordId: record.id,
  ProvisionedProductName: record.of.name,
  Status: record.status,
  CreatedTime: record.createdAt,
  UpdatedTime: record.updatedAt,
  ProvisionedProductType: record.of.type,
  RecordType: record.type,
  ProvisionedProductId: record.of.id,
  ProductId: record.asked.product.id,
  ProvisioningArtifactId: record.asked.version.id,
  PathId: record.asked.pathId,
  RecordErrors: [...record.errors],
  RecordTags: [...record.asked.tags],
  LaunchRoleArn: record.asked.launchRoleArn,
});
