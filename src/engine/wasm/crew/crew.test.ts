import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, Probe } from '#contract';
import { smallJob } from '../../selfTest.ts';
import type { Kernel } from '../../kernel.ts';
import { readProgram } from '../compile.ts';
import { startWasm } from '../device.ts';
import { WasmKernel, type TrainProgram } from '../kernel.ts';
import { Crew } from './crew.ts';
import { serveHand } from './hand.ts';
import type { HandPort } from './messages.ts';

const ports: MessagePort[] = [];
const losses: (() => void)[] = [];
/** A hand on this very thread, over a real channel. */
function hire(lost: () => void): HandPort {
	const { port1, port2 } = new MessageChannel();
	ports.push(port1, port2);
	losses.push(lost);
	serveHand(port2);
	return port1;
}
afterAll(() => ports.forEach((port) => port.close()));

let module: WebAssembly.Module;
let wide: WebAssembly.Module;
beforeAll(async () => {
	module = await WebAssembly.compile(await readProgram('train'));
	wide = await WebAssembly.compile(await readProgram('train64'));
}, 60_000);

function alone(job: Job): WasmKernel {
	const { exports } = new WebAssembly.Instance(job.precision ? wide : module);
	return new WasmKernel(job, exports as unknown as TrainProgram);
}

/** Everything at once, and a number of replicas that nothing divides. */
const job: Job = {
	...smallJob({
		sizes: [3, 6, 5, 1],
		samples: 12,
		activation: 'tanh',
		replicas: 7,
		biases: true,
	}),
	optimiser: { kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-5 },
	batch: 3,
	schedule: [1, 0.5, 1.5],
};
const field = job.x.slice(0, 7 * 3 * 4);
const probes: readonly Probe[] = [
	{ kind: 'outputs' },
	{ kind: 'field', x: field },
	{ kind: 'loss' },
	{ kind: 'testLoss', x: field, y: job.y.slice(0, 7 * 4) },
	{ kind: 'travel' },
	{ kind: 'weights' },
	{ kind: 'sharpness' },
	{ kind: 'tangentKernel' },
];

describe('a crew of workers', () => {
	it.each([1, 2, 3, 7, 9])('computes the bits of one: %d', async (count) => {
		for (const task of [job, { ...job, precision: 'float64' } as const]) {
			const answers = async (kernel: Kernel) => {
				kernel.steps(9);
				kernel.setStepSizes!(Float64Array.from({ length: 7 }, (_, r) => 0.001 * (r + 1)));
				kernel.steps(8);
				await kernel.fence();
				const found = [];
				for (const probe of probes) found.push(await kernel.probe(probe));
				const kept = await kernel.checkpoint!();
				kernel.dispose();
				return { found, kept };
			};
			const crew = new Crew(count, hire);
			expect(await answers(crew.kernel(task, task.precision ? wide : module))).toEqual(
				await answers(alone(task)),
			);
		}
	});

	it('takes up a checkpoint, and keeps jobs apart', async () => {
		const crew = new Crew(3, hire);
		const [one, other] = [crew.kernel(job, module), crew.kernel(job, module)];
		one.steps(5);
		const kept = await one.checkpoint!();
		one.dispose();
		other.steps(2);
		other.restore!(kept);
		other.steps(6);
		const straight = alone(job);
		straight.steps(11);
		expect(await other.checkpoint!()).toEqual(await straight.checkpoint());
	});

	it('says what went wrong with an order at the next question', async () => {
		const crew = new Crew(2, hire);
		const broken = crew.kernel({ ...job, weights: [] }, module);
		broken.steps(1);
		await expect(broken.fence()).rejects.toThrow(/\.$/);
		// The workers live on.
		const whole = crew.kernel(job, module);
		await expect(whole.fence()).resolves.toBeUndefined();
	});

	it('tells all who wait that a worker is gone, in one sentence', async () => {
		const crew = new Crew(2, hire);
		const kernel = crew.kernel(job, module);
		const waiting = kernel.fence();
		losses.at(-1)!();
		const sentence = 'A worker that trains these networks has stopped; run the figure again.';
		await expect(waiting).rejects.toThrow(sentence);
		kernel.steps(1);
		await expect(kernel.probe({ kind: 'loss' })).rejects.toThrow(sentence);
		expect(crew.isLost).toBe(true);
	});

	it('answers nothing once disposed', async () => {
		const kernel = new Crew(2, hire).kernel(job, module);
		kernel.dispose();
		kernel.dispose();
		expect(() => kernel.steps(1)).toThrow('disposed');
		await expect(kernel.fence()).rejects.toThrow('disposed');
	});

	it('is hired once, for large jobs of several replicas; where it was lost, one thread trains', async () => {
		let hired = 0;
		const device = await startWasm(
			(program) => Promise.resolve(program === 'train' ? module : wide),
			{
				hands: 2,
				hire(lost) {
					hired++;
					return hire(lost);
				},
			},
		);
		const large = { sizes: [2, 300, 1], samples: 200, activation: 'relu' } as const;
		device.kernel(job);
		device.kernel(smallJob({ ...large, replicas: 1 }));
		expect(hired).toBe(0);
		await device.kernel(smallJob({ ...large, replicas: 2 })).fence();
		await device.kernel(smallJob({ ...large, replicas: 5 })).fence();
		expect(hired).toBe(2);
		losses.at(-1)!();
		expect(device.kernel(smallJob({ ...large, replicas: 2 }))).toBeInstanceOf(WasmKernel);
		expect(hired).toBe(2);
	});
});
