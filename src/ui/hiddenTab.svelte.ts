import { keepText, keptText } from './kept.ts';

const key = 'hidden-tab';

/** What runs do while their tab is hidden: the reader's choice, one for all figures of this device. */
class HiddenTab {
	#pauses = $state(keptText(key) === 'pause');

	/** Whether they stand still; left alone, they go on. */
	get pauses(): boolean {
		return this.#pauses;
	}

	set pauses(value: boolean) {
		this.#pauses = value;
		keepText(key, value ? 'pause' : null);
	}
}

export const hiddenTab = new HiddenTab();
