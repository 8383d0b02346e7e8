/**
 * What comes of screening people: the watch that runs where their names are, and its hits for who shows and decides
 * them.
 */
export { watchPeople } from './people-watch.ts';
export { decideHit, secondHit, takesTwo } from './decide.ts';
export { moveFreeze, openFreezeActs, type FreezeAct } from './freeze.ts';
export { countByEntry, countHits, listFreezes, listHits, readFreezeSteps, readHit, type FreezeRow, type HitRow, type HitStep } from './read.ts';
export { ListBooks, wordsOfHit } from '../list-books.ts';
export { readDecided, readScores } from './scores.ts';
export { readApplied, readNewestNames as newestNames } from './follow.ts';
