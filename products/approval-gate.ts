import { createHash } from 'node:crypto';
import {
  AspectPriority,
  Aspects,
  CfnCondition,
  CfnParameter,
  CfnResource,
  CfnWaitCondition,
  CfnWaitConditionHandle,
  Duration,
  Fn,
  Lazy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GATE_FUNCTION } from './gate-function';
import { hubAccount } from './hub-account';
import { renderedSections } from './rendered-sections';

export const GATE_TYPE = 'Custom::ApprovalGate';

/** As long as CloudFormation lets a wait condition wait. */
const LONGEST = Duration.hours(12);
const SHORTEST = Duration.minutes(5);
/** As long as CloudFormation waits for the gate function, which answers in seconds and is repeated for some minutes. */
const UNANSWERED = Duration.minutes(10);
/** Characters of a product's name that a gate takes. */
const LONGEST_NAME = 200;
/** What decides on what a stack creates; descriptions, labels and outputs may change without a new approval. */
const DECIDING = ['Mappings', 'Conditions', 'Resources'];

export interface ApprovalGateProps {
  /** The product's name as approvers read it, at most 200 characters. */
  readonly product: string;
  /** The parameter with the e-mail address of whoever asks; the request is raised on their behalf. */
  readonly requesterEmail: CfnParameter;
  /** From 5 minutes to 12 hours, which is what it is where left out. Then the stack fails. */
  readonly timeLimit?: Duration;
  /** The parameters whose values approvers are shown. All that are not NoEcho count, whether they are shown or not. */
  readonly shown: readonly CfnParameter[];
}

/**
 * Holds the stack, when it is created and at every update, until somebody has approved in Jira what it is about to do.
 *
 * Two things make an approval one for that very state of the stack: a template that creates something else has other
 * logical ids for handle and wait condition, and a change of parameters has to switch the approval round, which does the
 * same. The gate function refuses what changes parameters and keeps the handle.
 */
export class ApprovalGate extends Construct {
  /** Chooses between two handles; whoever updates parameters switches it. */
  readonly round: CfnParameter;
  readonly #product: string;
  readonly #timeLimit: string;
  readonly #shown: readonly string[];
  #digesting = false;

  /** @throws where a value cannot be one of a gate, or the stack has a gate already */
  constructor(scope: Construct, id: string, props: ApprovalGateProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { product, requesterEmail, timeLimit = LONGEST, shown } = props;
    refuseSecond(stack, this);
    refuseName(product);
    refuseTimeLimit(timeLimit);
    for (const parameter of [requesterEmail, ...shown]) refuseSecret(parameter);
    this.#product = product;
    this.#timeLimit = String(timeLimit.toSeconds());
    this.#shown = shown.map(({ logicalId }) => logicalId);

    this.round = new CfnParameter(this, 'Round', {
      description:
        'Stays as it is for a launch and for another version. An update of parameters switches it, and is approved anew.',
      default: 'A',
      allowedValues: ['A', 'B'],
      constraintDescription: 'must be A or B',
    });
    this.round.overrideLogicalId('ApprovalRound');
    const isA = this.#condition('A', Fn.conditionEquals(this.round, 'A'));
    const isB = this.#condition('B', Fn.conditionNot(isA));
    const ofRound = (a: CfnResource, b: CfnResource) => Fn.conditionIf(isA.logicalId, a.ref, b.ref);

    const handles = { a: this.#handle('A', isA), b: this.#handle('B', isB) };
    const gate = new CfnResource(this, 'Gate', {
      type: GATE_TYPE,
      properties: {
        ServiceToken: Fn.sub(`arn:aws:lambda:\${AWS::Region}:${hubAccount()}:function:${GATE_FUNCTION}`),
        ServiceTimeout: String(UNANSWERED.toSeconds()),
        Handle: ofRound(handles.a, handles.b),
        Product: product,
        RequesterEmail: requesterEmail.value,
        TimeLimit: this.#timeLimit,
        Shown: this.#shown,
        Parameters: Lazy.any({ produce: () => this.#parameters() }),
        Template: Lazy.string({ produce: () => this.#digest() }),
      },
    });
    gate.overrideLogicalId('ApprovalGate');
    const waits = {
      a: this.#wait('A', isA, handles.a, gate),
      b: this.#wait('B', isB, handles.b, gate),
    };

    // CloudFormation may refuse DependsOn with a resource whose condition does not hold. A reference in the metadata
    // orders just as one in the properties does, and takes Fn::If.
    const approval = ofRound(waits.a, waits.b);
    const own = new Set(this.node.findAll());
    Aspects.of(stack).add(
      {
        visit: (node) => {
          if (CfnResource.isCfnResource(node) && Stack.of(node) === stack && !own.has(node))
            node.addMetadata('Approval', approval);
        },
      },
      // After every aspect that adds a resource.
      { priority: AspectPriority.READONLY },
    );
  }

  #condition(round: string, expression: CfnCondition['expression']): CfnCondition {
    const condition = new CfnCondition(this, `IsRound${round}`, { ...(expression && { expression }) });
    condition.overrideLogicalId(`ApprovalRound${round}`);
    return condition;
  }

  #handle(round: string, condition: CfnCondition): CfnWaitConditionHandle {
    const handle = new CfnWaitConditionHandle(this, `Handle${round}`);
    handle.cfnOptions.condition = condition;
    this.#nameAfterTemplate(handle, `ApprovalHandle${round}`);
    return handle;
  }

  #wait(
    round: string,
    condition: CfnCondition,
    handle: CfnWaitConditionHandle,
    gate: CfnResource,
  ): CfnWaitCondition {
    const wait = new CfnWaitCondition(this, `Wait${round}`, {
      handle: handle.ref,
      timeout: this.#timeLimit,
      count: 1,
    });
    wait.cfnOptions.condition = condition;
    wait.addResourceDependency(gate);
    this.#nameAfterTemplate(wait, `ApprovalWait${round}`);
    return wait;
  }

  /** Neither handles nor wait conditions can be updated: what changes has to be another one. */
  #nameAfterTemplate(element: CfnResource, name: string): void {
    element.overrideLogicalId(Lazy.uncachedString({ produce: () => `${name}${this.#digest()}` }));
  }

  /** Every value that CloudFormation lets anybody see, as text. */
  #parameters(): Readonly<Record<string, unknown>> {
    const stack = Stack.of(this);
    const visible = stack.node
      .findAll()
      .filter((node) => node instanceof CfnParameter)
      .filter((parameter) => Stack.of(parameter) === stack && !parameter.noEcho);
    return Object.fromEntries(
      visible.map((parameter) => [
        parameter.logicalId,
        LIST.test(parameter.type) ? Fn.join(',', parameter.valueAsList) : parameter.value,
      ]),
    );
  }

