// Generated input is the same for every change, and a counterexample is not made smaller: that it is there is enough.
import fc from 'fast-check';

fc.configureGlobal({ seed: 1, endOnFailure: true });
