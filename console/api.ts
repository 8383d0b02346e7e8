/**
 * The one door to the server. A route is called by its name in the contract's table; what goes out and
 * what comes back is parsed by the contract's schemas, so a screen never holds data of unknown shape. A
 * refusal is thrown as `Refusal` with its code; a broken line or an unreadable answer gets a code of the
 * console's own (`UNREACHABLE`, `ANSWER_UNREADABLE`).
 */
import * as z from 'zod';
import { ATTENDED_HEADER, consoleRoutes, problem, type ConsoleRoutes, type Problem, type RouteName } from '../src/contract/console.ts';
import { isAttended } from './presence.ts';

type Input<N extends RouteName, K extends 'params' | 'query' | 'body'> =
  K extends keyof ConsoleRoutes[N] ? (ConsoleRoutes[N][K] extends z.ZodType ? z.input<ConsoleRoutes[N][K]> : undefined) : undefined;

/** What a route takes: each part is present exactly when the contract names it. */
export type Asked<N extends RouteName> = {
  [K in 'params' | 'query' | 'body' as Input<N, K> extends undefined ? never : K]: Input<N, K>;
};
export type Answered<N extends RouteName> = z.output<ConsoleRoutes[N]['response']>;

export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, told: Problem) {
    super(`${told.code}: ${told.message}`);
    this.name = 'Refusal';
    this.status = status;
    this.problem = told;
  }
}

const asRecord = z.record(z.string(), z.unknown());
type Parts = { params?: unknown; query?: unknown; body?: unknown };

function addressOf(path: string, asked: Parts): string {
  const params = asRecord.parse(asked.params ?? {});
  const filled = path.replaceAll(/:([a-zA-Z0-9]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asRecord.parse(asked.query ?? {}))) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

/** Calls a route and gives its answer, parsed. Throws `Refusal`. */
export async function call<N extends RouteName>(name: N, asked: Asked<N>, signal?: AbortSignal): Promise<Answered<N>> {
  const route = consoleRoutes[name];
  const parts: Parts = asked;
  const changes = route.method !== 'GET';
  let response: Response;
  try {
    response = await fetch(addressOf(route.path, parts), {
      method: route.method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(changes ? { 'content-type': 'application/json' } : {}), ...(isAttended() ? {} : { [ATTENDED_HEADER]: 'no' }) },
      ...(changes ? { body: JSON.stringify(parts.body ?? {}) } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Refusal(0, { code: 'UNREACHABLE', message: String(error), remedy: '' });
  }
  return parseAnswer(name, response);
}

async function parseAnswer<N extends RouteName>(name: N, response: Response): Promise<Answered<N>> {
  let told: unknown;
  try {
    told = await readJson(response);
  } catch (error) {
    throw new Refusal(response.status, { code: 'ANSWER_UNREADABLE', message: String(error), remedy: '' });
  }
  if (!response.ok) {
    const refused = problem.safeParse(told);
    throw new Refusal(response.status, refused.success ? refused.data : { code: 'ANSWER_UNREADABLE', message: `HTTP ${response.status}`, remedy: '' });
  }
  const schema: z.ZodType<Answered<N>> = schemaOf(name);
  const parsed = schema.safeParse(told);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new Refusal(response.status, {
    code: 'ANSWER_UNREADABLE', message: `${name}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`, remedy: '',
  });
}

/** The table's schema of a name, typed by that name: TypeScript does not carry the link through an index of unions. */
function schemaOf<N extends RouteName>(name: N): z.ZodType<Answered<N>> {
  const routes: { [M in RouteName]: { response: z.ZodType<Answered<M>> } } = consoleRoutes;
  return routes[name].response;
}
