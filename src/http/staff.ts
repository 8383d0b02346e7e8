/**
 * The door for people who sit at the console: exactly the routes of the contract's table. Each request is
 * judged in one order: from our own pages → signed in → permitted → parameters, query and body parsed →
 * handled. What a handler answers is parsed by the route's schema in the development of a handler's tests;
 * here it is sent as it is.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ROLES, actionsOf, decide, type BrowserDoor, type Session } from '../access/index.ts';
import { ATTENDED_HEADER, consoleRoutes, type Answer, type Route, type RouteName } from '../contract/console.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { refuse, type Refused } from './problem.ts';

type Routes = typeof consoleRoutes;
type Parsed<N extends RouteName, Part extends 'params' | 'query' | 'body'> = Routes[N] extends { readonly [P in Part]: infer Shape extends z.ZodType } ? z.output<Shape> : undefined;

/** What a handler is given: parsed parts, who asks, when, and the session's token for the few that end or renew it. */
export interface Call<N extends RouteName> {
  readonly params: Parsed<N, 'params'>;
  readonly query: Parsed<N, 'query'>;
  readonly body: Parsed<N, 'body'>;
  /** Present on every route whose `may` is not null. */
  readonly session: Session | undefined;
  readonly token: string | undefined;
  /** Somebody is there: the request is no page's that was left open. */
  readonly isAttended: boolean;
  readonly now: Instant;
  readonly setCookie: (cookie: string) => void;
}

/** What answers each route of the table; the compiler wants all of them. */
export type StaffRoutes = { readonly [N in RouteName]: (call: Call<N>) => Promise<Answer<N> | Refused> };

/** What the door needs from the house. */
export interface StaffDoor {
  readonly browser: BrowserDoor;
  readonly clock: () => Instant;
  /** `isAttended`: somebody is there, and the session is kept from idling out. */
  readonly sessionOf: (now: Instant, token: string | undefined, isAttended: boolean) => Promise<Session | Rejection>;
  readonly routes: StaffRoutes;
}

/** Adds the console's routes to a server. */
export function openStaffDoor(server: FastifyInstance, door: StaffDoor): void {
  for (const name of Object.keys(consoleRoutes).filter(isRouteName)) {
    const route: Route = consoleRoutes[name];
    server.route({ method: route.method, url: route.path, ...(route.bodyBytesMax === undefined ? {} : { bodyLimit: route.bodyBytesMax }), handler: (request, reply) => answer(name, route, request, reply, door) });
  }
}

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(consoleRoutes, name);
}

async function answer(name: RouteName, route: Route, request: FastifyRequest, reply: FastifyReply, door: StaffDoor): Promise<FastifyReply> {
  const now = door.clock();
  reply.header('cache-control', 'no-store');
  const foreign = door.browser.refuseForeign(request.method, request.headers);
  if (foreign !== undefined) return refuse(reply, foreign);
  const token = door.browser.token(request.headers.cookie);
  const isAttended = request.headers[ATTENDED_HEADER] !== 'no';
  const session = route.may === null ? undefined : await door.sessionOf(now, token, isAttended);
  if (session !== undefined && 'code' in session) return refuse(reply, session);
  const forbidden = session === undefined ? undefined : permission(route, session);
  if (forbidden !== undefined) return refuse(reply, forbidden);
  const parts = parse(route, request);
  if ('code' in parts) return refuse(reply, parts);
  const handle = door.routes[name] as (call: Call<RouteName>) => Promise<object>;
  const result = await handle({ ...parts, session, token, isAttended, now, setCookie: (cookie) => void reply.header('set-cookie', cookie) } as Call<RouteName>);
  return isRejection(result) ? refuse(reply, result) : reply.type('application/json; charset=utf-8').send(JSON.stringify(result));
}

/** A refusal names the offices that may, in words: the person who reads it knows whom to ask. */
function permission(route: Route, session: Session): Refused | undefined {
  if (route.may === null) return undefined;
  if (route.may === 'signed-in') return undefined;
  if (session.enrolling) return reject('FORBIDDEN', 'passkey');
  const may = route.may;
  if (actionsOf(session.member).includes(may)) return undefined;
  const decision = decide(session.member, may);
  return decision.allowed ? undefined : { code: 'FORBIDDEN', detail: { permission: may, offices: decision.whoMay.map((role) => ROLES[role].title) } };
}

type Parts = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

function parse(route: Route, request: FastifyRequest): Parts | Rejection {
  const params = part(route.params, request.params, 'params');
  const query = part(route.query, request.query, 'query');
  const body = route.body === undefined ? { value: undefined } : bodyOf(route, request);
  for (const each of [params, query, body]) if ('code' in each) return each;
  return { params: valueOf(params), query: valueOf(query), body: valueOf(body) };
}

function bodyOf(route: Route, request: FastifyRequest): { readonly value: unknown } | Rejection {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  if (type !== 'application/json') return reject('BODY_TYPE');
  try {
    return part(route.body, JSON.parse(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '{}'), 'body');
  } catch {
    return reject('REQUEST_INVALID', 'body');
  }
}

function part(shape: z.ZodType | undefined, value: unknown, place: string): { readonly value: unknown } | Rejection {
  if (shape === undefined) return { value: undefined };
  const parsed = shape.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return reject('REQUEST_INVALID', path === '' ? place : `${place}.${path}`);
}

function valueOf(parsed: { readonly value: unknown } | Rejection): unknown {
  return 'value' in parsed ? parsed.value : undefined;
}

function isRejection(result: object): result is Refused {
  return 'code' in result && !('items' in result);
}
