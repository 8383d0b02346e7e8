/**
 * Firms as the console's routes ask for them, folded from licensing's views and the pack. Read again every few
 * seconds: a new firm or stage is seen by then, and no route waits for it.
 */

import type pg from 'pg';
import { inForce, numberAt, parameterAt, type CompiledStage, type Framework, type Source } from '../framework/index.ts';
import type { Directory, FirmCard } from '../http/index.ts';
import type { AssetBook } from '../intake/index.ts';
import { readFirms, standingOf, type Firm } from '../licensing/index.ts';
import { SYSTEM, withActor } from '../log/index.ts';
import type { Instant } from '../terms/index.ts';

/** An event must be decided within this: an assumption of this system until the pack prescribes one. */
const DECIDE_LIMIT_MS = 60_000;

export class HouseDirectory implements Directory {
  readonly #framework: Framework;
  readonly #book: AssetBook;
  #cards: readonly FirmCard[] = [];
  #firms: ReadonlyMap<string, Firm> = new Map();
  #now: Instant;

  constructor(framework: Framework, book: AssetBook, now: Instant) {
    this.#framework = framework;
    this.#book = book;
    this.#now = now;
  }

  /** Reads the firms anew. */
  async refresh(pool: pg.Pool, now: Instant): Promise<void> {
    this.#now = now;
    const firms = await withActor(pool, SYSTEM, (tx) => readFirms(tx));
    this.#firms = new Map(firms.map((firm) => [firm.firm, firm]));
    this.#cards = firms.map((firm) => cardOf(firm, this.#framework, now));
  }

  all(): readonly FirmCard[] {
    return this.#cards;
  }

  byCode(code: string): FirmCard | undefined {
    return this.#cards.find((card) => card.ref.code.toUpperCase() === code.toUpperCase());
  }

  byId(id: string): FirmCard | undefined {
    return this.#cards.find((card) => card.id === id);
  }

  byNumber(number: number): FirmCard | undefined {
    return this.#cards.find((card) => card.number === number);
  }

  ladder(): ReturnType<Directory['ladder']> {
    return [...this.#framework.stages.values()].map((stage) => ({ stage: stageOf(stage), may: mayOf(stage, this.#now) }));
  }

  feedLimit(): ReturnType<Directory['feedLimit']> {
    const parameter = parameterAt(this.#framework, 'feed.lag', this.#now);
    return { ms: Math.round(numberAt(this.#framework, 'feed.lag', this.#now) / 1000), provenance: parameter === undefined ? { status: 'assumption', clause: null } : provenanceOf(parameter) };
  }

  decideLimitMs(): number {
    return DECIDE_LIMIT_MS;
  }

  permitSource(firm: string, at: Instant): ReturnType<Directory['permitSource']> {
    const stage = this.#firms.get(firm)?.held.findLast((held) => held.from <= at)?.stage;
    const source = inForce(this.#framework.stages.get(stage ?? '')?.permissions, at);
    return source === undefined ? undefined : provenanceOf(source);
  }

  asset(id: string): ReturnType<Directory['asset']> {
    return this.#book.asset(id);
  }
}

const STOPPED: readonly CompiledStage['standing'][] = ['suspended', 'revoked'];

function stageOf(stage: CompiledStage): FirmCard['stage'] {
  return { id: stage.stage, title: stage.title, isLicence: stage.isLicence, isStopped: STOPPED.includes(stage.standing) };
}

/** What a firm in a stage may offer, in two words: the whole of it stands on the framework's page. */
function mayOf(stage: CompiledStage, now: Instant): { en: string; ur: string } {
  const permission = inForce(stage.permissions, now);
  if (permission === undefined || permission.scope === 'none') return { en: 'none', ur: 'کوئی نہیں' };
  if (permission.scope === 'granted') return { en: 'as granted', ur: 'اجازت نامے کے مطابق' };
  return { en: `${permission.services.length} services`, ur: `${permission.services.length} خدمات` };
}

function provenanceOf(source: Source): { status: Source['status']; clause: Source['clause'] } {
  return { status: source.status, clause: source.clause };
}

function cardOf(firm: Firm, framework: Framework, now: Instant): FirmCard {
  const standing = standingOf(framework, firm, now);
  const outside = [...framework.stages.values()].find((stage) => stage.initial);
  const stage = standing.stage ?? outside;
  const [fact] = firm.facts;
  return {
    id: firm.firm, number: firm.number, ref: { code: firm.code, name: { en: firm.name, ur: firm.nameUr ?? firm.name }, invented: firm.synthetic },
    stage: stage === undefined ? { id: 'none', title: { en: 'No status', ur: 'کوئی حیثیت نہیں' }, isLicence: false, isStopped: false } : stageOf(stage), stageSince: standing.since ?? null,
    published: firm.synthetic || fact === undefined ? null : { text: { en: fact.text, ur: fact.text }, source: fact.source },
    steps: standing.way.slice(-12).map((point) => ({
      stage: stageOf(point.stage), state: point.state, since: point.since ?? null, note: null, clause: point.stage.clause,
    })),
    gates: [],
    services: standing.services.map((one) => ({ id: one.service, title: one.title, open: one.open, provenance: one.source === undefined ? { status: 'unset', clause: null } : provenanceOf(one.source) })),
    flags: standing.flags.slice(0, 10).map((flag) => ({ title: flag.title, text: flag.text })),
  };
}
