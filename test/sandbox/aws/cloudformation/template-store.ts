import { AwsError } from '../service';
import type { Template, TemplateStore } from '../stacks';

/** Templates by URL, as they would lie in S3. */
export const createTemplateStore = (): TemplateStore => {
  const templates = new Map<string, Template>();
  return {
    put: (url, template) => void templates.set(url, template),
    get: (url) => {
      const template = templates.get(url);
      if (!template) throw new AwsError('ValidationError', 'S3 error: The specified key does not exist.');
      return template;
    },
  };
};
