/**
 * Names of nobody: given and family names of many countries, combined at random, and firm names of invented stems. They
 * are the negatives of the quality measure and the filler of its large index. None of them is a person or firm; a
 * combination that a list happens to hold is left out by whoever uses them.
 */

/** Chance from a seed, in [0, 1). */
export type Random = () => number;

interface Culture {
  readonly culture: string;
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Words of a name: given names, then family names. */
  readonly shapes: readonly (readonly ('g' | 'f')[])[];
}

const culture = (name: string, given: string, family: string, ...shapes: string[]): Culture => ({
  culture: name, given: given.split(' '), family: family.split(' '), shapes: shapes.map((shape) => Array.from(shape, (sign) => (sign === 'g' ? 'g' : 'f'))),
});

/** Cultures whose names are drawn. */
export const CULTURES: readonly Culture[] = [
  culture('pakistani', 'Muhammad Ahsan Bilal Danish Ehsan Faraz Ghulam Hamza Imran Junaid Kamran Luqman Mehwish Nadia Omer Parveen Qaiser Rabia Saima Tahira Usman Waqas Yasir Zeeshan Ayesha Bushra Farhan Hina Iqra Javeria Kiran Mubashir Nauman Rizwana Shazia Talha Umair Zubaida',
    'Abbasi Awan Bajwa Bhatti Butt Chaudhry Cheema Dogar Gondal Gujjar Jamali Janjua Khattak Khokhar Langah Lodhi Malik Memon Mirza Mughal Niazi Qureshi Rajput Rana Rind Sethi Siddiqui Soomro Tareen Virk Warraich Yousafzai Zardari Gillani Bugti', 'gf', 'ggf', 'ggf', 'gf'),
  culture('indian', 'Aarav Anjali Arjun Deepak Divya Gaurav Harish Ishita Jyoti Karthik Lakshmi Manish Neha Pooja Prakash Rajesh Rohit Sandeep Sunita Vikram Suresh Meena Anil Kavita', 'Agarwal Banerjee Chatterjee Desai Deshpande Gupta Iyer Joshi Kapoor Kulkarni Mehta Mishra Mukherjee Nair Patel Pillai Rao Reddy Sharma Shukla Sinha Trivedi Verma Yadav', 'gf', 'gf', 'ggf'),
  culture('arab', 'Abdulaziz Adel Amal Badr Dalal Fadi Faisal Ghada Haitham Hind Jawad Khalid Lama Majed Mona Nawal Omar Rania Sami Tamer Walid Yara Ziad Huda Nizar', 'Al-Amri Al-Balushi Al-Dosari Al-Farsi Al-Ghamdi Al-Harbi Al-Jaber Al-Khatib Al-Mutairi Al-Najjar Al-Otaibi Al-Qahtani Al-Rifai Al-Shehri Al-Tamimi Al-Zahrani Haddad Khoury Mansour Nasser Sayegh Tannous', 'gf', 'ggf', 'gf'),
  culture('iranian', 'Arash Bahram Behnaz Darius Elham Farhad Golnaz Houman Kaveh Laleh Mahsa Nima Parisa Ramin Shirin Sohrab Taraneh Vahid Yasaman Zahra Babak Leila', 'Ahmadi Bagheri Daneshvar Ebrahimi Farahani Ghorbani Hosseini Jafari Karimi Lotfi Moradi Najafi Pourmand Rahimi Rostami Sadeghi Tehrani Vakili Yazdani Zamani', 'gf', 'gf', 'gf'),
  culture('russian', 'Alina Arkady Boris Daria Denis Egor Fedor Galina Ilya Inna Kirill Lidia Marina Maxim Nina Oksana Pavel Ruslan Semyon Tamara Vadim Vera Yana Zoya', 'Alekseev Belova Bogdanov Chernov Danilova Efimov Frolov Gavrilova Golubev Karpov Kozlov Lebedeva Makarov Medvedeva Novikov Orlova Pavlov Romanova Sokolov Stepanova Titov Ustinova Voronin Zaitsev', 'gf', 'gf'),
  culture('chinese', 'Bo Chun Fang Gang Hao Hui Jia Jing Kai Lan Lei Mei Na Peng Qiang Rong Shan Tao Wen Xiaoming Xiulan Yan Yifei Zhen Guoqiang Meiling Jianguo Haiyan', 'Bai Cao Chen Deng Ding Dong Fan Feng Gao Han He Jiang Lai Liang Lu Luo Pan Qian Ren Shen Tang Wan Xiao Xie Xu Yan Yuan Zeng Zhong Zou', 'fg', 'fgg', 'fg'),
  culture('korean', 'Minjun Seoyeon Jiho Haeun Dohyun Sujin Eunji Hyunwoo Jaehyun Yuna Taeyang Sooyoung Kyungsoo Minseo', 'Kim Lee Park Jung Kang Cho Yoon Jang Lim Han Shin Seo Kwon Hwang Ahn', 'fg', 'gf'),
  culture('hispanic', 'Adriana Alvaro Beatriz Camila Cesar Diego Elisa Esteban Fabiola Gustavo Hector Ines Joaquin Lucia Marcela Nicolas Paola Ricardo Rosa Sergio Teresa Valeria Ximena', 'Acosta Aguilar Blanco Bravo Cabrera Calderon Campos Cardenas Castillo Contreras Delgado Espinoza Figueroa Fuentes Guerrero Herrera Jimenez Lozano Medina Mendoza Molina Navarro Ortega Paredes Quintero Rios Romero Salinas Valdez Vargas', 'gff', 'gf', 'ggff'),
  culture('english', 'Abigail Andrew Barbara Brian Catherine Christopher Deborah Edward Emily George Hannah Jacob Jennifer Kenneth Laura Matthew Nancy Olivia Patrick Rachel Samuel Stephanie Thomas Victoria Walter', 'Adams Bailey Barnes Bennett Brooks Campbell Carter Coleman Cooper Davies Edwards Fletcher Graham Griffiths Harrison Hughes Jenkins Kelly Lawson Marshall Mitchell Palmer Reynolds Richardson Simpson Stevenson Turner Walker Watson Wright', 'gf', 'ggf', 'gf'),
  culture('african', 'Adebayo Amara Chidi Efua Folake Kwame Kofi Lerato Naledi Ngozi Obinna Sipho Thabo Wanjiru Yaw Zanele Chinedu Oluwaseun Temitope', 'Abiodun Achieng Adeyemi Afolabi Boateng Dlamini Eze Kamau Khumalo Mensah Mokoena Mwangi Nkosi Obi Odhiambo Okafor Okonkwo Olawale Osei Owusu', 'gf', 'gf', 'ggf'),
  culture('turkish', 'Ayse Baris Cem Deniz Elif Emre Fatih Gizem Hakan Kerem Leyla Mert Nazli Onur Pinar Serkan Tolga Umut Yasemin Zeynep', 'Acar Aksoy Arslan Aydin Bulut Celik Demir Dogan Erdogan Gunes Kaplan Kaya Koc Korkmaz Ozturk Polat Sahin Tekin Yildirim Yilmaz', 'gf', 'ggf'),
  culture('indonesian', 'Agus Bambang Citra Dewi Eko Fitri Hendra Indah Joko Kartika Lestari Made Ningsih Putri Ratna Sari Teguh Wahyu Yanti', 'Gunawan Hartono Hidayat Kusuma Nugroho Permana Pratama Purnomo Santoso Saputra Setiawan Suharto Sutanto Wibowo Wijaya', 'gf', 'gf', 'ggf'),
];

