import { awsConfiguration, required } from '../../../../aws-bridge/runtime/environment';

const env = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};

test.each([{}, { SITE_ID: '' }])('a setting that is missing or empty is named (%j)', (given) => {
  expect(() => required(given, 'SITE_ID')).toThrow('SITE_ID');
});

test("clients make one attempt, with the function's own credentials", () => {
  expect(awsConfiguration(env)).toMatchObject({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    maxAttempts: 1,
  });
  expect(awsConfiguration(env)).not.toHaveProperty('endpoint');
});

test("a service's own endpoint goes before the general one", () => {
  const endpoints = { ...env, AWS_ENDPOINT_URL: 'http://general', AWS_ENDPOINT_URL_LAMBDA: 'http://lambda' };
  expect(awsConfiguration(endpoints, 'LAMBDA').endpoint).toBe('http://lambda');
  expect(awsConfiguration(endpoints, 'STS').endpoint).toBe('http://general');
  expect(awsConfiguration(endpoints).endpoint).toBe('http://general');
});
