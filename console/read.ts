/**
 * Reading: one query per route and question, kept by TanStack Query. An answer stays on the screen while
 * the next one is fetched, so a number changes in place. A refusal is not tried again; a broken line is,
 * twice. `usePages` gives the same with pages that follow each other.
 */
import { QueryClient, infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { RouteName } from '../src/contract/console.ts';
import { Refusal, call, type Answered, type Asked } from './api.ts';

const attemptsMax = 2;

/** Milliseconds for which an answer is taken as fresh when nothing has told otherwise; live events tell sooner. */
const freshMs = 10_000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMs,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < attemptsMax && error instanceof Refusal && (error.status === 0 || error.status >= 502),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
}

export function reading<N extends RouteName>(name: N, asked: Asked<N>) {
  return queryOptions<Answered<N>>({
    queryKey: [name, asked],
    queryFn: ({ signal }) => call(name, asked, signal),
    placeholderData: keepPreviousData,
  });
}

/** The answer of a route, kept fresh. `enabled` false asks nothing: for what the reader's role may not see. */
export function useAnswer<N extends RouteName>(name: N, asked: Asked<N>, enabled = true) {
  return useQuery({ ...reading(name, asked), enabled });
}

type Paged = { [N in RouteName]: Answered<N> extends { items: unknown[]; next: string | null } ? N : never }[RouteName];

/** A list in pages: `fetchNextPage` brings the next one. The question is asked with the page's cursor added. */
export function usePages<N extends Paged>(name: N, ask: (cursor: string | undefined) => Asked<N>) {
  return useInfiniteQuery(infiniteQueryOptions({
    queryKey: [name, 'pages', ask(undefined)],
    queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | undefined }) => call(name, ask(pageParam), signal),
    initialPageParam: nothing,
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  }));
}
const nothing: string | undefined = undefined;