const FIRM_STEMS = 'Amberline Brightwater Cedarcrest Dovetail Elmgrove Fernhollow Goldleaf Harbourview Ironbridge Junipero Kestrel Larkspur Meadowlark Northfield Oakhurst Pinecrest Quillmark Ravenswood Silverbirch Thornbury Umbra Verdant Willowbrook Yarrow Zephyr Margalla Indus Karakoram Ravi Chenab Mehran Bolan Khyber Makran Sutlej Saiful Noorani Al-Madina Al-Habib Shaheen Hilal Sitara Kohinoor Gulistan Mashriq'.split(' ');
const FIRM_KINDS = 'Trading|General Trading|Logistics|Textiles|Foods|Technologies|Software|Holdings|Investments|Capital|Engineering|Construction|Pharma|Chemicals|Exports|Import Export|Motors|Travel|Exchange|Digital Assets|Payments|Energy|Steel|Consulting|Group|Industries|Enterprises|Packages|Sugar Mills|Shipping Agency'.split('|');
const FIRM_FORMS = 'Ltd|Limited|(Pvt) Ltd|Private Limited|LLC|Inc|Corporation|GmbH|S.A.|FZE|DMCC|Co|PLC|LLP|SMC-Private Limited|Sdn Bhd'.split('|');

/** One of a list. */
export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

/** A person of a culture, or of any. */
export function syntheticPerson(random: Random, of: Culture = pick(random, CULTURES)): string {
  return pick(random, of.shapes).map((part) => pick(random, part === 'g' ? of.given : of.family)).filter((word, at, all) => all.indexOf(word) === at).join(' ');
}

/** A firm. */
export function syntheticFirm(random: Random): string {
  const stem = random() < 0.35 ? `${pick(random, FIRM_STEMS)} ${pick(random, FIRM_STEMS)}` : pick(random, FIRM_STEMS);
  return `${stem} ${pick(random, FIRM_KINDS)} ${pick(random, FIRM_FORMS)}`;
}

/** Mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): Random {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
