import { counted } from './report';

/** Says on standard error how far it has come, every few seconds. */
export const createProgress = (what: string, total: number | undefined) => {
  const begun = Date.now();
  let done = 0;
  let said = begun;
  const say = (): void => {
    const seconds = (Date.now() - begun) / 1000;
    const pace = done / Math.max(seconds, 0.001);
    const left =
      total === undefined ? '' : `, about ${Math.ceil((total - done) / Math.max(pace, 0.001) / 60)} min left`;
    const of = total === undefined ? '' : ` of ${counted(total)}`;
    console.error(`  ${counted(done)}${of} ${what}, ${pace.toFixed(0)} a second${left}`);
  };
  return {
    step: (): void => {
      done += 1;
      if (Date.now() - said < 5_000) return;
      said = Date.now();
      say();
    },
    seconds: (): number => (Date.now() - begun) / 1000,
  };
};
