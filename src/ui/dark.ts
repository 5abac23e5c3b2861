import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
	const query = matchMedia('(prefers-color-scheme: dark)');
	query.addEventListener('change', update);
	const chosen = new MutationObserver(update);
	chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
	return () => {
		query.removeEventListener('change', update);
		chosen.disconnect();
	};
});

/** Whether the page is dark now; what reads it is told when that changes. For what is painted on a canvas. */
export function isDark(): boolean {
	subscribe();
	const { theme } = document.documentElement.dataset;
	return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** A colour of the page as it is now: a canvas knows no variables. */
export function resolved(element: Element, variable: string): string {
	const probe = document.createElement('span');
	probe.style.color = `var(${variable})`;
	element.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}
