/**
 * Words of a name that tell little of its bearer: titles, and particles that tie names together. Both stay in the name,
 * with next to no worth, because lists keep them or drop them as they please.
 */

/** Words before a name that say what its bearer is; they help little and their absence says nothing. */
export const TITLES = `mr mrs ms miss dr doctor prof professor eng engr engineer sir madam haji hajji hadji hajj alhaj alhaji mullah mulla molla mola maulana mawlana moulana maulvi mawlawi moulvi molvi mawlavi maulawi
sheikh shaikh shaykh cheikh sheik sheykh qari hafiz ustad ustadh ustaz mufti allama ayatollah hojatoleslam imam sayyid syed sayed seyed seyyed sayyed general gen brigadier brig colonel col lieutenant lt major captain capt commander admiral
sahib sahibzada prince king president minister jr sr
ملا مولانا مولوی حاجی الحاج قاری حافظ مفتی شیخ الشيخ شيخ سید ڈاکٹر جناب صاحب دكتور الدكتور المهندس استاد`;

/** Words that tie names together. */
export const PARTICLES = `al el ul ur il ad ar as at an az ash adh ath the of and de del la le les los las da das do dos di du der den des van von zu e y i in for o s to et und w wa va ve bin ibn ben bint binti bt b ould wuld walad son daughter
s/o al-e ko ka ki ke abd abdul abdel abdal abdol abdu abdoul abdur عبد بن ابن بنت ولد و آل ال د`;
