/**
 * The verifier's page, `/verify` and `/verify/ur`: the one public page with a script of its own, which judges in the
 * reader's browser and keeps itself for when there is no network. The page and all its words are made here; the script
 * is the console's build. Its policy allows that script, the decoder of codes, and nobody else's anything.
 */

import type { FastifyInstance } from 'fastify';
import type { Instant } from '../../terms/index.ts';
import { CLASS_WORDS } from '../words/register.ts';
import { VERIFIER_SCRIPT_WORDS, VERIFIER_WORDS } from '../words/verifier.ts';
import { escaped, pageHtml, pathIn, PUBLIC_POLICY, type Language, type Worded } from './html.ts';

/** What the verifier's page stands on. */
export interface VerifierGround {
  readonly clock: () => Instant;
  readonly authority: Worded;
  readonly synthetic: boolean;
}

/** `wasm-unsafe-eval`: the decoder of codes is a module of WebAssembly, which is no script of anybody's text. */
const POLICY = `${PUBLIC_POLICY}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src 'self'`;
const TEXT_LENGTH_MAX = 1_000_000;

/** Serves `/verify` and `/verify/ur`. */
export function openVerifier(server: FastifyInstance, ground: VerifierGround): void {
  for (const language of ['en', 'ur'] as const) {
    server.get(pathIn(language, '/verify'), (_request, reply) => reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).header('cache-control', 'no-cache').send(verifierPage(ground, language)));
  }
}

function verifierPage({ clock, authority, synthetic }: VerifierGround, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const classes = Object.entries(CLASS_WORDS).map(([name, text]): [string, Worded] => [`class ${name}`, text]);
  const words = [...Object.entries(VERIFIER_SCRIPT_WORDS), ...classes].map(([name, text]) => `<template data-word="${escaped(name)}">${own(text)}</template>`).join('');
  const body = `<h1>${own(VERIFIER_WORDS.title)}</h1><p>${own(VERIFIER_WORDS.lead)}</p>
<noscript><p class="warning">${own(VERIFIER_WORDS.script)}</p></noscript>
<div id="work" hidden><label>${own(VERIFIER_WORDS.file)}<input id="file" type="file" accept="image/*,application/pdf,.pdf,.json,.txt,.jwt,.sd-jwt"></label>
<form id="given"><label>${own(VERIFIER_WORDS.text)}<textarea id="text" dir="ltr" lang="en" spellcheck="false" maxlength="${TEXT_LENGTH_MAX}" required></textarea></label><button type="submit">${own(VERIFIER_WORDS.act)}</button></form></div>
<section id="outcome" class="standing" tabindex="-1" aria-live="polite" hidden></section><p id="kept" class="small" hidden>${own(VERIFIER_WORDS.kept)}</p>${words}`;
  return pageHtml({ language, title: VERIFIER_WORDS.title[language], path: '/verify', at: clock(), synthetic, authority, formats: [], body, head: '<link rel="icon" href="/icon.svg" type="image/svg+xml"><script type="module" src="/verifier.js" data-verifier></script>' });
}
