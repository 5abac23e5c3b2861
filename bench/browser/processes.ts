import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Time in ms. `js` is that of the renderers, which run the pages; `gpu` that of the process that draws. */
export interface Spent {
	readonly js: number;
	readonly gpu: number;
}

export interface Clock {
	readonly measures: 'CPU' | 'wall';
	/** Starts to measure; the function it returns tells what was spent since. */
	start(): () => Spent;
}

/** CPU time of the browser this process started, where the system tells it; else the time on the wall. */
export function browserClock(): Clock {
	return existsSync('/proc/self/stat') ? cpuClock : wallClock;
}

const wallClock: Clock = {
	measures: 'wall',
	start() {
		const since = performance.now();
		return () => ({ js: performance.now() - since, gpu: 0 });
	},
};

const cpuClock: Clock = {
	measures: 'CPU',
	start() {
		const before = browserProcesses();
		return () => {
			const spent = { js: 0, gpu: 0 };
			for (const [pid, { kind, ms }] of browserProcesses())
				spent[kind] += ms - (before.get(pid)?.ms ?? 0);
			return spent;
		};
	},
};

interface Process {
	readonly kind: keyof Spent;
	readonly ms: number;
}

/** Linux counts CPU time in ticks of this many ms. */
const tickMs = 10;

/** The renderers and the GPU process among the descendants of this process. */
function browserProcesses(): Map<number, Process> {
	const children = new Map<number, number[]>();
	const ms = new Map<number, number>();
	for (const name of readdirSync('/proc')) {
		const pid = Number(name);
		const stat = Number.isInteger(pid) ? textOf(`/proc/${pid}/stat`) : null;
		if (stat === null) continue;
		// The name of the program stands in brackets and may hold spaces.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const parent = Number(fields[1]);
		children.set(parent, [...(children.get(parent) ?? []), pid]);
		ms.set(pid, (Number(fields[11]) + Number(fields[12])) * tickMs);
	}
	const found = new Map<number, Process>();
	const waiting = [process.pid];
	for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
		waiting.push(...(children.get(pid) ?? []));
		const kind = kindOf(pid);
		if (kind) found.set(pid, { kind, ms: ms.get(pid) ?? 0 });
	}
	return found;
}

function kindOf(pid: number): keyof Spent | null {
	const command = textOf(`/proc/${pid}/cmdline`) ?? '';
	if (command.includes('--type=renderer')) return 'js';
	return command.includes('--type=gpu-process') ? 'gpu' : null;
}

/** Null where the process has ended in the meantime. */
function textOf(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
}
