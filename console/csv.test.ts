import { strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf } from './csv.ts';

test('cells with commas, quotes and line ends are quoted', () => {
  strictEqual(csvOf(['a', 'b'], [['x,y', 'say "no"'], ['two\nlines', 7]]), 'a,b\r\n"x,y","say ""no"""\r\n"two\nlines",7');
});

test('a text that a spreadsheet would run is disarmed, a number is not', () => {
  strictEqual(csvOf(['a'], [['=HYPERLINK("x")'], ['-1+1'], [-1]]), 'a\r\n"\'=HYPERLINK(""x"")"\r\n\'-1+1\r\n-1');
});
