/**
 * What a word of a name is worth: a rare word names its bearer, a frequent one little, a particle next to nothing.
 * The worth is a property of the word alone, never of the list, so that a pair of names has one score wherever it is
 * compared. Levels of frequent words come from counts over public lists and from what names of many countries
 * have in common; words that are on no level weigh 1.
 */

import { NAME_VARIANTS } from './name-variants.ts';
import { WIDER_VARIANTS } from './name-variants-wider.ts';
import { PARTICLES, TITLES } from './small-words.ts';

/** Organisations: words that say what kind it is rather than which. A line holds words that are worth alike; `|` stands between different words. */
const ORGANISATION_WORDS = `
bank banka banque banco bankasi
trading trade traders torgovy torgovaya ticaret handel tijarat | comercial commercial comercio
international intl internacional internationale mezhdunarodny internatsional int
group grupo gruppe groupe grup gruppa grupp
general gen umumi
shipping ship ships | maritime marine | sea | ocean
development dev devt razvitie
plant zavod | factory fabrika | works
research issledovatelsky issledovatelski | scientific science sciences nauchno
institute institut institution inst instytut
center centre tsentr centro markaz merkez zentrum
foundation fond fundacion stiftung stichting | fund | trust
technology technologies tech tekhnologii teknoloji technological tekhnologiya texnologiya
management mgmt upravlenie upravlyayushchaya
production proizvodstvennoe proizvodstvo
organization organisation org
engineering inzhiniring muhendislik injiniring
enterprise enterprises predpriyatie ent
holding holdings kholding
investment investments invest inversiones investitsii
exchange sarafi sarrafi exchanges
petrochemical petrochemicals petrokimya
industry industries industrial ind sanayi promyshlenny industria
association assoc assn asociacion jamiat
service services servicios servis svcs svc hizmet
bureau byuro
design konstruktorskoe
committee komitet
oil neft | petroleum | gas
energy energo enerji
charitable charity khayriyya khairia khairiya | humanitarian | welfare | relief
national natl nacional nationale
construction stroitelnaya insaat stroy | building
export exports ihracat
import imports ithalat
aviation avia | air | airlines airways | aero
money | transfer | hawala | remittance
steel metal metals
army | force forces | brigade | battalion | front | movement | party
central
state gosudarstvennoe | government govt | federal federalnoe
new novy
electronics electronic elektronik
military | defense defence
global | world worldwide | universal
mining mine
machine machinery | equipment
logistics logistic lojistik | transport transportation | cargo | freight
real | estate
technical
chemical chemicals kimya
special
university | academy | school
company kompaniya companies compania compagnie sherkat sharikat şirketi
office | branch | department dept | ministry | agency | directorate
finance financial | credit | capital
asia | europe | africa | america | middle | east | west | north | south
consulting consultancy | solutions solution | systems system
insurance
medical | hospital | pharma pharmaceuticals
house | club
properties property
business
media
food foods | agro agricultural
textile textiles | mills mill
motors motor | auto
sons | brothers bros
store stores
travel | tours tourism
supply supplies
star | golden gold | blue | green | red
united
first
islamic
private
partners partnership
imeni im named | after
society
security
republic | people peoples
city
iran iranian | russia russian | china chinese | korea korean | syria syrian | pakistan pakistani | iraq iraqi | india indian | turkey turkish | belarus belarusian | myanmar
`;

/** Names that many people bear, by how little they tell: level 1 the least. Writings of one name share its level. */
const FREQUENT_NAMES: Readonly<Record<1 | 2 | 3, string>> = {
  1: 'muhammad ali ahmad khan husayn',
  2: `hasan abdullah umar usman ibrahim rahman mahmud hamid khalid yusuf mustafa abu said salih salim jose maria juan kim singh raza iqbal akbar nur shah malik amir abbas hussain bibi begum saeed aleksandr sergey vladimir andrey li wang zhang ri karim aziz ismail john david
mohamed hassan ahmed kumar nguyen chen liu yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo luis carlos antonio michael james robert william thomas park lee choe`,
  3: `abdulrahman jamal kamal bashir rashid tariq imran asif arif nasir zahid shahid tahir javed farooq rafiq sadiq yaqub yunus dawud sulayman musa idris haji syed sheikh qureshi butt chaudhry bhatti mirza baloch afridi bukhari haidar jafar mahdi reza hadi majid
dmitry igor nikolay mikhail oleg viktor alexey yury ivan pavel anatoly evgeny konstantin maksim denis roman petr elena olga natalia tatiana irina svetlana anna ekaterina garcia rodriguez gonzalez lopez hernandez perez martinez sanchez gomez diaz torres ramirez flores
jorge miguel francisco manuel pedro rafael fernando eduardo alberto jesus ramon daniel oscar mario peter paul george mark richard charles joseph smith jones brown miller johnson williams patel sharma gupta das chong chol pak song jin yong sung hyon hui min wei ming hong jian jun ping xin tan lim ng ong
silva santos souza pereira costa oliveira ferreira fatima aisha maryam zainab khadija amin anwar latif ghulam gul sardar raja mir mian agha pir nawaz aslam akram ashraf waheed waseem bilal hamza jihad saif adil hakim halim walid samir nabil mansur masud sultan salman sattar jan ullah ghani wahid wahab qadir rahim rauf satar hafiz`,
};

