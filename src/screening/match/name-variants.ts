/**
 * Writings of one name, a line each; the first is the one by which the line is known. Names of Pakistan and of
 * the wider Muslim world with their Arabic, Urdu and Persian spellings; other regions are in `name-variants-wider.ts`. Two words of one line are the same name. Two words of different lines are
 * different names, however near their letters (Hasan, Husayn, Ihsan), which keeps apart what sound alone would join.
 * Short forms are lines of their own name only where documents use them so (Mohd, Md).
 */

/** The lines of the table. */
export const NAME_VARIANTS = `
muhammad mohammad mohammed muhammed mohamed mohamad mohamet mohammod muhamad muhamed mohd mohmd mohmmad mohammd muhd mhd md mohmad mahomed muhammadu mamadou magomed mukhammad mukhamed mokhammad mehmet muhammet محمد
ahmad ahmed ahmet ahmadu akhmad akhmed akhmet ehmad ahmmad ahamed ahmd amadou احمد
mahmud mahmoud mahmood mehmood mahmut mehmud makhmud mahamud mahmod محمود
hamid hameed hamed khamid حمید حامد حميد
hammad hamad حماد حمد
hasan hassan hasane hasen hassen hasaan khasan asan حسن
husayn hussain hussein husain hosein hossein hussin husein hosain hussien hussian hossain husin hussayn hüseyin huseyin khuseyn khusein khussein houssein hussen حسین حسين
ihsan ehsan احسان إحسان
muhsin mohsin mohsen محسن
ali aly alee علی علي
ala alaa علاء
usman uthman osman othman ousmane usmaan osmane uthmaan عثمان
umar omar omer umer oumar عمر
amir ameer emir امیر أمير
amr amro عمرو
ammar amar عمار
imran emran imraan عمران
khalid khaled khalede halid khaalid خالد
khalil khaleel halil khalel خلیل خليل
walid waleed oualid valid ولید وليد
tariq tarek tarik tareq طارق
yusuf yousuf yousaf yousef youssef yusof yosef yousif yusef yusif yousof yusup یوسف يوسف
yunus younis younus yunis younes yonus یونس يونس
yasin yaseen yassin yassine یاسین ياسين
yasir yaser yasser یاسر ياسر
yahya yehia yahia yehya یحیی يحيى
ibrahim ibraheem ebrahim ibrohim brahim ibragim ibrahem ابراہیم ابراهيم إبراهيم ابراهیم
ismail ismael ismaeel esmail ismayil esmaeil ismaiel smail اسماعیل إسماعيل اسماعيل
ishaq ishak eshaq ishaaq اسحاق إسحاق
idris idrees edris ادریس إدريس
ilyas elyas ilias iliyas الیاس إلياس
iqbal eqbal iqbaal ikbal اقبال
abbas abas عباس
adil adel aadil عادل
adnan adnaan عدنان
akbar akber اکبر أكبر اكبر
akram ekram akramm اکرم أكرم اكرم
ikram اکرام إكرام
amin ameen amine emin امین أمين
anwar anwer anvar anouar enver انور أنور
arshad arshed ارشد
arif aref aarif عارف
asad assad asaad esad اسد أسد الأسد
asif asef آصف
aslam aslem اسلم
ashraf اشرف أشرف
asghar asgher askar اصغر أصغر
atif atef عاطف
aziz azeez عزیز عزيز
azam aazam اعظم أعظم
babar baber بابر
bashir basheer bachir besir بشیر بشير
bakr baker bakar بکر بكر
bilal belal billal بلال
dawud daud dawood daoud davud daood دائود داود داؤد
ehtesham ihtisham احتشام
fahd fahad فهد فہد
faisal faysal feisal faizal fayçal فیصل فيصل
faruq farooq farouk faruk farouq farook فاروق
fazal fazl fadl fadhl fazel فضل
fuad fouad fuwad فؤاد فواد
ghulam gholam ghulaam gulam غلام
ghazi gazi غازی غازي
gul gull گل
habib habeeb حبیب حبيب
hadi hady ہادی هادي هادی
hafiz hafez hafeez hafidh حافظ
haidar haider hyder haydar heydar hayder haidr حیدر حيدر
hakim hakeem حکیم حكيم
hashim hashem haashim هاشم ہاشم
hamza hamzah hamzeh حمزہ حمزة حمزه
harun haroon haroun haron ہارون هارون
haqqani haqani حقانی حقاني
ijaz ejaz aijaz eijaz اعجاز
irfan erfan عرفان
jabir jaber جابر
jafar jaafar jafer jaffar jaffer djafar gafar جعفر
jalal jalaal galal jelal celal جلال
jamal jamaal gamal cemal djamal جمال
jamil jameel gamil djamil جمیل جميل
javed javaid jawed jawaid javid جاوید جاويد
kamal kamaal kemal kamel کمال كمال
kamil kamel کامل كامل
kamran kaamran کامران
karim kareem kerim کریم كريم
kashif kaashif کاشف
kazim kadhim kazem kadhem kadim qazim کاظم كاظم
khadija khadijah khadeeja خدیجہ خديجة
khan khaan khane خان
latif lateef lutif لطیف لطيف
lutf lotf لطف
mahdi mehdi mahdy مہدی مهدي مهدی
majid majeed mejid ماجد مجید مجيد
malik malek maalik مالک مالك ملک
mansur mansoor mansour منصور
maqbul maqbool مقبول
masud masood masoud mesut masaud مسعود
mian miyan میاں
mubarak mobarak mubarik مبارک مبارك
mujahid mojahed مجاہد مجاهد
mukhtar mokhtar muktar مختار
munir muneer mounir منیر منير
murad morad مراد
murtaza murtada mortaza morteza murtadha مرتضی مرتضى
musa mousa moosa moussa mosa موسی موسى
mustafa mostafa mustapha moustafa mustafah مصطفی مصطفى
mustaqim mustaqeem مستقیم
muzaffar muzafar mozaffar مظفر
nabil nabeel نبیل نبيل
nadeem nadim ندیم نديم
naeem naim naiem نعیم نعيم
nasir nasser naser nassir nasr naseer ناصر نصیر نصير
nawaz navaz نواز
nazir nazeer nadhir نذیر نظیر نذير
nur noor nour nuur نور
nusrat nosrat نصرت
parvez pervez parvaiz pervaiz parwez پرویز
qadir qadeer qader kadir kader قادر قدیر قدير
qasim qassim qasem kassem kasim qassem kassim ghasem قاسم
qari kari قاری قارئ
rafiq rafeeq rafik rafique رفیق رفيق
rahim raheem rahem رحیم رحيم
rahman rehman rahmaan rahmon rakhman rahmen rehmaan رحمن رحمان
rashid rasheed rachid rashed reshid راشد رشید رشيد
rauf raouf raoof رؤوف رؤف
raza reza rida redha ridha riza رضا
rizwan ridwan rezwan radwan رضوان
sabir saber صابر
sadiq sadeq sadik siddiq sadegh sadek صادق
saddam sadam صدام
saeed said saeid sayeed saied سعید سعيد
safdar صفدر
sajid sajed sajjid ساجد
sajjad sajad sejjad سجاد
salah salaah صلاح
salih saleh saleeh swaleh salah صالح
salim saleem saalim selim سلیم سليم سالم
salman selman سلمان
sulayman suleman sulaiman suleiman soleiman soliman sulieman sulaman suleyman suliman سلیمان سليمان
samir sameer سمیر سمير
sardar serdar سردار
sarwar server سرور
saud saood سعود
sattar satar ستار
sayf saif seif saiful saief سیف سيف
shabbir shabir chabir شبیر شبير
shafi shafee شفیع
shafiq shafeeq chafik shafik شفیق شفيق
shah shaah شاہ شاه
shahbaz shehbaz شہباز
shahid shaheed chahid شاہد شہید شهيد
shahzad shehzad shahzaad شہزاد
shakil shakeel شکیل
sharif shareef sherif cherif sharief شریف شريف
shaukat shawkat shoukat شوکت شوكت
sher shir شیر
shoaib shuaib shoaeb shuayb شعیب شعيب
siddiqui siddiqi sediqi sidiqi صدیقی صديقي
sohail suhail suhayl سہیل سهيل
sultan soltan sultaan سلطان
tahir taher tahar طاہر طاهر
talha طلحہ طلحة
talib taleb طالب
tanvir tanveer tanweer تنویر
taufiq tawfiq tofik toufik taufeeq توفیق توفيق
umair omair عمیر عمير
usama osama usamah اسامہ اسامة أسامة
wahab wahhab vahab waheb وہاب وهاب
wahid waheed wahed vahid وحید وحيد واحد
waqar vaqar وقار
waqas واقاس وقاص
waseem wasim wassim وسیم وسيم
yaqub yaqoob yakub yacoub yaqoub ya'qub یعقوب يعقوب
zafar dhafar zaffar ظفر
zahid zahed زاہد زاهد
zahir zaher dhahir ظاہر ظاهر ظہیر
zaki zaky ذکی زكي
zaman zamaan زمان
zayn zain zein zayen زین زين
zia ziya dia diya ضیاء ضياء
zubair zubayr zubeir zobair زبیر زبير
zulfiqar zulfikar dhulfiqar zulfeqar ذوالفقار
aisha ayesha aysha aicha aesha عائشہ عائشة
amina aminah ameena آمنہ امینہ أمينة
asma asmaa اسماء أسماء
bibi بی‌بی بیبی
bushra bouchra بشری بشرى
fatima fatimah fatema fatma fateme fatimeh فاطمہ فاطمة فاطمه
farida fareeda farideh فریدہ
hafsa hafsah حفصہ حفصة
jamila jameela jamilah جمیلہ جميلة
maryam mariam meryem maryum مریم مريم
nasreen nasrin نسرین
parveen parvin perveen پروین
rabia rabiya رابعہ
ruqayya ruqaya rukaya رقیہ رقية
sadia sadiya sadiyah سعدیہ
saima صائمہ
sumaya sumaiya sumayya سمیہ سمية
zainab zaynab zeinab zeynab زینب زينب
zahra zahraa zohra زہرا زهراء
afridi afreedi آفریدی
awan اعوان
baloch balooch baluch balouch بلوچ
bhatti bhati بھٹی
bukhari bokhari bukhary بخاری بخاري
butt بٹ
cheema چیمہ
chaudhry choudhry chaudhary chowdhury choudhary chaudhri chaudry chudhary choudhury چوہدری چودھری
durrani دررانی درانی
gilani geelani jilani gillani jeelani گیلانی جیلانی الجيلاني
gujjar gujar گجر
hashmi hashimi ہاشمی هاشمي
jatoi جتوئی
kakar کاکڑ
khattak خٹک
lashkar لشکر
mahsud mehsud محسود
mehsood محسود
mengal مینگل
memon میمن
mirza meerza mirzaa مرزا میرزا
mughal moghal mogul مغل
qureshi quraishi qurayshi koreshi qoreshi quereshi قریشی قريشي
rana رانا
rajput راجپوت
sheikh shaikh shaykh cheikh sheik shekh shiekh sheykh شیخ شيخ
syed sayyid sayed seyed seyyed sayyed saiyid sayid syeda sayyad سید سيد
tanoli تنولی
wazir vazir vezir وزیر
yousafzai yusufzai yousufzai یوسفزئی
zardari زرداری
zarqawi zarkaoui الزرقاوي زرقاوی زرقاوي
zawahiri zawahri الظواهري ظواہری ظواهري
masri almasri المصري مصری مصري
iraqi aliraqi العراقي عراقی عراقي
libi allibi الليبي ليبي لیبی
baghdadi bagdadi بغدادی بغدادي البغدادي
tikriti takriti التكريتي تكريتي
ghani gani غنی غني
bin ben ibn bn binti بن ابن
abu abou abo أبو ابو
umm oum um ام أم
taliban taleban طالبان
qaida qaeda qaidah qaedah qaaida القاعدة قاعدة القاعدہ قاعدہ
islam eslam اسلام إسلام
islami islamic islamiyya islamiya islamiyah islamiyyah islamia اسلامی إسلامية اسلامية
jihad jehad djihad cihad جہاد جهاد
mujahidin mujahideen mojahedin mujahedin مجاہدین مجاهدين
jamaat jamaah jamaa jama jemaah jamiat jamaatul jamia جماعت جماعة
harakat harkat haraka harkatul harakah حرکت حركة
jaish jaysh jaesh جیش جيش
lashkar-e lashkare لشکر
sipah sepah سپاہ سپاه
ansar anssar انصار أنصار
tehrik tehreek tahrik تحریک
`;
