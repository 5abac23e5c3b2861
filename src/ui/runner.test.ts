import { expect, test, vi } from 'vitest';
import type { Figure, NumberKnob, Run } from '#contract';
import type { LabClient, Predicted } from '#engine/protocol.ts';
import { fakeFigure, fakeLab, fakeReport } from './fake.ts';
import { defaultSetting } from './link.ts';
import { Runner } from './runner.svelte.ts';

const address = { lesson: 'toy', figure: 'decay' };
const runnerOn = (client: LabClient) =>
	new Runner({ address, figure: fakeFigure, lab: () => Promise.resolve(client) });

test('theory keeps up with the latest knob and never queues', async () => {
	const asked: { run: Run; answer: (predicted: Predicted) => void }[] = [];
	const predict = (_: unknown, run: Run) =>
		new Promise<Predicted>((answer) => void asked.push({ run, answer }));
	const runner = runnerOn({ ...fakeLab(), predict });
	await vi.waitFor(() => expect(asked).toHaveLength(1));
	for (const rate of [0.6, 0.7, 0.8]) runner.setKnob('rate', rate);
	await new Promise((resolve) => setTimeout(resolve, 10));
	expect(asked).toHaveLength(1);
	asked[0]?.answer({ old: { x: [], y: [] } });
	await vi.waitFor(() => expect(asked).toHaveLength(2));
	expect(runner.predicted).toEqual({});
	expect(asked[1]?.run.params.rate).toBe(0.8);
	asked[1]?.answer({ now: { x: [], y: [] } });
	await vi.waitFor(() => expect(runner.predicted).toHaveProperty('now'));
});

test('theory that cannot be had is a sentence', async () => {
	const predict = () => Promise.reject(new Error('The theory worker stopped; reload the page.'));
	const runner = runnerOn({ ...fakeLab(), predict });
	await vi.waitFor(() => expect(runner.sentence).toContain('theory worker stopped'));
});

test('a run goes through its states, and a turned knob ends it', async () => {
	const lab = fakeLab({ pace: 20 });
	const runner = runnerOn(lab);
	runner.start();
	await vi.waitFor(() => expect(runner.progress).toBeGreaterThan(0));
	await runner.pause();
	expect(runner.status).toBe('paused');
	runner.resume();
	await vi.waitFor(() => expect(runner.status).toBe('done'));
	expect(runner.report?.predictions[0]?.verdict).toBe('agrees');
	runner.setKnob('rate', 0.7);
	expect([runner.status, runner.report, lab.stopped]).toEqual(['ready', null, 1]);
});

test('the recording stands where the run is the recorded one, and only there', () => {
	const recorded = fakeReport(address, defaultSetting(fakeFigure));
	const lab = () => Promise.resolve(fakeLab());
	const runner = new Runner({ address, figure: fakeFigure, lab, recorded });
	expect([runner.recorded, runner.report]).toEqual([true, recorded]);
	runner.newSeed();
	expect([runner.recorded, runner.report, runner.seed]).toEqual([false, null, 2]);
	runner.reset();
	expect(runner.recorded).toBe(true);
});

test('what is disposed of starts nothing any more', async () => {
	const lab = fakeLab({ pace: 20 });
	const runner = runnerOn(lab);
	runner.start();
	await vi.waitFor(() => expect(lab.started).toHaveLength(1));
	runner.dispose();
	expect(lab.stopped).toBe(1);
	const before = runner.report;
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(runner.report).toBe(before);
});

const liveFigure: Figure = {
	...fakeFigure,
	knobs: { ...fakeFigure.knobs, rate: { ...(fakeFigure.knobs.rate as NumberKnob), live: true } },
};

