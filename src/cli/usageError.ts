/** A mistake in the arguments: one clear sentence, exit status 2. */
export class UsageError extends Error {}
