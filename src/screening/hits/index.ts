/**
 * What comes of screening people: the watch that runs where their names are, and its hits for who shows and decides
 * them.
 */
export { watchPeople } from './people-watch.ts';
