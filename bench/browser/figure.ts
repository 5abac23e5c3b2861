import { defineFigure, type Frame, type Lab, type Run } from '#contract';
import { jobOf, tasks } from '../tasks.ts';

type Params = { steps: number };
interface LossFrame extends Frame {
	readonly loss: number;
}

const every = 10;

async function* frames({ params }: Run<Params>, lab: Lab): AsyncGenerator<LossFrame> {
	const task = tasks.find(({ name }) => name === 'tanh d2 m64 b200')!;
	const job = jobOf({ ...task, replicas: 8 });
	const session = await lab.open(job);
	try {
		for (let step = 0; step <= params.steps; step += every) {
			await session.advance(step - session.step);
			const f = await session.probe({ kind: 'outputs' });
			yield { step, loss: f.reduce((sum, v, i) => sum + (v - job.y[i]!) ** 2, 0) };
		}
	} finally {
		session.dispose();
	}
}

/** Eight networks of 64 tanh units on 200 points: what is started and stopped to see how long that takes. */
export const figure = defineFigure<Params, LossFrame>({
	title: 'Waits',
	knobs: {
		steps: { kind: 'number', label: 'steps', min: 10, max: 1e7, default: 1e7, scale: 'log' },
	},
	seeds: 1,
	reduced: { params: {}, seeds: 1 },
	panels: [],
	predictions: [],
	presets: [],
	steps: ({ params }) => params.steps,
	frames,
	summary: () => 'Eight networks train.',
});

export const run: Run<Params> = { params: { steps: 1e7 }, seed: 0, seeds: 1 };
