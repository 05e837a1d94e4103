import { NotModelled } from '../service';

/**
 * Properties of which a change makes another physical resource, by type; all others change in place. They are the
 * `createOnlyProperties` of the types' schemas in the CloudFormation registry.
 */
const REPLACING: Readonly<Record<string, readonly string[] | undefined>> = {
  'AWS::CloudFront::Distribution': [],
  'AWS::CloudFront::Function': ['Name'],
  'AWS::CloudFront::OriginAccessControl': [],
  'AWS::CloudFront::ResponseHeadersPolicy': [],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::EC2::EIP': ['Domain'],
  'AWS::EC2::Instance': ['BlockDeviceMappings', 'ImageId', 'KeyName', 'NetworkInterfaces', 'SubnetId'],
  'AWS::EC2::InternetGateway': [],
  'AWS::EC2::NatGateway': ['AllocationId', 'SubnetId'],
  'AWS::EC2::Route': ['DestinationCidrBlock', 'RouteTableId'],
  'AWS::EC2::RouteTable': ['VpcId'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'GroupName', 'VpcId'],
  'AWS::EC2::Subnet': ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  'AWS::EC2::SubnetRouteTableAssociation': ['RouteTableId', 'SubnetId'],
  'AWS::EC2::VPC': ['CidrBlock'],
  'AWS::EC2::VPCGatewayAttachment': ['VpcId'],
  'AWS::IAM::InstanceProfile': ['InstanceProfileName', 'Path'],
  'AWS::IAM::Role': ['Path', 'RoleName'],
  'AWS::KMS::Key': [],
  'AWS::RDS::DBInstance': [
    'DBInstanceIdentifier',
    'DBName',
    'DBSubnetGroupName',
    'MasterUsername',
    'StorageEncrypted',
  ],
  'AWS::RDS::DBParameterGroup': ['DBParameterGroupName', 'Description', 'Family'],
  'AWS::RDS::DBSubnetGroup': ['DBSubnetGroupName'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::SNS::Subscription': ['Endpoint', 'Protocol', 'TopicArn'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::SNS::TopicPolicy': [],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SQS::QueuePolicy': [],
};

/** @throws NotModelled for a type of which the stand-in does not know how it is updated */
export const replacingProperties = (type: string): readonly string[] => {
  const properties = REPLACING[type];
  if (!properties) throw new NotModelled(`updates of resources of type ${type}`);
  return properties;
};
