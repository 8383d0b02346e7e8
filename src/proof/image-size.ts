/**
 * How large a photo is, from its first bytes: a decoder is given only what it can hold. PNG (its header's first chunk)
 * and JPEG (the frame that its segments lead to). What is neither, or hides its size, has none.
 */

/** Pixels of a photo at most: a camera of today has 50 million, and each takes four bytes once it is unpacked. */
export const PIXELS_MAX = 60_000_000;
/** Segments before a JPEG's frame that are walked at most. */
const SEGMENTS_MAX = 500;

/** Width and height of a photo. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Has it the first bytes of a PNG or JPEG? */
export function isImage(bytes: Uint8Array): boolean {
  return isPng(bytes) || isJpeg(bytes);
}

/** Its size; `undefined` when it cannot be told. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isPng(bytes)) return bytes.length < 24 || String.fromCharCode(...bytes.subarray(12, 16)) !== 'IHDR' ? undefined : { width: view.getUint32(16), height: view.getUint32(20) };
  return isJpeg(bytes) ? jpegSize(bytes, view) : undefined;
}

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => bytes[i] === byte);
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Walks the segments to the frame (ITU T.81 B.1): `FF Cn`, but not the tables C4, C8 and CC. */
function jpegSize(bytes: Uint8Array, view: DataView): ImageSize | undefined {
  let at = 2;
  for (let segment = 0; segment < SEGMENTS_MAX && at + 9 <= bytes.length; segment++) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
