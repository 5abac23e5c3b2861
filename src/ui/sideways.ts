import type { Attachment } from 'svelte/attachments';

/**
 * Lets the keyboard reach what scrolls sideways: formulas and tables inside the element that are
 * wider than their place become stops of the Tab key, and cease to be when they fit again.
 */
export function reachSideways(selector: string): Attachment<HTMLElement> {
	return (element) => {
		const observer = new ResizeObserver((entries) => {
			for (const { target } of entries) {
				if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
				else if (!target.hasAttribute('data-lights')) target.removeAttribute('tabindex');
			}
		});
		for (const child of element.querySelectorAll(selector)) observer.observe(child);
		return () => observer.disconnect();
	};
}
