import { tasks, type Task } from '../tasks.ts';

const chosen: readonly (readonly [string, number])[] = [
	['relu d2 m8 b10', 1],
	['relu d2 m64 b10', 1],
	['relu d2 m64 b200', 1],
	['tanh d2 m64 b200', 1],
	['relu d2 m64 b10', 32],
	['relu d2 m64 b200', 32],
	['relu d2 m7 b10', 256],
	['relu d2 m64-64 b200', 1],
	['relu d10 m64-64-64-64 b200', 1],
	['tanh d2 m64-64-64-64-64-64 b200', 1],
];

/** The tasks of Node that pages do too. */
export const pageTasks: readonly Task[] = chosen.flatMap(([name, replicas]) =>
	tasks.filter((task) => task.name === name && task.replicas === replicas),
);
