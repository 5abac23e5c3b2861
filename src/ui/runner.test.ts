import { expect, test, vi } from 'vitest';
import type { Run } from '#contract';
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
