/** Style sheets are imported for their effect; Vite puts them into the page's one sheet. */
declare module '*.css';
