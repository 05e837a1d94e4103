import { connected } from './wires';

/*
 * What stands in for AWS's SDK clients in the simulation: a command reaches the stand-in as the object that it is. Signing
 * and serialising are left out, which the journeys have; the durable SDK above them is the real one.
 */

interface Configuration {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string };
  readonly requestHandler?: unknown;
}

class Client {
  readonly service: string = '';
  readonly config: Configuration;
  constructor(config: Configuration) {
    this.config = config;
  }
  send(command: Command): Promise<object> {
    const { region, credentials } = this.config;
    const operation = command.constructor.name.replace(/Command$/, '');
    return connected().sdk({
      ...{ service: this.service, operation, region },
      input: command.input,
      accessKeyId: credentials.accessKeyId,
    });
  }
}

class Command {
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

export class STSClient extends Client {
  override readonly service = 'sts';
}
export class ServiceCatalogClient extends Client {
  override readonly service = 'servicecatalog';
}
export class CloudFormationClient extends Client {
  override readonly service = 'cloudformation';
}
export class LambdaClient extends Client {
  override readonly service = 'lambda';
}

export class AssumeRoleCommand extends Command {}
export class DescribeProvisionedProductCommand extends Command {}
export class DescribeRecordCommand extends Command {}
export class DescribeStackEventsCommand extends Command {}
export class DescribeStackResourceCommand extends Command {}
export class DescribeStacksCommand extends Command {}
export class ListLaunchPathsCommand extends Command {}
export class ListRecordHistoryCommand extends Command {}
export class ProvisionProductCommand extends Command {}

/** Signs nothing: whoever a request is from is known by its world. */
export class SignatureV4 {
  sign<Request>(request: Request): Promise<Request> {
    return Promise.resolve(request);
  }
}
