import { z } from 'zod';
import { NotModelled } from '../aws/service';

/** Where a resource is made, and for which stack. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
}

/** What a resource tells those that refer to it: `Ref` and `Fn::GetAtt`. */
export interface Made {
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes the resources of one type. */
export interface Applier<World> {
  readonly type: string;
  /** @throws Error for whatever AWS would refuse, in its words */
  apply(properties: Readonly<Record<string, unknown>>, place: Place, world: World): Promise<Made> | Made;
}

/** Scalars as CloudFormation takes them: each may come as text. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
export const document = z.record(z.string(), z.unknown());

/**
 * Makes an applier of a type.
 * @param resource `quiet`: properties that change nothing in the sandbox; any other that `properties` does not have
 * is not modelled
 */
export const applierOf = <World, Shape extends z.ZodRawShape>(resource: {
  readonly type: string;
  readonly properties: z.ZodObject<Shape>;
  readonly quiet?: readonly string[];
  readonly apply: (
    properties: z.infer<z.ZodObject<Shape>>,
    place: Place,
    world: World,
  ) => Promise<Made> | Made;
}): Applier<World> => {
  const known = new Set([...Object.keys(resource.properties.shape), ...(resource.quiet ?? [])]);
  return {
    type: resource.type,
    apply: (properties, place, world) => {
      const beyond = Object.keys(properties).find((name) => !known.has(name));
      if (beyond !== undefined) throw new NotModelled(`${resource.type} with ${beyond}`);
      const parsed = resource.properties.safeParse(properties);
      if (!parsed.success) {
        const problems = parsed.error.issues.map((issue) => `#/${issue.path.join('/')}: ${issue.message}`);
        throw new Error(`Properties validation failed: ${problems.join('; ')}`);
      }
      return resource.apply(parsed.data, place, world);
    },
  };
};
