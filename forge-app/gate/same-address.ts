/** Whether two texts are the same e-mail address; no mailbox that people have depends on the case. */
export const sameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
