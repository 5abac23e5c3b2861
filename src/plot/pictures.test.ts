import { brotliCompressSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Grid, Picture } from '#contract';
import { cells } from './cells.ts';
import { colourScale, shadesOf } from './colourScale.ts';
import { isoLines } from './isoLines.ts';
import { mosaic } from './mosaic.ts';
import { css, none, palettes } from './palette.ts';
import { plane } from './plane.ts';
import { raster } from './raster.ts';
import { facesOf, firstView, meshOf, projection, turned } from './surface.ts';
import { tintsOf } from './tints.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const linear = { label: 'u', scale: 'linear' } as const;
const log = { label: 'u', scale: 'log' } as const;
const pictureOf = (
	colour: Partial<Picture['colour']> = {},
	more: Partial<Picture> = {},
): Picture => ({
	id: 'map',
	title: 'Map',
	x: linear,
	y: linear,
	colour: { label: 'loss', kind: 'magnitude', ...colour },
	draw: () => bowl(11),
	describe: () => 'a bowl',
	...more,
});
function over(n: number, f: (x: number, y: number) => number): Grid {
	const side = Array.from({ length: n }, (_, i) => (2 * i) / (n - 1) - 1);
	return { x: side, y: side, values: side.flatMap((y) => side.map((x) => f(x, y))) };
}
const bowl = (n: number) => over(n, (x, y) => x * x + y * y);
const frame = { width: 400, height: 420, document };

describe('cells', () => {
	it('are equal on an even axis, and the axis ends with them', () => {
		const { domain, centres, edges } = cells(linear, [0, 1, 2, 3], 0, 400);
		expect(domain).toEqual([-0.5, 3.5]);
		expect(centres).toEqual([50, 150, 250, 350]);
		expect(edges).toEqual([0, 100, 200, 300, 400]);
	});
	it('are equal on a log axis where values double', () => {
		const { edges } = cells(log, [1, 2, 4, 8], 0, 400);
		edges.forEach((edge, i) => expect(edge).toBeCloseTo(100 * i, 9));
	});
	it('respect the domain of the axis', () => {
		const { domain, centres } = cells({ ...linear, domain: [0, 2] }, [0, 1, 2], 0, 100);
		expect(domain).toEqual([0, 2]);
		expect(centres).toEqual([0, 50, 100]);
	});
	it('are found by pixel, upwards as well', () => {
		const { at } = cells(linear, [0, 1, 2, 3], 400, 0);
		expect([390, 310, 290, 10].map(at)).toEqual([0, 0, 1, 3]);
	});
	it('of one value have room', () => {
		expect(cells(linear, [7], 0, 10).domain).toEqual([6.5, 7.5]);
	});
});

describe('a colour scale', () => {
	const row = (...values: number[]): Grid => ({ x: values.map((_, i) => i), y: [0], values });
	it('goes from the least to the greatest value', () => {
		const { domain, place } = colourScale(pictureOf(), row(2, 4, 6));
		expect(domain).toEqual([2, 6]);
		expect([2, 4, 6, NaN].map(place)).toEqual([0, 0.5, 1, NaN]);
	});
	it('puts 0 in the middle where values have signs', () => {
		const { domain, place } = colourScale(pictureOf({ kind: 'signed' }), row(-1, 0, 4));
		expect(domain).toEqual([-4, 4]);
		expect(place(0)).toBe(0.5);
	});
	it('takes logarithms, and has no place for what has none', () => {
		const { domain, place } = colourScale(pictureOf({ scale: 'log' }), row(0, 1, 100, -3));
		expect(domain).toEqual([1, 100]);
		expect(place(10)).toBeCloseTo(0.5, 12);
		expect(place(0)).toBeNaN();
		expect([...shadesOf(pictureOf({ scale: 'log' }), row(0, 1, 100))]).toEqual([none, 0, 254]);
	});
	it('keeps a given domain, and paints what lies beyond in the colour of its end', () => {
		const { place } = colourScale(pictureOf({ domain: [0, 1] }), row(-5, 0.5, 7));
		expect([-5, 0.5, 7].map(place)).toEqual([0, 0.5, 1]);
	});
	it('is finite where all values are alike', () => {
		for (const kind of ['magnitude', 'signed'] as const)
			expect([...shadesOf(pictureOf({ kind }), row(3, 3))]).not.toContain(none);
	});
	it('is cividis for magnitudes and, of its own for each theme, purple to green for signs', () => {
		expect(css('magnitude', 0)).toBe('#002051');
		expect(css('signed', 127)).toBe('light-dark(#eff0ef, #272c33)');
		const [red, green, blue] = palettes.signed.light.at(-30) ?? [0, 0, 0];
		expect(green).toBeGreaterThan(Math.max(red, blue));
	});
});