  /** 16 hexadecimal digits that differ where the template creates something else or asks for another approval. */
  #digest(): string {
    // Everything else refers to the wait conditions, whose names hold the digest.
    if (this.#digesting) return '';
    this.#digesting = true;
    try {
      const entries = renderedSections(Stack.of(this), { without: this }).flatMap((sections) =>
        DECIDING.flatMap((section) =>
          Object.entries(sections[section] ?? {}).map(
            ([name, entry]) => [`${section}/${name}`, entry] as const,
          ),
        ),
      );
      const deciding = {
        gate: [this.#product, this.#timeLimit, this.#shown, Object.keys(this.#parameters())],
        macros: Stack.of(this).templateOptions.transforms,
        template: entries.sort(([one], [other]) => (one < other ? -1 : 1)),
      };
      const rendered = JSON.stringify(Stack.of(this).resolve(deciding));
      return createHash('sha256').update(rendered).digest('hex').slice(0, 16);
    } finally {
      this.#digesting = false;
    }
  }
}

/** Types of parameters to which `Ref` gives a list, also those that are looked up in the parameter store. */
const LIST = /^(AWS::SSM::Parameter::Value<)?(List<|CommaDelimitedList)/;

const refuseSecond = (stack: Stack, gate: ApprovalGate): void => {
  const other = stack.node.findAll().find((node) => node instanceof ApprovalGate && node !== gate);
  if (other)
    throw new Error(
      `${gate.node.path} would be a second gate beside ${other.node.path}: one holds the whole stack, so remove one of them`,
    );
};

const refuseName = (product: string): void => {
  if (product.length < 1 || product.length > LONGEST_NAME)
    throw new Error(
      `The product's name ${JSON.stringify(product)} has ${product.length} characters: give a gate 1 to ${LONGEST_NAME}`,
    );
};

const refuseTimeLimit = (limit: Duration): void => {
  if (limit.toSeconds() > LONGEST.toSeconds() || limit.toSeconds() < SHORTEST.toSeconds())
    throw new Error(
      `The time limit ${limit.toHumanString()} is not one of a gate: give ${SHORTEST.toHumanString()} to ` +
        `${LONGEST.toHumanString()}, which is as long as CloudFormation waits`,
    );
};

const refuseSecret = (parameter: CfnParameter): void => {
  if (parameter.noEcho)
    throw new Error(
      `The parameter ${parameter.node.id} is NoEcho, and a gate would show it to approvers: leave it out, or drop NoEcho`,
    );
};
