import { sentenceOf } from '../../sentence.ts';
import { WasmKernel, type TrainProgram } from '../kernel.ts';
import type { FromHand, HandPort, ToHand } from './messages.ts';
import { buffersIn } from './shares.ts';

/**
 * The side of a worker that trains its share of the replicas. Messages are done in the order in which
 * they come, so that an answer means all before it is done. What goes wrong is told with the next
 * answer, as orders have none.
 */
export function serveHand(port: HandPort): void {
	const kernels = new Map<number, WasmKernel>();
	const problems = new Map<number, string>();

	function obey(message: ToHand): void {
		const kernel = kernels.get(message.kernel);
		switch (message.kind) {
			case 'open': {
				const { exports } = new WebAssembly.Instance(message.module);
				const program = exports as unknown as TrainProgram;
				return void kernels.set(message.kernel, new WasmKernel(message.job, program));
			}
			case 'steps':
				return kernel?.steps(message.count);
			case 'stepSizes':
				return kernel?.setStepSizes(message.sizes);
			case 'restore':
				return kernel?.restore(message.checkpoint);
			case 'dispose':
				kernel?.dispose();
				kernels.delete(message.kernel);
				problems.delete(message.kernel);
				return;
			default:
				return void answer(message);
		}
	}

	async function answer(question: Extract<ToHand, { id: number }>): Promise<void> {
		const { id } = question;
		try {
			const problem = problems.get(question.kernel);
			const kernel = kernels.get(question.kernel);
			if (problem !== undefined || !kernel) throw new Error(problem ?? 'This run is over.');
			const value =
				question.kind === 'probe'
					? await kernel.probe(question.probe)
					: question.kind === 'checkpoint'
						? await kernel.checkpoint()
						: null;
			post({ id, kind: 'answer', value });
		} catch (error) {
			post({ id, kind: 'problem', sentence: sentenceOf(error) });
		}
	}

	function post(message: FromHand): void {
		port.postMessage(message, { transfer: buffersIn(message) });
	}

	port.onmessage = ({ data }) => {
		const message = data as ToHand;
		try {
			obey(message);
		} catch (error) {
			problems.set(message.kernel, sentenceOf(error));
		}
	};
}
