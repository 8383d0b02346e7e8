/**
 * Writings of one name, a line each as in `name-variants.ts`: Slavic, Iberian, Korean and other names whose Latin
 * writing depends on who wrote it. Names of two languages that are only cousins (John, Ivan) are different lines or none.
 */

/** The lines of the table. */
export const WIDER_VARIANTS = `
aleksandr alexander aleksander alexandre alexandr aleksandar alexandru aliaksandr oleksandr iskander alexandros
aleksey alexey alexei aleksei oleksiy aliaksei alexy alexi
andrey andrei andrej andriy andrii
anatoly anatoliy anatoli anatolii anatol
dmitry dmitri dmitriy dmitrij dimitri dmytro dzmitry dimitry dmitrii
evgeny yevgeny evgeniy evgenii yevgeniy evgenij yauhen yevhen eugene evgueni
igor ihor ihar
ivan iwan
mikhail michail mikhael mykhailo mikhayil michael mikhaylo mihail mikail
nikolay nikolai nicolai nikolaj mykola nikolas nicholas nicolas
pavel pavlo pawel paul
petr pyotr petro piotr peter pjotr
sergey sergei serguei sergej serhiy siarhei serhii sergiy
vasily vasiliy vasili vasyl vasilii wassily
viktor victor viktar wiktor
vladimir volodymyr uladzimir wladimir volodimir vladimer
vyacheslav viacheslav vjaceslav vyacheslaw viatcheslav
yury yuri yuriy juri iurii jurij yuryi yurii
yulia julia yuliya iuliia
natalia natalya nataliya natalja nataliia
tatiana tatyana tetiana tatjana
elena yelena olena alena
ekaterina yekaterina catherine katerina katherine kateryna
ksenia kseniya xenia
sofia sofya sophia
ilya ilia illia ilja
fyodor fedor feodor theodore fiodor
grigory grigoriy grigori hryhoriy gregory
maksim maxim maksym maxime
roman raman
stanislav stanislau stanislaw
yaroslav iaroslav jaroslav
joseph josef
georgy georgiy georgi georgii
maria mariya marija mariia
david davit dawit
stephen steven stephan
philip phillip philippe filip
jeffrey geoffrey
eduard edouard edward
frederick fredrick frederic
thomas tomas tomasz
rodriguez rodrigues
gonzalez gonzales
lopez lopes
perez peres
sanchez sanches
martinez martines
ramirez ramires
gomez gomes
kim gim
pak park bak
ri lee yi rhee
choe choi choy chae
chong jong jeong chung jung
chol cheol chul
`;
