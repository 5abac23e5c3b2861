/** Lets the page breathe, and stop: one turn of the event loop. */
export const rest = () => new Promise<void>((done) => setTimeout(done));
