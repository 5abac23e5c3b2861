/** The draws that WebGL is asked for while the work is done, in this page. */
export async function countDraws(work: () => Promise<void>): Promise<number> {
	const { prototype } = WebGL2RenderingContext;
	const { drawElements, drawArrays } = prototype;
	let draws = 0;
	prototype.drawElements = function (...args) {
		draws += 1;
		drawElements.apply(this, args);
	};
	prototype.drawArrays = function (...args) {
		draws += 1;
		drawArrays.apply(this, args);
	};
	try {
		await work();
	} finally {
		Object.assign(prototype, { drawElements, drawArrays });
	}
	return draws;
}
