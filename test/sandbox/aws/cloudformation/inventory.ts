/** Something that exists in an account. */
export interface Existing {
  readonly type: string;
  readonly account: string;
  readonly region: string;
  /** Physical id, what `Ref` gives. */
  readonly id: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What its neighbours have to know of it and no attribute tells. */
  readonly facts: Readonly<Record<string, string>>;
  /** Of what can carry tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

interface Whereabouts {
  readonly account: string;
  readonly region: string;
}

/** Everything that exists in the sandbox's AWS accounts, whoever created it. */
export interface Inventory {
  add(resource: Existing): void;
  remove(resource: Existing): void;
  /** The one with this id in an account and region. */
  find(type: string, where: Whereabouts, id: string): Existing | undefined;
  /** All of a type in an account and region. */
  all(type: string, where: Whereabouts): readonly Existing[];
  /** The one with this id in any account, for names that are unique in the world. */
  findAnywhere(type: string, id: string): Existing | undefined;
  /** All of a type in all accounts. */
  everywhere(type: string): readonly Existing[];
}

export const createInventory = (): Inventory => {
  const existing = new Set<Existing>();
  const all = (type: string, where: Whereabouts): readonly Existing[] =>
    [...existing].filter(
      (resource) =>
        resource.type === type && resource.account === where.account && resource.region === where.region,
    );
  return {
    add: (resource) => void existing.add(resource),
    remove: (resource) => void existing.delete(resource),
    find: (type, where, id) => all(type, where).find((resource) => resource.id === id),
    all,
    everywhere: (type) => [...existing].filter((resource) => resource.type === type),
    findAnywhere: (type, id) =>
      [...existing].find((resource) => resource.type === type && resource.id === id),
  };
};
