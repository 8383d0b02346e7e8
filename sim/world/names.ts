/**
 * Names of the invented people: common given and family names of Pakistan in Latin and Urdu script, paired by
 * chance. A pair may be borne by many living people and means none of them; what makes a person here is a
 * number that cannot be issued (`identity.ts`).
 */

/** A name in both scripts. */
export type Name = readonly [latin: string, urdu: string];

export const MEN: readonly Name[] = [
  ['Ahmed', 'احمد'], ['Ali', 'علی'], ['Hassan', 'حسن'], ['Hussain', 'حسین'], ['Usman', 'عثمان'], ['Umar', 'عمر'], ['Bilal', 'بلال'], ['Imran', 'عمران'],
  ['Kamran', 'کامران'], ['Faisal', 'فیصل'], ['Tariq', 'طارق'], ['Nadeem', 'ندیم'], ['Asif', 'آصف'], ['Zahid', 'زاہد'], ['Sajid', 'ساجد'], ['Rashid', 'راشد'],
  ['Shahid', 'شاہد'], ['Waqas', 'وقاص'], ['Adnan', 'عدنان'], ['Junaid', 'جنید'], ['Hamza', 'حمزہ'], ['Yasir', 'یاسر'], ['Salman', 'سلمان'], ['Arslan', 'ارسلان'],
  ['Danish', 'دانش'], ['Fahad', 'فہد'], ['Ghulam Abbas', 'غلام عباس'], ['Muhammad Akram', 'محمد اکرم'], ['Abdul Rehman', 'عبدالرحمٰن'], ['Abdul Wahab', 'عبدالوہاب'],
  ['Khalid', 'خالد'], ['Javed', 'جاوید'], ['Riaz', 'ریاض'], ['Sher Khan', 'شیر خان'], ['Zubair', 'زبیر'], ['Noman', 'نعمان'],
];
export const WOMEN: readonly Name[] = [
  ['Ayesha', 'عائشہ'], ['Fatima', 'فاطمہ'], ['Zainab', 'زینب'], ['Maryam', 'مریم'], ['Hina', 'حنا'], ['Sana', 'ثنا'], ['Nadia', 'نادیہ'], ['Saima', 'صائمہ'],
  ['Rabia', 'رابعہ'], ['Amna', 'آمنہ'], ['Bushra', 'بشریٰ'], ['Farah', 'فرح'], ['Iqra', 'اقرا'], ['Khadija', 'خدیجہ'], ['Lubna', 'لبنیٰ'], ['Mehwish', 'مہوش'],
  ['Nasreen', 'نسرین'], ['Rukhsana', 'رخسانہ'], ['Samina', 'ثمینہ'], ['Shazia', 'شازیہ'], ['Sumaira', 'سمیرا'], ['Tahira', 'طاہرہ'], ['Uzma', 'عظمیٰ'], ['Zara', 'زارا'],
];
export const FAMILIES: readonly Name[] = [
  ['Khan', 'خان'], ['Malik', 'ملک'], ['Butt', 'بٹ'], ['Chaudhry', 'چودھری'], ['Sheikh', 'شیخ'], ['Qureshi', 'قریشی'], ['Siddiqui', 'صدیقی'], ['Ansari', 'انصاری'],
  ['Baloch', 'بلوچ'], ['Bugti', 'بگٹی'], ['Mengal', 'مینگل'], ['Soomro', 'سومرو'], ['Memon', 'میمن'], ['Bhutto', 'بھٹو'], ['Junejo', 'جونیجو'], ['Rajput', 'راجپوت'],
  ['Abbasi', 'عباسی'], ['Awan', 'اعوان'], ['Bajwa', 'باجوہ'], ['Cheema', 'چیمہ'], ['Gill', 'گل'], ['Gondal', 'گوندل'], ['Hashmi', 'ہاشمی'], ['Janjua', 'جنجوعہ'],
  ['Kakar', 'کاکڑ'], ['Kayani', 'کیانی'], ['Lodhi', 'لودھی'], ['Mirza', 'مرزا'], ['Mughal', 'مغل'], ['Niazi', 'نیازی'], ['Paracha', 'پراچہ'], ['Raza', 'رضا'],
  ['Shah', 'شاہ'], ['Tareen', 'ترین'], ['Wazir', 'وزیر'], ['Yousafzai', 'یوسفزئی'], ['Zaidi', 'زیدی'], ['Baig', 'بیگ'],
];
export const TRADES: readonly Name[] = [
  ['Traders', 'ٹریڈرز'], ['Textiles', 'ٹیکسٹائلز'], ['Software', 'سافٹ ویئر'], ['Foods', 'فوڈز'], ['Imports', 'امپورٹس'], ['Logistics', 'لاجسٹکس'], ['Sports Goods', 'اسپورٹس گڈز'], ['Surgical', 'سرجیکل'],
];
