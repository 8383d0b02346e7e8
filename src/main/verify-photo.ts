/**
 * The text of a QR code in a photo, PNG or JPEG. The decoder is a module of its own without network or files; it is
 * loaded when the first photo comes, and is given no photo that it could not hold.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { imageSize, PIXELS_MAX } from '../proof/documents.ts';
import type { Check } from '../proof/index.ts';

/** Codes of one photo that are read at most. */
const CODES_MAX = 8;

/** The texts of the codes in a photo, or the check that failed. */
export async function readPhoto(bytes: Uint8Array): Promise<readonly string[] | Check> {
  const size = imageSize(bytes);
  if (size === undefined) return { name: 'code', ok: false, detail: 'the photo cannot be read' };
  if (size.width * size.height > PIXELS_MAX) return { name: 'image size', ok: false, detail: `the photo has ${size.width} × ${size.height} pixels; at most ${PIXELS_MAX} are read` };
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } });
  try {
    const found = await readBarcodes(Uint8Array.from(bytes), { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: CODES_MAX });
    const texts = found.filter((each) => each.isValid).map((each) => each.text);
    return texts.length > 0 ? texts : { name: 'code', ok: false, detail: 'no QR code can be read in the photo: come closer, hold it flat, and avoid shadows' };
  } catch {
    return { name: 'code', ok: false, detail: 'the photo cannot be read' };
  }
}
