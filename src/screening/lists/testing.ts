/** Lists of made-up people and firms in the forms of their publishers, for tests. Nobody named here is on any list. */

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with these files in it. Whoever asks removes it. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'nigran-lists-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  return directory;
}

export const OFAC_PRIMARY = [
  '36,"INVENTED AIRWAYS",-0- ,"MADEUP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. \'IAW\'."',
  '1001,"EXAMPLE, Zafar Iqbal","individual","MADEUP] [SAMPLE",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 04 May 1970; alt. DOB circa 1972; POB Sargodha, Pakistan; nationality Pakistan; Gender Male; Passport AB0000001 (Pakistan) issued 04 May 2001; National ID No. 00000-0000000-1 (Pakistan); Digital Currency Address - XBT 1111111111111111111114oLvT2; Commander of Brigade No. 10; Tax ID No. 000"',
  '2002,"MADE UP STAR","vessel","MADEUP",-0- ,"CALL9","Oil Tanker",-0- ,-0- ,"Panama",-0- ,"Vessel Registration Identification IMO 0000001."',
  '\u001a',
].join('\r\n');
export const OFAC_ALIAS = ['1001,1,"aka","EXAMPLE, Zaffar",-0- ', '1001,2,"fka","SAMPLE, Z.",-0- ', '9999,3,"aka","NOBODY",-0- ', '\u001a'].join('\r\n');
export const OFAC_ADDRESS = ['1001,1,"1 Invented Road","Sargodha","Pakistan",-0- ', '\u001a'].join('\r\n');
export const OFAC_REMARK = ['1001," 123 (Pakistan); nationality Iran."', '\u001a'].join('\r\n');
export const NON_SDN_PRIMARY = ['7001,"FICTIONAL HOLDING LLC",-0- ,"SSI",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Legal Entity Number 00000000000000000001."', '\u001a'].join('\r\n');

const unName = (parts: readonly string[]): string => parts.map((part, i) => `<${['FIRST', 'SECOND', 'THIRD', 'FOURTH'][i]}_NAME>${part}</${['FIRST', 'SECOND', 'THIRD', 'FOURTH'][i]}_NAME>`).join('');

