/**
 * Invented papers: a PDF with text on its pages, a PDF that is only a picture, and answers to any form of a
 * framework, each of the type that the form asks for. Whatever names a natural person is left out: it is sealed apart.
 * Every text says that it is synthetic.
 */

import { deflateSync } from 'node:zlib';
import type { Framework } from '../../src/framework/index.ts';

type Form = Framework['forms'] extends ReadonlyMap<string, readonly (infer F)[]> ? F : never;
type Field = Form['sections'][number]['fields'][number];
type Answer = string | number | boolean | string[];

/** Answers by section, one record for each time that the section is filled. */
export type PaperAnswers = Record<string, Record<string, Answer>[]>;

/** A PDF of one page with the lines on it as text that can be searched. */
export function textPdf(lines: readonly string[]): Uint8Array {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, (mark) => `\\${mark}`)}) Tj T*`).join('\n');
  return pdfOf(`BT /F1 11 Tf 72 760 Td 14 TL\n${shown}\nET`, '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>');
}

/** A PDF of one page that shows an image and no text, as a scanner makes it. */
export function picturePdf(): Uint8Array {
  return pdfOf('q 595 0 0 842 0 0 cm /Im1 Do Q', '');
}

function pdfOf(content: string, resources: string): Uint8Array {
  const packed = deflateSync(Buffer.from(content, 'latin1'), { level: 9 });
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${resources} >> /Contents 4 0 R >>`,
    `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed.toString('latin1')}\nendstream`,
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`, 'latin1');
}

/** What answers are made of. `document`: hash of a document that the firm filed. */
export interface PaperGround {
  readonly document: string;
  readonly role?: string;
  readonly day: string;
}

/** Answers to every required field of a form that names no natural person, and the names of those that do. */
export function answersTo(form: Form, ground: PaperGround): { readonly answers: PaperAnswers; readonly sealedFields: string[] } {
  const answers: PaperAnswers = {};
  const sealedFields: string[] = [];
  for (const section of form.sections) {
    const row: Record<string, Answer> = {};
    for (const field of section.fields) {
      if (!field.required) continue;
      if (field.identity) sealedFields.push(`${section.section}.${field.field}`);
      else row[field.field] = answerTo(field, ground);
    }
    answers[section.section] = [row];
  }
  return { answers, sealedFields };
}

function answerTo(field: Field, ground: PaperGround): Answer {
  switch (field.type) {
    case 'number':
      return 1;
    case 'yes-no':
      return true;
    case 'services':
      return ['exchange', 'custody'];
    case 'money':
      return '250000000.00';
    case 'share':
      return '25';
    case 'date':
      return ground.day;
    case 'country':
      return 'PK';
    case 'choice':
      return field.choices?.[0]?.choice ?? '';
    case 'role':
      return ground.role ?? 'ceo';
    case 'document':
      return ground.document;
    case 'email':
      return 'synthetic@example.invalid';
    case 'phone':
      return '+92 51 0000000';
    default:
      return `Synthetic: ${field.label.en}`;
  }
}
