/**
 * Tells what a symbol means and where its knob stands, when it is pointed at, touched or reached by
 * keyboard. The note stays until the pointer leaves both, the focus goes, or Escape is pressed; one may
 * move into it.
 */
import './symbolHelp.css';
import { formatKnob } from '#contract';
import { liveParams } from '#ui/liveRuns.ts';
import { exact } from '#ui/words.ts';
import { symbolAt, symbolTable, type AskedSymbol } from './symbols.ts';

/** Milliseconds on the way from a symbol to its note. */
const patience = 250;

/** Watches an article of a lesson; returns what stops it. `address` is that of the symbols. */
export async function helpWithSymbols(
	article: HTMLElement,
	address: string,
	asked: Event,
): Promise<() => void> {
	const response = await fetch(address);
	const table = symbolTable((await response.json()) as AskedSymbol[]);
	const note = document.createElement('div');
	note.className = 'symbol-help';
	note.id = 'symbol-help';
	note.setAttribute('role', 'tooltip');
	note.popover = 'manual';
	article.append(note);

	let anchor: Element | null = null;
	let timer = 0;
	const stay = () => clearTimeout(timer);
	const leave = () => {
		stay();
		timer = window.setTimeout(hide, patience);
	};

	function hide(): void {
		stay();
		anchor?.closest('.sym')?.removeAttribute('aria-describedby');
		anchor = null;
		if (note.matches(':popover-open')) note.hidePopover();
	}

	/** Puts the note below its symbol, or above; it waits unseen for one that is off the screen. */
	function place(): void {
		if (!anchor) return;
		const mark = anchor.getBoundingClientRect();
		const isOnScreen = mark.bottom > 0 && mark.top < innerHeight;
		note.style.visibility = isOnScreen ? '' : 'hidden';
		const { width, height } = note.getBoundingClientRect();
		const left = Math.max(8, Math.min(mark.left, innerWidth - width - 8));
		const below = mark.bottom + 6 + height < innerHeight;
		note.style.left = `${left}px`;
		note.style.top = `${below ? mark.bottom + 6 : Math.max(8, mark.top - 6 - height)}px`;
	}

	function show(at: Element, symbol: AskedSymbol): void {
		stay();
		if (anchor === at) return;
		hide();
		anchor = at;
		note.replaceChildren(...lines(symbol));
		note.showPopover();
		place();
		at.closest('.sym')?.setAttribute('aria-describedby', note.id);
	}

	function hear(event: Event): void {
		const target = event.target as Element;
		const button = target.closest('.sym');
		// By keyboard the whole button; by pointer the piece that is pointed at.
		const piece = event.type === 'focusin' ? button?.querySelector('mjx-math') : target;
		const found = piece ? symbolAt(piece, table) : null;
		if (found) show(found.at, found.symbol);
		else if (anchor && !note.contains(target)) leave();
		else stay();
	}

	const pointed = (event: PointerEvent) => {
		if (event.pointerType !== 'touch') hear(event);
	};
	const pressed = (event: KeyboardEvent) => {
		if (event.key === 'Escape') hide();
	};
	article.addEventListener('pointerover', pointed);
	article.addEventListener('focusin', hear);
	article.addEventListener('click', hear);
	article.addEventListener('focusout', leave);
	note.addEventListener('pointerenter', stay);
	note.addEventListener('pointerleave', leave);
	document.addEventListener('keydown', pressed);
	document.addEventListener('scroll', place, { passive: true, capture: true });
	hear(asked);
	return () => {
		document.removeEventListener('keydown', pressed);
		document.removeEventListener('scroll', place, { capture: true });
		note.remove();
	};
}

/** What is told of a symbol. Its HTML is ours, from the build. */
function lines({ html, means, papers, knobs }: AskedSymbol): HTMLElement[] {
	const line = (inside: string, name = '') => {
		const paragraph = document.createElement('p');
		paragraph.className = name;
		paragraph.innerHTML = inside;
		return paragraph;
	};
	const all = [line(`${html}: ${means}`, 'means')];
	for (const { figure, title, id, value } of knobs) {
		const now = liveParams(figure)?.[id];
		const shown =
			now === undefined ? value : typeof now === 'number' ? exact(now) : formatKnob(now);
		const told = line('');
		told.textContent = `Now ${shown} in the figure “${title}”.`;
		all.push(told);
	}
	for (const paper of papers) all.push(line(`${paper.html} in ${paper.name}`));
	return all;
}
