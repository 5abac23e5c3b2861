/** Hands a file to the browser. */
export function download(name: string, file: Blob): void {
	const anchor = document.createElement('a');
	anchor.href = URL.createObjectURL(file);
	anchor.download = name;
	anchor.click();
	// The download has the bytes by then.
	setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
