/** Which dialog of a dossier is open: a step or a measure to propose, a gate to judge, a screening, a moment, a letter. */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { CapsDialog } from './dossier-caps.tsx';
import { JudgeDialog } from './dossier-judge.tsx';
import { LetterDialog } from './dossier-write.tsx';
import { MomentDialog } from './dossier-moment.tsx';
import { ProposeDialog } from './dossier-propose.tsx';
import { RungDialog } from './dossier-rung.tsx';
import { useWorded } from '../words.tsx';
import { DeclareDialog } from './office.tsx';
import type { Opened } from './dossier-open.ts';
import { ScreeningDialog } from './dossier-screening.tsx';

export function DossierDialog(props: { dossier: DossierAnswer; opened: Opened; onClose: () => void }) {
  const { dossier, opened, onClose } = props;
  const worded = useWorded();
  switch (opened.what) {
    case 'propose': return <ProposeDialog dossier={dossier} step={opened.step} onClose={onClose} />;
    case 'rung': return <RungDialog dossier={dossier} rung={opened.rung} onClose={onClose} />;
    case 'judge': return <JudgeDialog dossier={dossier} gate={opened.gate} onClose={onClose} />;
    case 'caps': return <CapsDialog dossier={dossier} onClose={onClose} />;
    case 'conflict': return <DeclareDialog code={dossier.firm.code} name={worded(dossier.firm.name)} onClose={onClose} />;
    case 'screen': return <ScreeningDialog dossier={dossier} onClose={onClose} />;
    case 'moment': return <MomentDialog dossier={dossier} event={opened.event} onClose={onClose} />;
    case 'letter': return <LetterDialog dossier={dossier} role={opened.role} onClose={onClose} />;
  }
}
