declare global {
	namespace App {
		interface PageState {
			/** Figure → the query that says what it shows. */
			figures?: Readonly<Record<string, string>>;
		}
	}
}
export {};
