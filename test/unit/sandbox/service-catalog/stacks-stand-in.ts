import { z } from 'zod';
import { AwsError } from '../../../sandbox/aws/service';
import type { Stack, Stacks, TemplateParameter } from '../../../sandbox/aws/stacks';

const TemplateParameters = z
  .record(
    z.string(),
    z.object({
      Type: z.string(),
      Default: z.string().optional(),
      NoEcho: z.boolean().default(false),
      AllowedValues: z.array(z.string()).optional(),
      MinLength: z.number().optional(),
    }),
  )
  .default({});

type Creation = Parameters<Stacks['create']>[0];
type Update = Parameters<Stacks['update']>[0];

/** Stacks that move only when a test moves them. */
export class StacksStandIn implements Stacks {
  readonly created: Creation[] = [];
  readonly updated: Update[] = [];
  readonly deleted: string[] = [];
  /** Where the next stacks come to before their creation is answered. */
  atOnce: string[] = ['CREATE_IN_PROGRESS'];
  readonly #stacks = new Map<string, Stack>();
  readonly #listeners: ((stack: Stack) => void)[] = [];

  create(request: Creation): string {
    this.#check(request);
    const { account, region, stackName: name } = request;
    const id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/${this.created.length}`;
    this.created.push(request);
    this.#stacks.set(id, {
      ...{ id, name, account, region, status: '', statusReason: undefined, outputs: [] },
    });
    for (const status of this.atOnce) this.move(id, status);
    return id;
  }

  update(request: Update): void {
    this.#check(request);
    this.updated.push(request);
    this.move(request.stackId, 'UPDATE_IN_PROGRESS');
  }

  #check({
    template,
    parameters,
    previous = [],
  }: Pick<Update, 'template' | 'parameters' | 'previous'>): void {
    for (const { key, default: preset, allowedValues } of this.summarize(template).parameters) {
      if (previous.includes(key)) continue;
      const value = parameters[key] ?? preset;
      if (value === undefined) throw new AwsError('ValidationError', `Parameters: [${key}] must have values`);
      if (allowedValues && !allowedValues.includes(value))
        throw new AwsError('ValidationError', `Parameter '${key}' must be one of AllowedValues`);
    }
  }

  delete(stackId: string): void {
    this.deleted.push(stackId);
    this.move(stackId, 'DELETE_IN_PROGRESS');
  }

  describe(stackId: string): Stack {
    const stack = this.#stacks.get(stackId);
    if (!stack) throw new AwsError('ValidationError', `Stack with id ${stackId} does not exist`);
    return stack;
  }

  onStatus(listener: (stack: Stack) => void): void {
    this.#listeners.push(listener);
  }

  summarize(template: Readonly<Record<string, unknown>>) {
    const parameters = Object.entries(TemplateParameters.parse(template['Parameters'])).map(
      ([key, { Type, Default, NoEcho, AllowedValues, MinLength }]) =>
        aParameter({
          ...{ key, type: Type, default: Default, noEcho: NoEcho, allowedValues: AllowedValues },
          minLength: MinLength?.toString(),
        }),
    );
    return { parameters, resourceTypes: [], capabilities: [], description: undefined, metadata: undefined };
  }

  /** The last stack that was created. */
  get latest(): string {
    return [...this.#stacks.keys()].at(-1) ?? 'no stack';
  }

  move(stackId: string, status: string, change: Partial<Pick<Stack, 'statusReason' | 'outputs'>> = {}): void {
    const stack = { ...this.describe(stackId), statusReason: undefined, ...change, status };
    this.#stacks.set(stackId, stack);
    for (const listener of this.#listeners) listener(stack);
  }
}

export const aParameter = (overrides: Partial<TemplateParameter> = {}): TemplateParameter => ({
  ...{ key: 'Size', type: 'String', default: undefined, noEcho: false, description: undefined },
  ...{ allowedValues: undefined, allowedPattern: undefined, constraintDescription: undefined },
  ...{ minLength: undefined, maxLength: undefined, minValue: undefined, maxValue: undefined },
  ...overrides,
});