describe('tints of regions', () => {
	it('differ wherever two regions touch', () => {
		// A wheel: twelve sectors around a hub, and noise that touches everything.
		const wheel = over(40, (x, y) =>
			Math.hypot(x, y) < 0.3 ? 99 : Math.floor((6 * (Math.atan2(y, x) + Math.PI)) / Math.PI),
		);
		const tints = tintsOf(wheel);
		const n = wheel.x.length;
		wheel.values.forEach((value, k) => {
			for (const other of [(k + 1) % n ? k + 1 : k, k + n])
				if (other < tints.length && wheel.values[other] !== value)
					expect(tints[k], `${value} beside ${wheel.values[other]}`).not.toBe(tints[other]);
		});
		expect(new Set(tints).size).toBeGreaterThan(2);
	});
});

describe('a plane', () => {
	it('is one picture with a name, a legend and the labels of its axes', () => {
		const { svg } = plane(pictureOf(), bowl(11), frame);
		expect(svg.getAttribute('aria-label')).toBe('Map: loss over u and u');
		const words = [...svg.querySelectorAll('text')].map((t) => t.textContent);
		for (const word of ['loss', 'u', '0.5', '−1', '2']) expect(words).toContain(word);
		expect(svg.outerHTML).not.toMatch(/NaN|undefined/);
	});
	it('draws axes of equal length equally long, and others over all its room', () => {
		const square = plane(pictureOf(), bowl(11), frame).box;
		expect(square.width).toBeCloseTo(square.height, 6);
		const { x } = bowl(11);
		const wide = plane(pictureOf(), { ...bowl(11), x: x.map((v) => 3 * v) }, frame).box;
		expect(wide.width).toBeGreaterThan(wide.height);
	});
	it.each([240, 356, 860])('never draws beyond its width (%d)', (width) => {
		const { svg } = plane(pictureOf(), bowl(31), { ...frame, width });
		for (const text of svg.querySelectorAll('text[x]'))
			expect(Number(text.getAttribute('x'))).toBeLessThan(width);
	});
});

describe('iso-lines', () => {
	const lines = (picture: Picture, grid: Grid) => {
		const { x, y } = plane(picture, grid, frame);
		return isoLines(picture, grid, x, y);
	};
	it('lie on the circles of a bowl', () => {
		const { x, y } = plane(pictureOf(), bowl(101), frame);
		const found = isoLines(pictureOf(), bowl(101), x, y);
		const half = found.find(({ level }) => level === 0.6);
		const [middle = 0, right = 0] = [x.centres[50], x.centres[100]];
		const points = [...(half?.d ?? '').matchAll(/([\d.]+),([\d.]+)/g)];
		expect(points.length).toBeGreaterThan(50);
		for (const [, px, py] of points) {
			const radius = Math.hypot(Number(px) - middle, Number(py) - (y.centres[50] ?? 0));
			expect(radius / (right - middle)).toBeCloseTo(Math.sqrt(0.6), 2);
		}
	});
	it('stop at the border, and go where the values are not drawn every one', () => {
		const { d = '' } = lines(pictureOf(), bowl(11)).find(({ level }) => level === 1.4) ?? {};
		expect(d.match(/M/g)?.length).toBeGreaterThan(4);
		const whole = lines(pictureOf(), bowl(201));
		expect(whole.length).toBe(lines(pictureOf(), bowl(101)).length);
	});
	it('are left out for signs, regions, and places between which there is nothing', () => {
		expect(lines(pictureOf({ kind: 'signed' }), bowl(21))).toEqual([]);
		expect(lines(pictureOf({}, { x: { ...linear, discrete: true } }), bowl(21))).toEqual([]);
		expect(lines(pictureOf(), bowl(5))).toEqual([]);
	});
});