/** The UN's form: one person, one entity. `generated` is the day of the file. */
export function unXml(generated: string, entity = 'MADE UP FRONT'): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST dateGenerated="${generated}T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL><DATAID>690001</DATAID>${unName(['BASHIR', 'MADEUP', 'KHAN'])}
<UN_LIST_TYPE>Sample</UN_LIST_TYPE><GENDER>Male</GENDER><NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY><NAME_ORIGINAL_SCRIPT>بشیر خان</NAME_ORIGINAL_SCRIPT>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Bashir &amp; Khan</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>BK</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><CITY>Quetta</CITY><COUNTRY>Pakistan</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1972</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NUMBER>00000-0000000-2</NUMBER><ISSUING_COUNTRY>Pakistan</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>690002</DATAID><FIRST_NAME>${entity}</FIRST_NAME><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>MUF</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES></CONSOLIDATED_LIST>`;
}

export const UK_XML = `<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>10/09/2026</DateGenerated><Designation><UniqueID>XXX0001</UniqueID>
<Names><Name><Name6>SAMPLE</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name><Name><Name1>IVAN</Name1><Name6>INVENTED</Name6><NameType>Primary Name</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Иван Выдуманный</NameNonLatinScript></NonLatinName></NonLatinNames><RegimeName>Sample</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<IndividualDetails><Individual><DOBs><DOB>07/10/1952</DOB><DOB>dd/mm/1953</DOB></DOBs><Nationalities><Nationality>Russia</Nationality></Nationalities><Genders><Gender>Male</Gender></Genders>
<PassportDetails><Passport><PassportNumber>000000001</PassportNumber></Passport></PassportDetails></Individual></IndividualDetails></Designation></Designations>`;
export const UK_CSV = `Report Date: 10-Sep-2026
"Last Updated","Unique ID","Name 6","Name 1","Name type","Alias strength","Name non-latin script","Regime Name","Individual, Entity, Ship","D.O.B","Nationality(/ies)","Passport number","Gender"
10/09/2026,XXX0001,INVENTED,IVAN,Primary Name,,,Sample,Individual,07/10/1952,Russia,000000001,Male
10/09/2026,XXX0001,SAMPLE,,Alias,Low quality a.k.a,,Sample,Individual,dd/mm/1953,Russia,000000001,Male
10/09/2026,XXX0001,,,,,Иван Выдуманный,Sample,Individual,,,,
10/09/2026,,NOBODY,,Primary Name,,,Sample,Entity,,,,
`;
export const EU_XML = `<?xml version="1.0"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05T16:47:04.449+02:00"><sanctionEntity euReferenceNumber="EU.0.1" logicalId="101"><subjectType code="person" classificationCode="P"/>
<regulation programme="SMP"/><nameAlias wholeName="Anna Madeup" gender="F" strong="true"/><nameAlias wholeName="Анна Выдумка" strong="true"/><nameAlias wholeName="A. M." strong="false"/><citizenship countryIso2Code="BY"/>
<birthdate birthdate="1970-05-01" year="1970" circa="false" countryDescription="UNKNOWN"/><identification identificationTypeCode="passport" number="P0000001" countryIso2Code="BY" knownFalse="false"/></sanctionEntity></export>`;
export const EU_CSV = `\ufefffileGenerationDate;Entity_LogicalId;Entity_SubjectType;Entity_Regulation_Programme;NameAlias_WholeName;NameAlias_Gender;NameAlias_Strong;Citizenship_CountryIso2Code;BirthDate_BirthDate;Identification_Number;Identification_TypeCode;Identification_CountryIso2Code
05/08/2026;101;P;SMP;Anna Madeup;F;true;;;;;
05/08/2026;101;P;SMP;Анна Выдумка;;true;;;;;
05/08/2026;101;P;SMP;A. M.;;false;;;;;
05/08/2026;101;P;SMP;;;;BY;;;;
05/08/2026;101;P;SMP;;;;;1970-05-01;;;
05/08/2026;101;P;SMP;;;;;;P0000001;passport;BY
`;
export const NACTA = JSON.stringify([
  { Name: 'Example Khan @ Sample Khan', FatherName: 'Invented Khan', CNIC: '00000-0000000-3', Province: 'Punjab', District: 'Sample' },
  { Name: 'Example Khan', FatherName: 'Other Khan', CNIC: '', Province: 'Sindh', District: 'Sample' },
  { Name: '', FatherName: 'Nobody', CNIC: '00000-0000000-4', Province: 'Sindh', District: 'Sample' },
]);

/** OFAC's advanced form: one person with a name in two scripts, a document, a place and a wallet. */
export const OFAC_ADVANCED = `<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="http://www.un.org/sanctions/1.0"><DateOfIssue><Year>2026</Year><Month>9</Month><Day>24</Day></DateOfIssue><ReferenceValueSets>
<CountryValues><Country ID="11082" ISO2="PK">Pakistan</Country></CountryValues><FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="344">Digital Currency Address - XBT</FeatureType><FeatureType ID="224">Gender</FeatureType></FeatureTypeValues>
<DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues><IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues><NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType></NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues></ReferenceValueSets><Locations><Location ID="1"><LocationCountry CountryID="11082"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="2" IDRegDocTypeID="1571" IdentityID="6746" IssuedBy-CountryID="11082"><IDRegistrationNo>AB0000001</IDRegistrationNo></IDRegDocument></IDRegDocuments><DistinctParties><DistinctParty FixedRef="1001"><Profile ID="1001" PartySubTypeID="4"><Identity ID="6746">
<Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="1"><DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="215">EXAMPLE</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="2" ScriptID="215">Zafar Iqbal</NamePartValue></DocumentedNamePart></DocumentedName>
<DocumentedName ID="2"><DocumentedNamePart><NamePartValue NamePartGroupID="3" ScriptID="160">ظفر اقبال</NamePartValue></DocumentedNamePart></DocumentedName></Alias><Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="3"><DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="215">ZI</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups></Identity>
<Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start Approximate="false"><From><Year>1970</Year><Month>5</Month><Day>4</Day></From><To><Year>1970</Year><Month>5</Month><Day>4</Day></To></Start><End><From><Year>1970</Year><Month>5</Month><Day>4</Day></From><To><Year>1970</Year><Month>5</Month><Day>4</Day></To></End></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="1"/></FeatureVersion></Feature><Feature FeatureTypeID="224"><FeatureVersion><VersionDetail DetailReferenceID="91526"/></FeatureVersion></Feature>
<Feature FeatureTypeID="344"><FeatureVersion><VersionDetail>1111111111111111111114oLvT2</VersionDetail></FeatureVersion></Feature></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ID="1" ProfileID="1001"><SanctionsMeasure><Comment>MADEUP</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>`;
