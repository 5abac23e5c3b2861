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
