import type { Attachment } from 'svelte/attachments';

/** Tells each time the element comes on screen or leaves it, the screen widened by a margin. */
export function whenSeen(tell: (visible: boolean) => void, margin = '0px'): Attachment<Element> {
	return (element) => {
		const observer = new IntersectionObserver(
			(entries) => tell(entries.at(-1)?.isIntersecting ?? false),
			{ rootMargin: margin },
		);
		observer.observe(element);
		return () => observer.disconnect();
	};
}

/**
 * Tells the inner width of an element, now and when it changes: a frame later, for what is drawn in
 * answer changes the height that is being observed.
 */
export function whenWidthIs(tell: (width: number) => void): Attachment<Element> {
	return (element) => {
		let frame = 0;
		tell(element.clientWidth);
		const observer = new ResizeObserver(() => {
			cancelAnimationFrame(frame);
			frame = requestAnimationFrame(() => tell(element.clientWidth));
		});
		observer.observe(element);
		return () => {
			cancelAnimationFrame(frame);
			observer.disconnect();
		};
	};
}