describe('the raster', () => {
	const look = { dark: false, density: 1, line: [1, 2, 3] } as const;
	it('puts the first row at the bottom and the first column on the left', () => {
		const grid: Grid = { x: [0, 1], y: [0, 1], values: [0, 1, 2, NaN] };
		const { width, height, data } = raster(
			pictureOf(),
			grid,
			plane(pictureOf(), grid, frame),
			look,
		);
		const pixel = (c: number, r: number) => [...data.subarray(4 * (r * width + c)).slice(0, 4)];
		expect(pixel(1, height - 2)).toEqual([...(palettes.magnitude.light[0] ?? []), 255]);
		expect(pixel(1, 1)).toEqual([...(palettes.magnitude.light[254] ?? []), 255]);
		expect(pixel(width - 2, 1)[3]).toBe(0);
	});
	it('has the pixels of a dense screen, and draws a thin line between regions', () => {
		const picture = pictureOf({ kind: 'regions' });
		const grid: Grid = { x: [0, 1], y: [0], values: [4, 7] };
		const drawn = plane(picture, grid, frame);
		const { width, height, data } = raster(picture, grid, drawn, { ...look, density: 2 });
		expect(width).toBe(Math.round(2 * drawn.box.width));
		const lines = Array.from({ length: width }, (_, c) => data[4 * (width + c)] === 1);
		expect(height).toBeGreaterThan(0);
		expect(lines.filter(Boolean)).toHaveLength(2);
		expect(lines.indexOf(true)).toBeCloseTo(width / 2, -1);
	});
	it('of 400 × 400 values is painted in little time', () => {
		const grid = bowl(400);
		const drawn = plane(pictureOf(), grid, frame);
		const start = performance.now();
		raster(pictureOf(), grid, drawn, { ...look, density: 2 });
		expect(performance.now() - start).toBeLessThan(1000);
	});
});

describe('the mosaic of a still picture', () => {
	const stillOf = (picture: Picture, grid: Grid) =>
		mosaic(picture, grid, plane(picture, grid, { ...frame, width: 356 }), document);
	it('covers the plane once', () => {
		const { box } = plane(pictureOf(), bowl(11), { ...frame, width: 356 });
		const area = stillOf(pictureOf(), bowl(11))
			.flatMap((path) => [...(path.getAttribute('d') ?? '').matchAll(/h(\d+)v(\d+)/g)])
			.reduce((sum, [, w, h]) => sum + Number(w) * Number(h), 0);
		expect(area / (box.width * box.height)).toBeCloseTo(1, 2);
	});
	it.each([
		['a bowl', bowl(51)],
		['noise', over(64, (x, y) => Math.sin(1e5 * x * y + 7e4 * x))],
	])('of %s keeps a page light: less than 15 kB compressed', (_, grid) => {
		const html = stillOf(pictureOf(), grid).map((path) => path.outerHTML);
		expect(brotliCompressSync(html.join('')).length).toBeLessThan(15_000);
	});
});

describe('a surface', () => {
	const mesh = meshOf(pictureOf(), bowl(51));
	it('stands in its box, the middle of a bowl at the bottom', () => {
		expect(mesh.z[25 * 51 + 25]).toBeCloseTo(-0.55, 6);
		expect(mesh.z[0]).toBeCloseTo(0.55, 6);
		expect([mesh.x[0], mesh.y[0], mesh.x.at(-1), mesh.y.at(-1)]).toEqual([-1, -1, 1, 1]);
	});
	it('fits its canvas from wherever it is seen', () => {
		for (let turn = 0; turn < 360; turn += 15)
			for (const height of [5, 30, 60, 85]) {
				const project = projection({ turn, height }, 300, 300);
				for (const [x, y] of [
					[-1, -1],
					[1, -1],
					[1, 1],
					[-1, 1],
				] as const)
					for (const z of [-0.55, 0.55]) {
						const [px, py] = project(x, y, z);
						expect(Math.min(px, py, 300 - px, 300 - py)).toBeGreaterThan(0);
					}
			}
	});
	it('has faces from the farthest to the nearest, none over a hole', () => {
		const project = projection(firstView, 300, 300);
		const away = mesh.x.map((x, k) => project(x, mesh.y[k]!, mesh.z[k]!)[2]);
		const faces = facesOf(mesh, away);
		expect(faces).toHaveLength(2500);
		const [first = 0, last = 0] = [faces[0], faces.at(-1)];
		expect(away[first]).toBeGreaterThan(away[last]!);
		const holed = meshOf(
			pictureOf(),
			over(11, (x, y) => (x === 0 && y === 0 ? NaN : x)),
		);
		expect(facesOf(holed, new Float64Array(121))).toHaveLength(96);
	});
	it('turns all the way round but not over the top', () => {
		expect(turned({ turn: 350, height: 80 }, { turn: 20, height: 20 })).toEqual({
			turn: 10,
			height: 85,
		});
		expect(turned({ turn: 5, height: 10 }, { turn: -10, height: -20 })).toEqual({
			turn: 355,
			height: 5,
		});
	});
});
