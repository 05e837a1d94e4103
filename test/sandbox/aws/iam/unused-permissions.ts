import type { WeighedCall } from './iam';
import { type PolicyDocument, type Role, roleArn } from './role';

/** Part of a policy that no call needed. */
export interface UnusedPermission {
  readonly role: string;
  /** Name of an inline policy, ARN of a managed one. */
  readonly policy: string;
  /** The statement's Sid, or its number, counted from 1. */
  readonly statement: string;
  /** The action or the resource that stands in the statement. */
  readonly permission: string;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

const list = (given: string | readonly string[] | undefined): readonly string[] =>
  given === undefined ? [] : [given].flat();

const statementsOf = (document: PolicyDocument): readonly Statement[] =>
  [document['Statement'] as Statement | Statement[]].flat();

/**
 * Every action and every resource that a role's inline policies and its own managed ones name and no allowed call needed.
 * @param policies documents of managed policies, by ARN
 */
export const unusedPermissions = (
  roles: readonly Role[],
  calls: readonly WeighedCall[],
  policies: Readonly<Record<string, PolicyDocument>> = {},
): UnusedPermission[] => {
  const used = new Set(
    calls.flatMap(({ caller, grants }) =>
      grants.flatMap(({ policy, statement, actions, resources }) =>
        [...actions, ...resources].map((permission) => [caller, policy, statement, permission].join(' ')),
      ),
    ),
  );
  return roles.flatMap((role) => {
    const documents = [
      ...Object.entries(role.policies),
      ...Object.entries(policies).filter(([arn]) => role.managedPolicyArns?.includes(arn)),
    ];
    return documents.flatMap(([policy, document]) =>
      statementsOf(document).flatMap(({ Sid, Effect, Action, Resource }, index) =>
        Effect === 'Deny'
          ? []
          : [...list(Action), ...list(Resource)]
              .map((permission) => ({
                ...{ role: roleArn(role), policy, permission },
                statement: Sid ?? String(index + 1),
              }))
              .filter(
                (part) => !used.has([part.role, part.policy, part.statement, part.permission].join(' ')),
              ),
      ),
    );
  });
};
