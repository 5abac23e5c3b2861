import type { Attachment } from 'svelte/attachments';
import { keepRecord, recordOf } from '#ui/records.ts';

/** Writes down which sections of a lesson were read: those whose beginning and end have both been on screen. */
export function readsSections(slug: string): Attachment<HTMLElement> {
	return (article) => {
		const headings = [...article.querySelectorAll('h2[id], h3[id], nav.next')];
		const begun = new Set<Element>();
		const observer = new IntersectionObserver((entries) => {
			for (const { target, isIntersecting } of entries) {
				if (!isIntersecting) continue;
				begun.add(target);
				const before = headings[headings.indexOf(target) - 1];
				const id = before && begun.has(before) ? `${slug}/${before.id}` : null;
				if (id !== null && !recordOf('read', id)) keepRecord('read', id, { at: Date.now() });
			}
		});
		for (const heading of headings) observer.observe(heading);
		return () => observer.disconnect();
	};
}
