/**
 * How far an m^−2 law may be off at a finite m. Within a cell |f″| lies between a least and a greatest
 * value, and the error of the cell lies between what these two, held constant, would give: the kernels
 * through which f″ makes the error have one sign. All brackets below follow from that.
 */
import { memo } from '#theory/memo.ts';
import { cellErrors } from './interpolant.ts';
import { densityKnots, evenKnots, uniformKnots } from './knots.ts';
import { lawsOf, type Laws } from './laws.ts';
import { targetOf } from './target.ts';

interface Cell {
	readonly h: number;
	/** The least and the greatest |f″| in the cell. */
	readonly least: number;
	readonly most: number;
	/** The same with the sign of f″. */
	readonly from: number;
	readonly to: number;
}

const looks = 12;

function cellsOf(text: string, knots: readonly number[]): Cell[] {
	const { second } = targetOf(text);
	return knots.slice(1).map((right, j) => {
		const left = knots[j] ?? NaN;
		const h = right - left;
		const values = Array.from({ length: looks + 1 }, (_, i) => second(left + (i * h) / looks));
		const [from, to] = [Math.min(...values), Math.max(...values)];
		const least = from > 0 ? from : to < 0 ? -to : 0;
		return { h, least, most: Math.max(-from, to), from, to };
	});
}

const sum = (cells: readonly Cell[], f: (cell: Cell, i: number) => number) =>
	cells.reduce((total, cell, i) => total + f(cell, i), 0);

/** (low, high) for the root mean square error of least squares on the cells. */
function leastSquaresBracket(cells: readonly Cell[]): [number, number] {
	// Neighbouring best lines meet at a knot up to the difference of f″h²/12: half of it for each.
	const gap = (i: number) => {
		const [a, b] = [cells[i - 1], cells[i]];
		if (!a || !b) return 0;
		const [low, high] = [a.from * a.h ** 2 - b.to * b.h ** 2, a.to * a.h ** 2 - b.from * b.h ** 2];
		return Math.max(Math.abs(low), Math.abs(high)) / 24;
	};
	const bent = ({ h, most }: Cell) => (most ** 2 * h ** 5) / 720;
	const tilted = ({ h }: Cell, i: number) =>
		(h / 3) * (gap(i) ** 2 + gap(i) * gap(i + 1) + gap(i + 1) ** 2);
	return [
		Math.sqrt(sum(cells, ({ h, least }) => (least ** 2 * h ** 5) / 720)),
		Math.sqrt(sum(cells, (cell, i) => bent(cell) + tilted(cell, i))),
	];
}

/** The largest relative distance from the law that the bracket leaves open. */
function open([low, high]: readonly [number, number], law: number): number {
	return Math.max(1 - low / law, high / law - 1);
}

/** The least error of a cell over the greatest, at the even knots: 1 once they are even to the end. */
function evenness(text: string, m: number): number {
	const errors = cellErrors(targetOf(text).f, evenKnots(text, m)).map(({ sup }) => sup);
	return Math.min(...errors) / Math.max(...errors);
}

/** Relative allowance of each law at m cells. */
export const resolution = memo(({ text, m }: { text: string; m: number }): Laws => {
	const laws = lawsOf(text);
	const at = (law: number) => law / m ** 2;
	const uniform = cellsOf(text, uniformKnots(m));
	const even = cellsOf(text, evenKnots(text, m));
	const dense = cellsOf(text, densityKnots(text, m, 2 / 5));
	const most = (cells: readonly Cell[], f: (cell: Cell) => number) => Math.max(...cells.map(f));
	return {
		sup: open(
			[
				most(uniform, (c) => (c.least * c.h ** 2) / 8),
				most(uniform, (c) => (c.most * c.h ** 2) / 8),
			],
			at(laws.sup),
		),
		supFree: open(
			[
				sum(even, ({ h, least }) => h * Math.sqrt(least)) ** 2 / (8 * m ** 2),
				sum(even, (c) => c.h * Math.sqrt(c.most)) ** 2 / (8 * m ** 2) / evenness(text, m),
			],
			at(laws.supFree),
		),
		interpolation: open(
			[
				Math.sqrt(sum(uniform, ({ h, least }) => (least ** 2 * h ** 5) / 120)),
				Math.sqrt(sum(uniform, ({ h, most }) => (most ** 2 * h ** 5) / 120)),
			],
			at(laws.interpolation),
		),
		leastSquares: open(leastSquaresBracket(uniform), at(laws.leastSquares)),
		leastSquaresFree: open(leastSquaresBracket(dense), at(laws.leastSquaresFree)),
	};
}, 32);
