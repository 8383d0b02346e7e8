/**
 * The quick yes: closures made once from the JSON Schema that zod publishes, so that an event in good form is
 * recognised in a microsecond, without code generation. There is still one schema source, and one judge of what
 * is wrong: a value that this check does not take goes to zod, which takes it after all (a default is missing) or
 * says why not. What it takes, zod takes as it stands; a test holds the two together.
 *
 * Knows the keywords that our schemas use and refuses any other when it is made, so that a new keyword cannot
 * weaken it unseen. Lengths are counted in UTF-16 units, as zod counts them.
 */

import { assert } from '../terms/index.ts';

/** Does a value have the form? */
export type Check = (value: unknown) => boolean;

/** JSON Schema as zod writes it, of the subset that our schemas use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly oneOf?: readonly Schema[];
}

const KEYWORDS: ReadonlySet<string> = new Set([
  '$schema', 'type', 'const', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'items', 'maxItems', 'properties', 'required',
  'additionalProperties', 'oneOf', 'description', 'default',
]);
/** Bits of the required keys of one object. */
const REQUIRED_MAX = 30;

/** Makes the check of a schema. `tag`: the key by which the members of a `oneOf` are told apart. Asserts that it knows every keyword. */
export function checkOf(schema: unknown, tag: string): Check {
  assert(isSchema(schema), 'a schema is an object');
  for (const keyword of Object.keys(schema)) assert(KEYWORDS.has(keyword), `the quick check does not know "${keyword}"`);
  if (schema.oneOf !== undefined) return checkOfUnion(schema.oneOf, tag);
  if (schema.const !== undefined) return (value) => value === schema.const;
  if (schema.enum !== undefined) {
    const values = new Set(schema.enum);
    return (value) => values.has(value);
  }
  switch (schema.type) {
    case 'string':
      return checkOfString(schema);
    case 'integer':
      return checkOfInteger(schema);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'array':
      return checkOfList(schema, tag);
    default:
      assert(schema.type === 'object', `the quick check does not know the type "${schema.type ?? ''}"`);
      return checkOfObject(schema, tag);
  }
}

function checkOfString({ minLength = 0, maxLength, pattern }: Schema): Check {
  assert(maxLength !== undefined || pattern !== undefined, 'a text is bounded');
  const form = pattern === undefined ? undefined : new RegExp(pattern);
  const most = maxLength ?? Infinity;
  if (form === undefined) return (value) => typeof value === 'string' && value.length >= minLength && value.length <= most;
  return (value) => typeof value === 'string' && value.length >= minLength && value.length <= most && form.test(value);
}

function checkOfInteger({ minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Schema): Check {
  return (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum;
}

function checkOfList({ items, maxItems }: Schema, tag: string): Check {
  assert(items !== undefined && maxItems !== undefined, 'a list says what it holds and how much');
  const check = checkOf(items, tag);
  return (value) => Array.isArray(value) && value.length <= maxItems && value.every(check);
}

interface Property {
  readonly check: Check;
  /** Its bit when it is required, else 0. */
  readonly bit: number;
}

function checkOfObject({ properties, required = [], additionalProperties }: Schema, tag: string): Check {
  assert(properties !== undefined && additionalProperties === false, 'an object is strict');
  assert(required.length <= REQUIRED_MAX, 'the required keys of an object fit one number');
  const known = new Map<string, Property>(Object.entries(properties).map(([key, schema]) => [key, { check: checkOf(schema, tag), bit: required.includes(key) ? 1 << required.indexOf(key) : 0 }]));
  const all = (1 << required.length) - 1;
  return (value) => {
    if (!isRecord(value)) return false;
    let seen = 0;
    for (const key in value) {
      const property = known.get(key);
      if (property === undefined || !property.check(value[key])) return false;
      seen |= property.bit;
    }
    return seen === all;
  };
}

function checkOfUnion(members: readonly Schema[], tag: string): Check {
  const byTag = new Map<unknown, Check>();
  for (const member of members) {
    const own = member.properties?.[tag]?.const;
    assert(typeof own === 'string' && !byTag.has(own), `the members of a union are told apart by "${tag}"`);
    byTag.set(own, checkOf(member, tag));
  }
  return (value) => isRecord(value) && (byTag.get(value[tag])?.(value) ?? false);
}

function isSchema(value: unknown): value is Schema {
  return isRecord(value);
}

/** Objects as `JSON.parse` makes them: all their keys are their own. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
