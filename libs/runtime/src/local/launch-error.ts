/** A part of the local run cannot start, for a reason that its user can mend. The message is one sentence, made to be printed alone. */
export class LaunchError extends Error {}
