/** Style sheets are imported for their effect; Vite puts them into the page's one sheet. */
declare module '*.css';

/** A file that Vite puts beside the script; the import gives its address. */
declare module '*.wasm?url' {
  const address: string;
  export default address;
}
