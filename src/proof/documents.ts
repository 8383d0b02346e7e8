/** Certificates on paper and as files: sealed PDF, the text of a code, photos. A door of its own, for who seals or judges them. */
export { selfSigned } from './cms.ts';
export { imageSize, isImage, PIXELS_MAX } from './image-size.ts';
export { judgeCode, judgePdf, splitCode, type PaperTrust, type PaperVerdict } from './paper.ts';
export { filesOfPdf, isPdf, readPdf, signPdf } from './pdf.ts';
