const gap = 24;
/** Narrower than this, a panel's labels and ticks begin to crowd. */
const narrowest = 300;

export interface PanelSizes {
	readonly columns: number;
	/** Of each panel, in CSS pixels. */
	readonly width: number;
	readonly height: number;
	readonly gap: number;
}

/** How the panels of a figure share a container: at most two side by side, never narrower than they can be read. */
export function panelSizes(containerWidth: number, panels: number): PanelSizes {
	const fitting = Math.max(1, Math.floor((containerWidth + gap) / (narrowest + gap)));
	const columns = Math.min(2, panels, fitting);
	const width = Math.max(240, Math.floor((containerWidth - gap * (columns - 1)) / columns));
	const height = Math.round(Math.min(400, Math.max(230, width * (columns === 1 ? 0.56 : 0.68))));
	return { columns, width, height, gap };
}

/** Of a picture over a plane, legend and axes included: as high as wide, as far as a screen shows it at once. */
export function pictureHeight(width: number, fontSize: number): number {
	return Math.round(Math.min(width, 440) - 40 + 8 * fontSize);
}
