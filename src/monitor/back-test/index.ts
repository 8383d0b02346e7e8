/**
 * Back-tests: a door of its own, for whoever asks what rules would have found and decides nothing.
 */
export { BackTest, BackTestRefusal, type BackTestGround, type BackTestOrder, type BackTestProgress } from './back-test.ts';
export type { BackTestFinding } from './checkpoint.ts';
