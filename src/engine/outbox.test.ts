import { expect, it } from 'vitest';
import type { Report } from '#contract';
import { Outbox } from './outbox.ts';
import type { Update } from './protocol.ts';

const report = {} as Report;
const frame = (step: number): Update => ({
	kind: 'frame',
	report,
	predicted: {},
	frame: { step },
	progress: 0,
	stepsPerSecond: 0,
	isPlain: false,
});

it('sends two frames unasked, then only the latest for each that is taken', () => {
	const sent: Update[] = [];
	const outbox = new Outbox((update) => sent.push(update));
	for (let step = 0; step < 5; step++) outbox.send(frame(step));
	expect(sent).toEqual([frame(0), frame(1)]);
	outbox.taken();
	expect(sent).toEqual([frame(0), frame(1), frame(4)]);
	outbox.taken();
	expect(sent.length).toBe(3);
});

it('never lets the end overtake the last frame', () => {
	const sent: Update[] = [];
	const outbox = new Outbox((update) => sent.push(update));
	for (let step = 0; step < 5; step++) outbox.send(frame(step));
	const done: Update = { kind: 'done', report, early: null };
	outbox.send(done);
	expect(sent.slice(-2)).toEqual([frame(4), done]);
});
