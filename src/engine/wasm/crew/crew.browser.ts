import { expect, it } from 'vitest';
import { smallJob } from '../../selfTest.ts';
import { start } from '../browser.ts';

it('trains in workers of its own with the bits of one', async () => {
	const job = smallJob({ sizes: [2, 300, 1], samples: 200, activation: 'tanh', replicas: 5 });
	const answers = [];
	for (const cores of [2, 3, 6]) {
		const kernel = (await start(cores)).kernel(job);
		kernel.steps(20);
		answers.push(await kernel.probe({ kind: 'weights' }));
		kernel.dispose();
	}
	expect(answers[1]).toEqual(answers[0]);
	expect(answers[2]).toEqual(answers[0]);
});
