import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { picturePdf, textPdf } from '../../sim/world/paper.ts';
import { readPdf } from './pdf.ts';

test('a PDF with text can be searched, a scanned one cannot', () => {
  deepStrictEqual(readPdf(textPdf(['Board AML policy', 'a (bracket) and a \\'])), { pages: 1, searchable: true });
  deepStrictEqual(readPdf(picturePdf()), { pages: 1, searchable: false });
});

test('what is no PDF, is protected or unpacks without end is refused', () => {
  strictEqual(readPdf(Buffer.from('<html>')), undefined);
  strictEqual(readPdf(Buffer.from('%PDF-1.7\n%%EOF')), undefined, 'no page');
  strictEqual(readPdf(Buffer.from(Buffer.from(textPdf(['x'])).toString('latin1').replace('/Size 5', '/Size 5 /Encrypt 9 0 R'), 'latin1')), undefined);
  const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024));
  const text = `%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n2 0 obj << /Filter /FlateDecode >>\nstream\n${bomb.toString('latin1')}\nendstream`;
  strictEqual(readPdf(Buffer.from(text, 'latin1')), undefined);
  strictEqual(readPdf(Buffer.concat([textPdf(['x']), Buffer.alloc(8 * 1024 * 1024)])), undefined, 'larger than a document may be');
});

test('a broken stream is no text, and the rest is still seen', () => {
  const text = `${Buffer.from(textPdf(['kept'])).toString('latin1')}\n9 0 obj << /Filter /FlateDecode >>\nstream\nnot deflated\nendstream`;
  deepStrictEqual(readPdf(Buffer.from(text, 'latin1')), { pages: 1, searchable: true });
});
