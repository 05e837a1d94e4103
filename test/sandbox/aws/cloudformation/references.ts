import { intrinsicOf, SUBSTITUTION } from './intrinsics';

/** What an expression refers to: names of parameters, pseudo parameters and resources. */
export const referencesIn = (value: unknown, condition: (name: string) => boolean): ReadonlySet<string> => {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    const [name, argument] = intrinsicOf(node) ?? [];
    if (name === 'Ref' && typeof argument === 'string') {
      found.add(argument);
    } else if (name === 'Fn::GetAtt') {
      const target: unknown = typeof argument === 'string' ? argument.split('.')[0] : asArray(argument)[0];
      if (typeof target === 'string') found.add(target);
    } else if (name === 'Fn::Sub') {
      const [pattern, values] = typeof argument === 'string' ? [argument] : asArray(argument);
      const own = typeof values === 'object' && values !== null ? values : {};
      for (const used of typeof pattern === 'string' ? namesIn(pattern) : []) {
        if (!Object.hasOwn(own, used)) found.add(used.split('.')[0] ?? used);
      }
      walk(own);
    } else if (name === 'Fn::If') {
      // Only the branch that is taken: the other may name a resource that is not there.
      const [decider, then, otherwise] = asArray(argument);
      walk(typeof decider === 'string' && condition(decider) ? then : otherwise);
    } else if (Array.isArray(node)) {
      node.forEach(walk);
    } else if (typeof node === 'object' && node !== null) {
      Object.values(node).forEach(walk);
    }
  };
  walk(value);
  return found;
};

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const namesIn = (pattern: string): readonly string[] =>
  Array.from(pattern.matchAll(SUBSTITUTION)).flatMap(([, literal, name]) => (literal ? [] : (name ?? [])));
