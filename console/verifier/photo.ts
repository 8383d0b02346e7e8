/**
 * The texts of the QR codes in a photo. The decoder comes with the page, reads nothing else and talks to nobody; PNG and
 * JPEG go to it as they are, what else the browser can show is drawn first. A photo that is too large is not unpacked.
 */

import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { imageSize, isImage, PIXELS_MAX } from '../../src/proof/documents.ts';

const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 8 };

/** Loads the decoder, so that it is there when the network is not. */
export async function loadDecoder(): Promise<void> {
  await prepareZXingModule({ overrides: { locateFile: (name: string, prefix: string) => (name.endsWith('.wasm') ? wasm : prefix + name) }, fireImmediately: true });
}

/** The codes' texts; none when nothing can be read. */
export async function readPhoto(file: Blob): Promise<readonly string[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const size = isImage(bytes) ? imageSize(bytes) : undefined;
  if (isImage(bytes) && (size === undefined || size.width * size.height > PIXELS_MAX)) return [];
  try {
    await loadDecoder();
    const found = await readBarcodes(isImage(bytes) ? bytes : await drawn(file), OPTIONS);
    return found.filter((each) => each.isValid).map((each) => each.text);
  } catch {
    return [];
  }
}

async function drawn(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file);
  if (bitmap.width * bitmap.height > PIXELS_MAX) throw new Error('the photo is too large');
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('the browser draws nothing');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}
