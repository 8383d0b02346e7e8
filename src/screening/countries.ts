/**
 * Countries by the names that lists and people give them, as ISO 3166-1 alpha-2 in lower case. One table for list
 * entries and for queries, so that both sides of a comparison speak of the same thing. A text that is no country
 * here gives undefined: what a list says in other words stays in its places, and is never guessed at.
 */

/** Code, then names: each without accents, articles or punctuation, as `keyOf` makes them. */
const TABLE = `
ad andorra; ae united arab emirates, uae, emirates; af afghanistan, islamic republic of afghanistan, islamic emirate of afghanistan; ag antigua and barbuda; ai anguilla; al albania
am armenia; ao angola; ar argentina; as american samoa; at austria; au australia; aw aruba; az azerbaijan; ba bosnia and herzegovina, bosnia; bb barbados; bd bangladesh; be belgium
bf burkina faso; bg bulgaria; bh bahrain; bi burundi; bj benin; bm bermuda; bn brunei, brunei darussalam; bo bolivia, bolivia plurinational state of, plurinational state of bolivia
br brazil; bs bahamas; bt bhutan; bw botswana; by belarus, byelorussia; bz belize; ca canada; cd democratic republic of congo, congo democratic republic of, congo kinshasa, drc, dr congo, zaire
cf central african republic; cg congo, republic of congo, congo brazzaville, congo republic of; ch switzerland, swiss confederation; ci cote divoire, cote d ivoire, ivory coast
ck cook islands; cl chile; cm cameroon; cn china, peoples republic of china, china peoples republic of, prc, mainland china; co colombia; cr costa rica; cu cuba; cv cape verde, cabo verde
cw curacao; cy cyprus; cz czech republic, czechia; de germany, federal republic of germany; dj djibouti; dk denmark; dm dominica; do dominican republic; dz algeria; ec ecuador; ee estonia
eg egypt, arab republic of egypt; eh western sahara; er eritrea; es spain; et ethiopia; fi finland; fj fiji; fm micronesia, federated states of micronesia; fo faroe islands
fr france; ga gabon; gb united kingdom, united kingdom of great britain and northern ireland, great britain, uk, england, scotland, wales, northern ireland, britain; gd grenada
ge georgia; gf french guiana; gg guernsey; gh ghana; gi gibraltar; gl greenland; gm gambia; gn guinea, republic of guinea; gp guadeloupe; gq equatorial guinea; gr greece; gt guatemala
gu guam; gw guinea bissau; gy guyana; hk hong kong, hong kong sar china, hong kong sar; hn honduras; hr croatia; ht haiti; hu hungary; id indonesia; ie ireland, republic of ireland
il israel; im isle of man, man isle of; in india; iq iraq, republic of iraq; ir iran, iran islamic republic of, islamic republic of iran; is iceland; it italy; je jersey; jm jamaica
jo jordan, hashemite kingdom of jordan; jp japan; ke kenya; kg kyrgyzstan, kyrgyz republic; kh cambodia; ki kiribati; km comoros, union of comoros; kn saint kitts and nevis, st kitts and nevis
kp north korea, korea north, democratic peoples republic of korea, korea democratic peoples republic of, dprk; kr south korea, korea south, republic of korea, korea republic of; kw kuwait
ky cayman islands; kz kazakhstan; la laos, lao peoples democratic republic; lb lebanon; lc saint lucia, st lucia; li liechtenstein; lk sri lanka; lr liberia; ls lesotho; lt lithuania
lu luxembourg; lv latvia; ly libya, libyan arab jamahiriya, state of libya; ma morocco; mc monaco; md moldova, republic of moldova, moldova republic of; me montenegro; mg madagascar
mh marshall islands; mk north macedonia, north macedonia republic of, republic of north macedonia, macedonia, former yugoslav republic of macedonia; ml mali; mm burma, myanmar; mn mongolia
mo macau, macao, macao sar china; mp northern mariana islands; mq martinique; mr mauritania; ms montserrat; mt malta; mu mauritius; mv maldives; mw malawi; mx mexico; my malaysia
mz mozambique; na namibia; nc new caledonia; ne niger; ng nigeria; ni nicaragua; nl netherlands, holland; no norway; np nepal; nr nauru; nu niue; nz new zealand; om oman
pa panama; pe peru; pf french polynesia; pg papua new guinea; ph philippines; pk pakistan, islamic republic of pakistan; pl poland; pr puerto rico
ps palestine, palestinian, state of palestine, palestinian territories, occupied palestinian territories, palestinian authority, palestinian territory occupied, west bank, gaza, region gaza
pt portugal; pw palau; py paraguay; qa qatar; re reunion; ro romania; rs serbia, republic of serbia; ru russia, russian federation, ussr, soviet union; rw rwanda; sa saudi arabia, kingdom of saudi arabia, ksa
sb solomon islands; sc seychelles; sd sudan, republic of sudan; se sweden; sg singapore; sh saint helena; si slovenia; sk slovakia, slovak republic; sl sierra leone; sm san marino; sn senegal
so somalia, federal republic of somalia; sr suriname; ss south sudan, republic of south sudan; st sao tome and principe; sv el salvador; sx sint maarten; sy syria, syrian arab republic
sz eswatini, swaziland; tc turks and caicos islands; td chad; tg togo; th thailand; tj tajikistan; tl timor leste, east timor; tm turkmenistan; tn tunisia; to tonga
tr turkey, turkiye; tt trinidad and tobago; tv tuvalu; tw taiwan, taiwan province of china; tz tanzania, united republic of tanzania, tanzania united republic of; ua ukraine; ug uganda
us united states, united states of america, usa, us, america; uy uruguay; uz uzbekistan; va holy see, vatican, vatican city; vc saint vincent and grenadines, st vincent and grenadines
ve venezuela, venezuela bolivarian republic of, bolivarian republic of venezuela; vg british virgin islands, virgin islands british; vi us virgin islands, virgin islands us
vn vietnam, viet nam, socialist republic of vietnam; vu vanuatu; wf wallis and futuna; ws samoa; xk kosovo; ye yemen, republic of yemen; yt mayotte; za south africa, republic of south africa; zm zambia; zw zimbabwe
`;
/** ISO 3166-1 alpha-3 where it is not in the table by name; queries and passports use it. */
const ALPHA_3 = `
afg af; are ae; arm am; aus au; aut at; aze az; bel be; bgd bd; bgr bg; bhr bh; blr by; can ca; che ch; chn cn; cod cd; cub cu; cyp cy; deu de; dnk dk; dza dz; egy eg; eri er; esp es
eth et; fin fi; fra fr; gbr gb; geo ge; grc gr; hkg hk; ind in; idn id; irl ie; irn ir; irq iq; isr il; ita it; jor jo; jpn jp; kaz kz; ken ke; kgz kg; kor kr; prk kp; kwt kw; lbn lb; lby ly
lka lk; mar ma; mex mx; mli ml; mmr mm; mys my; nga ng; nic ni; nld nl; nor no; npl np; omn om; pak pk; pan pa; phl ph; pol pl; prt pt; pse ps; qat qa; rus ru; rwa rw; sau sa; sdn sd
sgp sg; som so; srb rs; ssd ss; swe se; syr sy; tha th; tjk tj; tkm tm; tun tn; tur tr; twn tw; tza tz; uga ug; ukr ua; uzb uz; ven ve; vnm vn; yem ye; zaf za; zwe zw
`;
/** Longer than every name of a country. */
const LENGTH_MAX = 100;

const rows = TABLE.split(/[;\n]/).map((row) => row.trim()).filter((row) => row !== '').map((row) => [row.slice(0, 2), row.slice(3).split(',').map((name) => name.trim())] as const);
const CODES: ReadonlyMap<string, string> = new Map([
  ...ALPHA_3.split(/[;\n]/).map((row) => row.trim()).filter((row) => row !== '').map((row) => [row.slice(0, 3), row.slice(4)] as const),
  ...rows.map(([code]) => [code, code] as const),
  ...rows.flatMap(([code, names]) => names.map((name) => [name, code] as const)),
]);

/** The country of a name, an alpha-2 or an alpha-3 code, in any case: alpha-2 in lower case, or undefined. */
export function countryOf(text: string): string | undefined {
  return text.length > LENGTH_MAX ? undefined : CODES.get(keyOf(text));
}

/** `Iran (Islamic Republic of)`, `Korea, North`, `The Gambia` and `Côte d’Ivoire` as the table has them. */
function keyOf(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('&', ' and ').replace(/['’`]/g, '').replace(/[^a-z]+/g, ' ').replace(/\bthe\b/g, '').replace(/\s+/g, ' ').trim();
}
