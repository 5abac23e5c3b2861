/** A line on the terminal that counts up to 100 %; silent where nobody watches. */
export function showProgress(name: string): (fraction: number) => void {
	const { stderr } = process;
	if (!stderr.isTTY) return () => undefined;
	return (fraction) => {
		stderr.write(`\r\x1b[K${fraction < 1 ? `${name} ${Math.floor(100 * fraction)} %` : ''}`);
	};
}
