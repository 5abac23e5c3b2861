import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import FigureSlot from './FigureSlot.svelte';
import QuestionSlot from './QuestionSlot.svelte';

const never = () => Promise.reject(new Error('nothing is loaded on the server'));

test('without JavaScript a figure is its still picture and its caption', () => {
	const props = { lesson: 'toy', of: 'decay', texHtml: {}, sources: {}, lab: never, load: never };
	const html = { posterHtml: '<svg></svg>', captionHtml: '<p>A line.</p>' };
	const { body } = render(FigureSlot, { props: { ...props, ...html, number: 3 } });
	expect(body).toContain('<figure id="figure-decay"');
	expect(body).toContain('<svg></svg>');
	expect(body).toMatch(/<b[^>]*>Figure 3\.<\/b>/);
	expect(body).not.toContain('<button');
	const { body: home } = render(FigureSlot, { props: { ...props, ...html, number: 0 } });
	expect(home).not.toContain('Figure');
});

test('without JavaScript a question is its words and a word on answering', () => {
	const { body } = render(QuestionSlot, {
		props: {
			lesson: 'toy',
			of: 'travel',
			role: 'exercise',
			number: 1,
			bodyHtml: '<p>How far?</p>',
			load: never,
		},
	});
	expect(body).toContain('Exercise 1');
	expect(body).toContain('<p>How far?</p>');
	expect(body).toMatch(/<noscript>.*Answering needs JavaScript\./);
});
