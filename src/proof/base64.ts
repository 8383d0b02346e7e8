/**
 * Standard base64 with padding, strict: one value has one text, so a signature line cannot be rewritten
 * without being noticed. Works in a browser and on the server.
 */
export const base64 = {
  encode(bytes: Uint8Array): string {
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  },

  /** Bytes of a text, or `undefined` when it is not the one canonical encoding of any. */
  decode(text: string): Uint8Array | undefined {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return base64.encode(bytes) === text ? bytes : undefined;
  },
} as const;