test('a live knob changes the run under way; reset gives back the run as it was set', async () => {
	const lab = fakeLab({ pace: 20 });
	const runner = new Runner({ address, figure: liveFigure, lab: () => Promise.resolve(lab) });
	runner.setKnob('rate', 0.4);
	expect(lab.turned, 'nothing runs yet').toEqual([]);
	runner.start();
	await vi.waitFor(() => expect(runner.progress).toBeGreaterThan(0));
	runner.setKnob('rate', 0.8);
	expect([lab.turned, lab.stopped, runner.status]).toEqual([[0.8], 0, 'running']);
	expect(runner.setting.params.rate, 'the link says what the knob says').toBe(0.8);
	runner.reset();
	expect([runner.params.rate, lab.stopped, runner.status]).toEqual([0.4, 1, 'ready']);
	runner.reset();
	expect(runner.params.rate).toBe(0.5);
});

test('an earlier frame can be looked at, and the run knows nothing of it', async () => {
	const lab = fakeLab({ pace: 60 });
	const runner = runnerOn(lab);
	expect(runner.place).toBe(-1);
	runner.start();
	await vi.waitFor(() => expect(runner.scenes.length).toBeGreaterThan(2));
	runner.look(1);
	expect([runner.place, runner.frame?.step, runner.status]).toEqual([1, 1, 'running']);
	expect(runner.report?.steps).toBe(1);
	await vi.waitFor(() => expect(runner.status).toBe('done'));
	expect([runner.frame?.step, runner.latest.frame?.step]).toEqual([1, 4]);
	expect(runner.latest.report?.predictions[0]?.verdict).toBe('agrees');
	runner.look(4);
	expect(runner.report).toBe(runner.latest.report);
	runner.look(0);
	void runner.step();
	await vi.waitFor(() => expect(runner.frame?.step, 'a step shows where it leads').toBe(0));
	expect(runner.scenes).toHaveLength(1);
	runner.dispose();
});

test('in a hidden tab a run goes on, and only its latest frame is drawn when it comes back', async () => {
	const runner = runnerOn(fakeLab({ pace: 150 }));
	runner.start();
	await vi.waitFor(() => expect(runner.scenes.length).toBe(1), { interval: 5 });
	runner.hidden(true, false);
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect([runner.scenes.length, runner.status]).toEqual([1, 'running']);
	runner.hidden(false, false);
	expect(runner.scenes).toHaveLength(2);
	expect(runner.frame?.step).toBeGreaterThan(1);
	runner.hidden(true, false);
	await vi.waitFor(() => expect(runner.status).toBe('done'));
	expect(runner.frame?.step, 'its end is drawn').toBe(4);
});

test('in a hidden tab a run stands still where the reader wants that', async () => {
	const runner = runnerOn(fakeLab({ pace: 100 }));
	runner.hidden(true, true);
	expect(runner.waiting, 'nothing runs').toBeNull();
	runner.hidden(false, true);
	runner.start();
	await vi.waitFor(() => expect(runner.scenes.length).toBe(1), { interval: 5 });
	runner.hidden(true, true);
	expect([runner.status, runner.waiting]).toEqual(['paused', 'while hidden']);
	runner.seen(true);
	expect(runner.status, 'one reason is enough').toBe('paused');
	runner.hidden(false, true);
	expect([runner.status, runner.waiting]).toEqual(['running', null]);
	await vi.waitFor(() => expect(runner.status).toBe('done'));
});

test('where a run fails the recording stands in for it, and the reference is at hand', async () => {
	const recorded = fakeReport(address, defaultSetting(fakeFigure));
	const lab = fakeLab({ failed: 'The engine stopped answering.' });
	const runner = new Runner({
		address,
		figure: fakeFigure,
		lab: () => Promise.resolve(lab),
		recorded,
	});
	runner.start();
	await vi.waitFor(() => expect(runner.status).toBe('failed'));
	expect([runner.report, runner.recorded, runner.sentence]).toEqual([
		recorded,
		true,
		'The engine stopped answering.',
	]);
	runner.runOnReference();
	await vi.waitFor(() => expect(lab.started).toHaveLength(2));
	expect(lab.started[1]?.options?.lane).toBe('cpu');
});
