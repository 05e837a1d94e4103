import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError, type AwsCall, type AwsService, NotModelled } from '../service';

/** What was published to a topic. */
export interface PublishedMessage {
  readonly id: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** Simulated time. */
  readonly at: Date;
}

/** Who is told of what is published, such as an e-mail address. Nobody confirms here, and nothing is sent. */
export interface Subscription {
  readonly topicArn: string;
  /** Such as `email`. */
  readonly protocol: string;
  readonly endpoint: string;
}

/** Bytes of a message, at most. */
const LONGEST_MESSAGE = 262_144;
/** Letters, digits, punctuation and spaces of ASCII, not led by a space, fewer than a hundred. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

const PublishInput = z.strictObject({
  TopicArn: z.string().optional(),
  Subject: z.string().optional(),
  Message: z.string(),
});

/** The topics of every account and what was published to them. */
export class Topics {
  readonly #now: () => Date;
  readonly #arns = new Set<string>();
  /** Oldest first. */
  readonly messages: PublishedMessage[] = [];
  readonly subscriptions: Subscription[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  create(arn: string): void {
    this.#arns.add(arn);
  }

  /** @throws Error where there is no such topic */
  subscribe(subscription: Subscription): void {
    if (!this.#arns.has(subscription.topicArn)) throw new Error('Topic does not exist');
    this.subscriptions.push(subscription);
  }

  readonly service: AwsService = {
    handle: (call) =>
      Promise.resolve().then(() => {
        if (call.operation !== 'Publish') throw new NotModelled(`${call.operation} of SNS`);
        return this.#publish(call);
      }),
  };

  #publish({ input, region }: AwsCall): object {
    const parsed = PublishInput.safeParse(input);
    if (!parsed.success) throw new NotModelled(`Publish: ${parsed.error.issues[0]?.message ?? ''}`);
    const { TopicArn: topicArn, Subject: subject, Message: message } = parsed.data;
    if (topicArn === undefined)
      throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    const parts = topicArn.split(':');
    if (parts.length < 6)
      throw invalid(`TopicArn Reason: An ARN must have at least 6 elements, not ${parts.length}`);
    if (parts[3] !== region) throw invalid('TopicArn');
    if (message === '') throw invalid('Empty message');
    if (Buffer.byteLength(message) > LONGEST_MESSAGE) throw invalid('Message too long');
    if (subject !== undefined && !SUBJECT.test(subject)) throw invalid('Subject');
    if (!this.#arns.has(topicArn)) throw new AwsError('NotFound', 'Topic does not exist', 404);
    const id = randomUUID();
    this.messages.push({ id, topicArn, subject, message, at: this.#now() });
    return { MessageId: id };
  }
}

const invalid = (what: string): AwsError => new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