/** What a word weighs by its kind or level. */
export const WORTH = { word: 1, particle: 0.06, title: 0.2, initial: 0.25, frequent1: 0.42, frequent2: 0.6, frequent3: 0.78, kindOfFirm: 0.4, patronymic: 0.55, number: 0.8, short: 0.6 } as const;

/** What is known of a word before it meets another. */
export interface KnownWord {
  /** The line of its writings, and the second one that it stands on; 0 when it is on none. */
  readonly variant: number;
  readonly otherVariant: number;
  readonly worth: number;
  readonly kind: 'word' | 'particle' | 'title' | 'generic';
}

const KNOWN = new Map<string, { variant: number; otherVariant: number; worth: number; kind: KnownWord['kind'] }>();
const variantNames: string[] = [''];

function lines(text: string): string[][] {
  return text.split('\n').map((line) => line.trim().split(/\s+/).map((word) => word.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, ''))).filter((line) => line[0] !== '' && line[0] !== undefined);
}

function addVariants(text: string, kind: KnownWord['kind'], worth: number): void {
  for (const line of lines(text)) {
    const variant = variantNames.push(line[0] ?? '') - 1;
    for (const word of line) {
      const known = KNOWN.get(word);
      if (known === undefined) KNOWN.set(word, { variant, otherVariant: 0, worth, kind });
      else if (known.variant !== variant && known.otherVariant === 0) known.otherVariant = variant;
    }
  }
}

function setWorth(words: string, worth: number): void {
  for (const word of words.split(/\s+/)) {
    const known = KNOWN.get(word);
    if (known === undefined) KNOWN.set(word, { variant: 0, otherVariant: 0, worth, kind: 'word' });
    for (const other of KNOWN.values()) if (known !== undefined && known.variant > 0 && other.variant === known.variant) other.worth = worth;
  }
}

function mark(words: string, kind: KnownWord['kind'], worth: number): void {
  for (const word of words.split(/\s+/)) {
    const known = KNOWN.get(word);
    KNOWN.set(word, { variant: known?.variant ?? 0, otherVariant: known?.otherVariant ?? 0, worth, kind });
  }
}

addVariants(NAME_VARIANTS, 'word', 0.85);
addVariants(WIDER_VARIANTS, 'word', 0.85);
addVariants(ORGANISATION_WORDS.replaceAll('|', '\n'), 'generic', WORTH.kindOfFirm);
setWorth(FREQUENT_NAMES[3], WORTH.frequent3);
setWorth(FREQUENT_NAMES[2], WORTH.frequent2);
setWorth(FREQUENT_NAMES[1], WORTH.frequent1);
mark(TITLES, 'title', WORTH.title);
mark(PARTICLES, 'particle', WORTH.particle);

const PATRONYMIC = /(ovich|evich|ovych|evych|avich|yevich|ovna|evna|ivna|yevna|ovic|evic|avna|oglu|ogly|kizi|qizi)$/;

/** What is known of a word: its line of writings, its worth, its kind. */
export function knownWord(text: string): KnownWord {
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  if (/^\d+$/.test(text)) return { variant: 0, otherVariant: 0, worth: WORTH.number, kind: 'word' };
  if (text.length === 1) return { variant: 0, otherVariant: 0, worth: WORTH.initial, kind: 'word' };
  if (text.length === 2) return { variant: 0, otherVariant: 0, worth: WORTH.short, kind: 'word' };
  if (text.length > 6 && PATRONYMIC.test(text)) return { variant: 0, otherVariant: 0, worth: WORTH.patronymic, kind: 'word' };
  return { variant: 0, otherVariant: 0, worth: WORTH.word, kind: 'word' };
}

/** The writing by which a line of variants is known. */
export function variantName(variant: number): string {
  return variantNames[variant] ?? '';
}
