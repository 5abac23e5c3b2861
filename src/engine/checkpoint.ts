/** Per layer the unit of its weights, then those of what the optimiser remembers. */
export type Units = readonly (readonly number[])[];

/** Per layer its weights, then what the optimiser remembers of each. */
type Numbers = readonly (readonly (Float32Array | Float64Array)[])[];

/**
 * What a lane measures in units of its own, times those units, in float64. Divided by them again and
 * rounded, float32 numbers are what they were to the last bit.
 */
export function timesUnits(layers: Numbers, units: Units): Float64Array[][] {
	return converted(layers, units, (value, unit) => value * unit);
}

/** The inverse of `timesUnits`. */
export function overUnits(layers: Numbers, units: Units): Float64Array[][] {
	return converted(layers, units, (value, unit) => value / unit);
}

function converted(
	layers: Numbers,
	units: Units,
	convert: (value: number, unit: number) => number,
): Float64Array[][] {
	return layers.map((layer, l) =>
		layer.map((values, k) => {
			const unit = units[l]?.[k] ?? 1;
			return Float64Array.from(values, (value) => convert(value, unit));
		}),
	);
}
