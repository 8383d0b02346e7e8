/**
 * Tells zod to parse without generated code, before anything parses: the content security policy allows no
 * `eval`, and zod's probe for it would be written to the browser's console as a violation.
 */
import * as z from 'zod';

z.config({ jitless: true });
