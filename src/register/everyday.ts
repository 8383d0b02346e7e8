/**
 * Words that name nobody: the forms of companies, the trade itself, and words of everyday language that firms took as a
 * name. Each is a decision about what is guarded: a form is no part of a name; a word of the trade is not guarded by
 * itself; a word of everyday is guarded only where it is the whole of a label, or beside nothing but words of a lure.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** What says the form or the place of a company, and not who it is. */
export const FORM_WORDS = words(`limited ltd pvt private inc llc plc gmbh ag sa sas sarl bv nv ab as aps oy uab oü ou spa srl sl se kg co company corp the and of invented eu europe european ireland austria germany france
  deutschland malta cyprus nederland pakistan international global group holding holdings mtf eg ev dd doo sp zoo sia sro`);

/** The trade: every second firm has one of them. */
export const TRADE_WORDS = words(`exchange digital coin coins crypto token tokens bit bits bitcoin pilot market markets bank banks banking trading trade trades trader traders finance financial finances capital asset assets custody services service
  payments payment pay wallet wallets technology technologies tech labs lab securities broker brokers investment investments investing solutions house desk test money online platform fund funds management block blocks node nodes chain chains
  blockchain virtual currency currencies network networks web app apps invest one first new card cards gateway ledger swap bridge stake staking nft defi dapp dapps dex fi meta mining pool yield earn vault savings credit loan loans euro dollar
  protocol protocols system systems cloud data smart secure security verify access account accounts support help care official`);

/** Everyday words that are also names of firms, or one letter from one. */
export const EVERYDAY_WORDS = words(`decentralized decentralised centralized centralised collect collection change charge charger circle circles clear clean stable internet simple simplex sample confirm confirmed invite invited invitation strike stripe light lighter
  gate gates key keys bullish system next open free fast easy direct link links point points base basis bridge bright smart safe save super star stars sun moon sky sea wave waves rain river mountain stone rock gold silver metal iron green blue red
  black white orange apple banana lemon mint rose tiger lion bear bull eagle falcon fox wolf hawk phoenix dragon monkey horse nova alpha beta gamma delta omega zero infinity unity union united trust true truth prime premier royal crown king queen
  knight castle tower bank house home garden park street road path way gateway port harbor harbour anchor ship boat flow stream spring summer winter autumn north south east west center centre central core edge peak summit top max mini micro macro
  mega ultra hyper meta neo pro plus extra advance advanced progress future vision view look focus mirror image picture frame window door box cube square round ring loop spiral line lines curve angle space time hour day night year century moment instant
  confluence connect connection contact content contract control convert create creative credit culture current custom customer cycle deal decide degree deliver demand deposit design develop device discover distribute divide domain double draft dream drive
  effect element enter entry equal equity escape event exact example expert express factor family feature field figure filter final find fire fix flash flex focus force form forward fresh front fuel full function game general genius gift give grand graph
  ground grow growth guard guide hand harvest head health heart hello hero high hold hope human idea impact income index inspire interest join journey jump just kind know land large launch lead league learn level life lift live local lock logic long loyal
  magic main major make manage mark master match matter media member memory message method migration mind mission mobile mode model modern more motion move myriad name nation native nature need net note number object ocean offer office only option order
  origin orbit other over own pack page pair paper part partner party pass peer people perfect person phase phone place plan planet plant play power present press price print private process product profile profit program project promise proof property
  public pulse pure quality quest question quick quiet race radio range rate reach ready real record reference refresh regular relay release remote render report request rescue reserve resource rest result return review reward rich right rise risk root
  route rule scale school science scope score search season second secret select sense series serve session set share sharp shift shop side sign signal single site size social solid solution sound source spark speed spirit split sport stage stand standard
  start state station status step stock stop storage store story strategy strong studio study style success supply surface switch table target task team term terminal title today tool total touch track traffic transfer travel tree trend trial turn type
  unique unit universe upgrade user value version victory video village visit voice volume vote wall watch water wealth wide will wind wise wish wonder wood word work world write young zone`);
