import { z } from 'zod';
import type { Template } from '../sandbox/aws/stacks';
import type { Assembly } from '../sandbox/deployment/assembly';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((name) => [name]), z.array(z.string())]).optional(),
});
type Resource = z.infer<typeof Resource>;
const Resources = z.record(z.string(), Resource);

/** What an edit makes of a resource; undefined takes it away. */
type Edit = (resource: Resource, logicalId: string) => Resource | undefined;

/**
 * The assembly with resources changed or taken away, in every stack and in the template that goes to the tenants.
 * @throws Error where nothing is different afterwards
 */
export const editing =
  (edit: Edit) =>
  (assembly: Assembly): Assembly => {
    let edited = 0;
    const editTemplate = (template: Template): Template => {
      const before = Resources.parse(template['Resources']);
      const after = Object.entries(before).flatMap(([logicalId, resource]) => {
        const made = edit(resource, logicalId);
        if (made !== resource) edited += 1;
        return made ? [[logicalId, made] as const] : [];
      });
      const left = new Set(after.map(([logicalId]) => logicalId));
      const resources = after.map(([logicalId, resource]) => {
        const { DependsOn: before, ...rest } = resource;
        return [
          logicalId,
          { ...rest, ...(before && { DependsOn: before.filter((name) => left.has(name)) }) },
        ];
      });
      return { ...template, Resources: Object.fromEntries(resources) };
    };
    const result: Assembly = {
      ...assembly,
      stacks: assembly.stacks.map((stack) => ({ ...stack, template: editTemplate(stack.template) })),
      templates: new Map([...assembly.templates].map(([url, template]) => [url, editTemplate(template)])),
    };
    if (edited === 0) throw new Error('The assembly has nothing that this edit is about');
    return result;
  };

/** The assembly without the resources of a type, or only without those that `which` takes. */
export const without = (
  type: string,
  which: (properties: Resource['Properties'], logicalId: string) => boolean = () => true,
): ((assembly: Assembly) => Assembly) =>
  editing((resource, logicalId) =>
    resource.Type === type && which(resource.Properties, logicalId) ? undefined : resource,
  );

/** The assembly without one of its stacks. @throws Error where there is none of that name */
export const withoutStack =
  (name: string) =>
  (assembly: Assembly): Assembly => {
    const stacks = assembly.stacks.filter((stack) => stack.name !== name);
    if (stacks.length === assembly.stacks.length) throw new Error(`The assembly has no stack ${name}`);
    return { ...assembly, stacks };
  };
