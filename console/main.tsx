/** Starts the console: sheets, words in the reader's language, the query store and the router, in that order. */
import './no-code-generation.ts';
import './tokens.css';
import './style/ground.css';
import './style/shell.css';
import './style/parts.css';
import './style/charts.css';
import './style/states.css';
import './style/screens.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyToPage, preferences } from './preferences.ts';
import { makeQueryClient } from './read.ts';
import { router } from './router.tsx';
import { Sprite } from './parts/icon.tsx';
import { WordsProvider, startWords } from './words.tsx';

applyToPage();
const place = document.getElementById('console');
if (place === null) throw new Error('index.html has no place for the console');
const words = await startWords(preferences().language);
createRoot(place).render(
  <StrictMode>
    <Sprite />
    <WordsProvider words={words}>
      <QueryClientProvider client={makeQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </WordsProvider>
  </StrictMode>,
);
