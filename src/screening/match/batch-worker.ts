/**
 * A worker of a batch: it indexes the lists once and answers blocks of lines, one after another. It reads nothing but
 * what it is handed and keeps nothing between blocks that could change an answer.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../terms/index.ts';
import { answererOf, type BatchGround, type Block } from './batch.ts';

const ground: BatchGround = workerData;
const answer = answererOf(ground);
assert(parentPort !== null, 'a batch worker runs in a thread of its own');
const port = parentPort;
port.on('message', (block: Block) => port.postMessage(block.lines.map((line, at) => answer(line, block.first + at))));
