/** Checks of data that comes from outside. Each says whether a value is exactly of its shape. */
export type Check<T> = (value: unknown) => value is T;

export const isNumber: Check<number> = (value): value is number =>
	typeof value === 'number' && Number.isFinite(value);

export const isWhole: Check<number> = (value): value is number =>
	Number.isSafeInteger(value) && (value as number) >= 0;

export const isTruth: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

/** A text of at most so many characters. */
export function isText(most: number): Check<string> {
	return (value): value is string => typeof value === 'string' && value.length <= most;
}

/** A list of at most so many. */
export function isList<T>(of: Check<T>, most: number): Check<readonly T[]> {
	return (value): value is readonly T[] =>
		Array.isArray(value) && value.length <= most && value.every(of);
}

/** An object with these fields and no others. */
export function shape<T extends object>(fields: {
	readonly [K in keyof T]: Check<T[K]>;
}): Check<T> {
	const names = Object.keys(fields) as (keyof T & string)[];
	return (value): value is T =>
		isObject(value) &&
		Object.keys(value).length === names.length &&
		names.every((name) => Object.hasOwn(value, name) && fields[name](value[name]));
}

/** A plain object, as JSON has them. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
