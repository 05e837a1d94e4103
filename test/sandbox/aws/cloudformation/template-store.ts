import { AwsError } from '../service';
import type { Template, TemplateStore } from '../stacks';

/** Templates by URL, as they would lie in S3. */
export const createTemplateStore = (): TemplateStore => {
  const templates = new Map<string, { readonly template: Template; readonly text: string | undefined }>();
  const at = (url: string) => {
    const found = templates.get(url);
    if (!found) throw new AwsError('ValidationError', 'S3 error: The specified key does not exist.');
    return found;
  };
  return {
    put: (url, template, text) => void templates.set(url, { template, text }),
    get: (url) => at(url).template,
    text: (url) => {
      const { template, text = JSON.stringify(template) } = at(url);
      return text;
    },
  };
};
