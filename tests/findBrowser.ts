/**
 * Finds a Chromium with OffscreenCanvas and WebGL 2, or gets one, and remembers it. `npm test` runs
 * this first; the Vitest projects and the command line read the path it found.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

/** Starts quietly, without asking any other host, and draws in software where there is no GPU. */
export const browserArgs = [
	'--headless=new',
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--use-angle=swiftshader',
	'--enable-unsafe-swiftshader',
];

const cache = join(import.meta.dirname, '../node_modules/.cache/browser');
const remembered = join(cache, 'found.json');

interface Found {
	readonly path: string;
	/** Libraries a browser from the registry brings along. */
	readonly libraries?: string;
}

/** The browser that an earlier search found, ready to launch; undefined before the first search. */
export function rememberedBrowser(): Found | undefined {
	if (!existsSync(remembered)) return undefined;
	const found = JSON.parse(readFileSync(remembered, 'utf8')) as Found;
	return existsSync(found.path) ? withLibraries(found) : undefined;
}

/** Tries every way to a browser, cheapest first; throws one plain sentence when none works. */
export async function findBrowser(): Promise<Found> {
	const known = rememberedBrowser();
	if (known && !process.env.BROWSER_PATH && (await works(known))) return known;
	for (const way of [installed, playwrights, fromRegistry, fromDebian]) {
		for (const found of way()) {
			if (!(await works(withLibraries(found)))) continue;
			mkdirSync(cache, { recursive: true });
			writeFileSync(remembered, JSON.stringify(found));
			return found;
		}
	}
	throw new Error(
		'No Chromium could be found or installed. Install Chrome or Chromium, or set BROWSER_PATH to one, and run the tests again.',
	);
}

function* installed(): Generator<Found> {
	const named = ['BROWSER_PATH', 'CHROME_PATH', 'CHROME_BIN', 'PUPPETEER_EXECUTABLE_PATH'];
	for (const name of named) {
		const path = process.env[name];
		if (path) yield { path };
	}
	const programs = [
		'google-chrome-stable',
		'google-chrome',
		'chromium',
		'chromium-browser',
		'microsoft-edge',
	];
	for (const program of programs)
		for (const folder of (process.env.PATH ?? '').split(delimiter))
			yield { path: join(folder, program) };
	for (const app of ['Google Chrome', 'Chromium', 'Microsoft Edge'])
		yield { path: `/Applications/${app}.app/Contents/MacOS/${app}` };
}

function* playwrights(): Generator<Found> {
	yield { path: chromium.executablePath() };
	say('No installed browser will do; asking Playwright for one.');
	const manifest = createRequire(import.meta.url).resolve('playwright/package.json');
	spawnSync(process.execPath, [join(manifest, '../cli.js'), 'install', 'chromium'], {
		stdio: 'ignore',
		timeout: 300_000,
		env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
	});
	yield { path: chromium.executablePath() };
}

function* fromRegistry(): Generator<Found> {
	if (process.platform !== 'linux' || process.arch !== 'x64') return;
	say('Getting Chromium from the npm registry.');
	const folder = join(cache, 'registry');
	mkdirSync(folder, { recursive: true });
	const npm = spawnSync(
		'npm',
		['install', '--prefix', folder, '--no-save', '@sparticuz/chromium@147.0.0'],
		{ stdio: 'ignore', timeout: 300_000 },
	);
	if (npm.status !== 0) return;
	const home = join(folder, 'node_modules/@sparticuz/chromium');
	const module = (name: string) =>
		JSON.stringify(pathToFileURL(join(home, 'build/esm', name)).href);
	// It carries NSS, NSPR and expat, but unpacks them by itself only where it knows the system.
	const unpack = `
		import chromium from ${module('index.js')};
		import { inflate } from ${module('lambdafs.js')};
		await inflate(${JSON.stringify(join(home, 'bin/al2023.tar.br'))});
		process.stdout.write(await chromium.executablePath());`;
	try {
		const path = execFileSync(process.execPath, ['--input-type=module', '-e', unpack], {
			encoding: 'utf8',
			env: { ...process.env, TMPDIR: folder },
		});
		yield { path, libraries: join(folder, 'al2023/lib') };
	} catch {
		// The package did not unpack here: go on to the next way.
	}
}

function* fromDebian(): Generator<Found> {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
	say('Installing Chromium with apt-get.');
	spawnSync('apt-get', ['update'], { stdio: 'ignore', timeout: 120_000 });
	spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
		stdio: 'ignore',
		timeout: 600_000,
	});
	yield { path: '/usr/bin/chromium' };
}

/** Launches it, which weeds out stubs, and asks for what the engine needs. */
async function works({ path }: Found): Promise<boolean> {
	if (!existsSync(path)) return false;
	try {
		const browser = await chromium.launch({
			executablePath: path,
			args: browserArgs,
			timeout: 30_000,
		});
		try {
			const page = await browser.newPage();
			return await page.evaluate(
				() => new OffscreenCanvas(1, 1).getContext('webgl2') instanceof WebGL2RenderingContext,
			);
		} finally {
			await browser.close();
		}
	} catch {
		return false;
	}
}

function withLibraries(found: Found): Found {
	if (found.libraries) process.env.LD_LIBRARY_PATH = found.libraries;
	return found;
}

function say(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
}

if (process.argv[1] === import.meta.filename) {
	try {
		const { path } = await findBrowser();
		say(`Browser tests use ${path}`);
	} catch (error) {
		say((error as Error).message);
		process.exitCode = 1;
	}
}
