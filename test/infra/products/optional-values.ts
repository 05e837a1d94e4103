/**
 * What a person might give where a parameter may stay empty. A validator judges the empty default as if the template
 * used it, although a condition keeps it from doing so.
 */
export const OPTIONAL_VALUES = {
  AlarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
  AllowedSecurityGroup: 'sg-0123456789abcdef0',
  DomainName: 'www.example.com',
};
