/**
 * Curves and their formulas light each other, by pointer and by focus. Curves say whose they are by
 * `data-equation`; a formula is an element `.eq` with the label as its id; links to it light up too.
 * A formula that is off the screen is shown beside the curve.
 */
import './lit.css';

let current: string | null = null;
let note: HTMLElement | null = null;
let listening = false;

/** Begins to listen, once for the whole page, and lets one stop at these formulas by keyboard. */
export function lightFormulas(equations: readonly string[]): void {
	for (const equation of equations)
		document.getElementById(equation)?.setAttribute('tabindex', '0');
	if (listening) return;
	listening = true;
	document.addEventListener('pointerover', (event) => light(event.target));
	document.addEventListener('focusin', (event) => light(event.target));
	document.addEventListener('focusout', () => light(null));
	document.addEventListener('scroll', hideNote, { passive: true, capture: true });
	document.addEventListener('keydown', ({ key }) => {
		if (key === 'Escape') light(null);
	});
}

/** Marks what has been drawn anew. */
export function relight(host: Element): void {
	if (current !== null) mark(host);
}

function light(target: EventTarget | null): void {
	const at = target instanceof Element ? target : null;
	const equation = equationOf(at);
	if (equation === current) return;
	current = equation;
	mark(document);
	hideNote();
	const formula = equation === null ? null : document.getElementById(equation);
	if (formula && at && !at.closest('.eq') && !isOnScreen(formula)) showNote(at, formula);
}

/** The equation of a curve, a formula or a link to one, if some curve on the page is of it. */
function equationOf(at: Element | null): string | null {
	const found =
		at?.closest<HTMLElement>('[data-equation]')?.dataset.equation ??
		at?.closest('.eq[id]')?.id ??
		at?.closest('a[href^="#"]')?.getAttribute('href')?.slice(1);
	if (!found) return null;
	return document.querySelector(`svg [data-equation="${CSS.escape(found)}"]`) ? found : null;
}

function mark(root: ParentNode): void {
	for (const node of root.querySelectorAll('.lit, .has-lit'))
		node.classList.remove('lit', 'has-lit');
	if (current === null) return;
	const name = CSS.escape(current);
	const all = `[data-equation="${name}"], .eq[id="${name}"], a[href="#${name}"]`;
	for (const node of root.querySelectorAll(all)) {
		node.classList.add('lit');
		node.closest('svg')?.classList.add('has-lit');
	}
}

function isOnScreen(node: Element): boolean {
	const { top, bottom, height } = node.getBoundingClientRect();
	return height > 0 && top >= 0 && bottom <= innerHeight;
}

function showNote(at: Element, formula: Element): void {
	note ??= document.createElement('div');
	note.className = 'lit-note';
	note.popover = 'manual';
	note.setAttribute('aria-hidden', 'true');
	const copy = formula.cloneNode(true) as HTMLElement;
	for (const node of [copy, ...copy.querySelectorAll('[id]')]) node.removeAttribute('id');
	copy.removeAttribute('tabindex');
	copy.classList.remove('lit');
	note.replaceChildren(copy);
	document.body.append(note);
	note.showPopover();
	const mark = (at.closest('svg') ?? at).getBoundingClientRect();
	const { width, height } = note.getBoundingClientRect();
	note.style.left = `${Math.max(8, Math.min(mark.left, innerWidth - width - 8))}px`;
	const above = mark.top - height - 4;
	note.style.top = `${above >= 0 ? above : Math.min(mark.bottom + 4, innerHeight - height)}px`;
}

function hideNote(): void {
	note?.remove();
}
