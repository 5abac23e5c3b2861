import ledger from '../../../docs/claims.json';
import type { Ledger } from '#contract';

/** The ledger as the command wrote it; nothing on the page is typed by hand. */
export const load = () => ({ ledger: ledger as Ledger });
