import type { RoleCaller } from './iam/caller';

/** What Service Catalog needs of CloudFormation; the stand-in beside it fulfils it. */
export interface Stacks {
  /**
   * Starts to create a stack; it goes on in simulated time.
   * @returns the stack's ARN
   * @throws AwsError `ValidationError` for parameters that the template refuses, `AlreadyExistsException` for the name
   */
  create(request: {
    readonly account: string;
    readonly region: string;
    readonly stackName: string;
    readonly template: Template;
    readonly parameters: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly capabilities: readonly string[];
    /** With whose rights its resources are created and deleted. */
    readonly as?: RoleCaller;
  }): string;
  /**
   * Starts to update a stack; it goes on in simulated time, and rolls back where a resource fails.
   * @throws AwsError `ValidationError` for parameters that the template refuses, where nothing would change (`No
   * updates are to be performed.`), and for a stack that is not in a state to be updated
   */
  update(request: {
    readonly stackId: string;
    readonly template: Template;
    readonly parameters: Readonly<Record<string, string>>;
    /** Parameters that keep the value they have. What is neither here nor in `parameters` takes its default. */
    readonly previous?: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
    readonly capabilities: readonly string[];
    /** With whose rights its resources are changed from now on; those of before unless given. */
    readonly as?: RoleCaller;
  }): void;
  /** @throws AwsError `ValidationError` while the stack is being updated: the update has to be cancelled first */
  delete(stackId: string): void;
  describe(stackId: string): Stack;
  /** Calls the listener whenever any stack's status changes. */
  onStatus(listener: (stack: Stack) => void): void;
  /** What a template asks for and creates. */
  summarize(template: Template): TemplateSummary;
}

/** A parsed CloudFormation template. */
export type Template = Readonly<Record<string, unknown>>;

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly outputs: readonly { key: string; value: string; description: string | undefined }[];
}

export interface TemplateParameter {
  readonly key: string;
  readonly type: string;
  readonly default: string | undefined;
  readonly noEcho: boolean;
  readonly description: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
  readonly allowedPattern: string | undefined;
  readonly constraintDescription: string | undefined;
  readonly minLength: string | undefined;
  readonly maxLength: string | undefined;
  readonly minValue: string | undefined;
  readonly maxValue: string | undefined;
}

export interface TemplateSummary {
  readonly parameters: readonly TemplateParameter[];
  readonly resourceTypes: readonly string[];
  readonly capabilities: readonly string[];
  readonly description: string | undefined;
  /** The template's Metadata as JSON text. */
  readonly metadata: string | undefined;
}

/** Where templates lie: the sandbox's S3, by URL. */
export interface TemplateStore {
  /** @param text as it was published; the template as JSON where it is missing */
  put(url: string, template: Template, text?: string): void;
  /** @throws AwsError `ValidationError` when nothing lies there */
  get(url: string): Template;
  /** @throws AwsError `ValidationError` when nothing lies there */
  text(url: string): string;
}
